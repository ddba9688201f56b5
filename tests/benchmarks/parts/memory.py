"""Memory at the most (VmHWM) with the app open, beside a hello-world."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.app import (
    DOWN,
    END,
    ESCAPE,
    HOME,
    PAGE_DOWN,
    App,
    hello,
    names,
    painted,
    says_hello,
)
from tests.benchmarks.measuring import Bench, Line, alternately, people, ratio

IDLE_SECONDS = 2.0
"""After the first paint the rest is imported and the queue filled."""

HELLO = "hello-world"


def measure(bench: Bench) -> Iterator[Line]:
    """Open each in turn, wait, walk about, and look at the most it had."""
    walked: dict[str, list[float]] = {}

    def greet(_: int) -> float:
        app = hello()
        app.until(says_hello, app.started)
        time.sleep(IDLE_SECONDS)
        peak = app.memory()
        app.end()
        return peak

    def netcrm(name: str, book: Path, first: str, _: int) -> float:
        app = App(book)
        app.until(lambda screen: painted(screen, first), app.started)
        time.sleep(IDLE_SECONDS)
        app.settle()
        peak = app.memory()
        for keys in (
            *[PAGE_DOWN] * 5,
            END,
            HOME,
            *[DOWN] * 10,
            "/",
            "m",
            "a",
            "r",
            ESCAPE,
            "2",
            PAGE_DOWN,
            "1",
        ):
            app.press(keys)
            app.settle(0.1)
        walked.setdefault(name, []).append(app.memory())
        app.end()
        return peak

    small, large = people(bench.small), people(bench.large)
    books = {small: bench.book(bench.small), large: bench.book(bench.large)}
    do = {name: partial(netcrm, name, book, names(book, [0])[0]) for name, book in books.items()}
    samples = alternately(bench.times(3, 2), {HELLO: greet, **do})
    samples |= {f"{name}, walked": values for name, values in walked.items()}
    for name in (small, large):
        yield ratio(
            "memory", f"memory, open on {name}, beside hello-world", samples, name, HELLO, 1.8, unit="MB"
        )
    yield ratio("memory", f"memory, open on {large} beside {small}", samples, large, small, 1.15, unit="MB")
    yield ratio(
        "memory",
        f"memory after walking about and a search, {large} beside {small}",
        samples,
        f"{large}, walked",
        f"{small}, walked",
        1.15,
        unit="MB",
    )
