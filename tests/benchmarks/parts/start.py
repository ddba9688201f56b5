"""From the start of the process until the people are painted, beside a hello-world of the same Textual."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.app import App, hello, names, painted, says_hello
from tests.benchmarks.measuring import Bench, Line, alternately, people, processor, ratio
from tests.benchmarks.terminal import Seen, Shows, Terminal


def measure(bench: Bench) -> Iterator[Line]:
    """Start each in turn."""
    seen: dict[str, list[Seen]] = {}

    def begin(name: str, app: Terminal, shows: Shows) -> float:
        first = app.until(shows, app.started)
        seen.setdefault(name, []).append(first)
        app.settle(0.1)
        app.end()
        return first.milliseconds

    def netcrm(book: Path, first: str, name: str, _: int) -> float:
        return begin(name, App(book), lambda screen: painted(screen, first))

    small, large = f"netcrm {people(bench.small)}", f"netcrm {people(bench.large)}"
    do: dict[str, Callable[[int], float]] = {
        "hello-world": lambda _: begin("hello-world", hello(), says_hello),
        **{
            name: partial(netcrm, book, names(book, [0])[0], name)
            for name, book in ((small, bench.book(bench.small)), (large, bench.book(bench.large)))
        },
    }
    alternately(2, do)  # compiles the modules, and warms the file system's cache
    seen.clear()
    samples: dict[str, list[float]] = alternately(bench.times(11), do)
    for name, all_seen in seen.items():
        samples[f"{name}, processor"] = [one.cpu for one in all_seen]
        samples[f"{name}, frames"] = [float(one.frames) for one in all_seen]
    for name, limit in ((small, 1.25), (large, 1.25)):
        yield ratio(
            "start",
            f"start → painted, {name.split()[1]}, beside hello-world",
            samples,
            name,
            "hello-world",
            limit,
            note=processor(samples, name, "hello-world"),
        )
    yield ratio(
        "start",
        f"start → painted, {large.split()[1]} beside {small.split()[1]}",
        samples,
        large,
        small,
        1.1,
        note=processor(samples, large, small),
    )
