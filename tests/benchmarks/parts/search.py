"""Search as one types: every beginning of names and words, in the store's call and on the screen.

The store's call is the one that a letter waits for: as many of those it finds as the app reads before it
paints. Everyone that it finds is looked for behind the paint, in a thread, until the next letter: how long
that takes is told too, and nothing is asked of it.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from netcrm.domain.text import words
from netcrm.store import Store
from netcrm.ui.screens.panes import FIRST_MOST
from tests.benchmarks.app import (
    ESCAPE,
    App,
    as_the_app_finds,
    as_the_app_finds_all,
    first_found,
    names,
)
from tests.benchmarks.measuring import Bench, Line, at_most, people, processor, ratio, spread, timed
from tests.benchmarks.network import now
from tests.benchmarks.parts.keys import Taken, both

WORDS = 200
"""Half of them names of people, half of them words of what happened."""

TIMES = 3
"""How often each beginning is searched for; the best counts, since the worst of thousands of samples on a
machine that others use too is theirs."""


def measure(bench: Bench) -> Iterator[Line]:
    """Search for every beginning; then type the commonest in the app."""
    book = bench.book(bench.large)
    typed = beginnings(book, WORDS if not bench.quick else 40)
    taken: dict[str, float] = {}
    used: dict[str, float] = {}
    whole: dict[str, float] = {}
    hits: dict[str, int] = {}
    with Store(book, now) as store:
        find, find_all = as_the_app_finds(store), as_the_app_finds_all(store)
        for text in typed:
            mine: list[float] = []
            do = timed(partial(_search, find, text), mine)
            taken[text] = min(do(number) for number in range(TIMES))
            used[text] = min(mine)
            begun = time.perf_counter()
            hits[text] = len(find_all(text))
            whole[text] = (time.perf_counter() - begun) * 1000
    samples = {"all": list(taken.values()), "all, processor": list(used.values())} | {
        f"“{text}”": [taken[text]] for text in sorted(taken, key=lambda text: -taken[text])[:40]
    }
    where = f"{people(bench.large)}, {len(typed):,} beginnings of names and words"
    yield at_most(
        "search",
        f"search: median, {where}",
        statistics.median(taken.values()),
        10,
        "ms",
        used=statistics.median(used.values()),
        note=f"the store's call that a letter waits for, with the first {FIRST_MOST} found"
        f" {spread(list(taken.values()))} ms; of the processor's time {spread(list(used.values()))} ms",
        samples=samples,
    )
    yield at_most(
        "search",
        f"search: worst, {where}",
        max(taken.values()),
        60,
        "ms",
        used=max(used.values()),
        note=f"the same call; {_slowest(taken, hits)}",
        samples={},
    )
    yield Line(
        part="search",
        what=f"search: everyone found, counted aside behind the paint, {where}",
        measured=f"median {statistics.median(whole.values()):.0f} ms, worst {max(whole.values()):.0f} ms",
        figure=max(whole.values()),
        note="the store's call without a limit, on a connection of its own; in the app a thread makes it, and"
        f" the next letter ends it; {_slowest(whole, hits)}",
        samples={"everyone": list(whole.values())},
    )
    common = sorted((text for text in hits if len(text) > 1), key=lambda text: -hits[text])
    yield from _on_screen(bench, common[: bench.times(12, 4)])


def _slowest(taken: Mapping[str, float], hits: Mapping[str, int]) -> str:
    slowest = sorted(taken, key=lambda text: -taken[text])[:6]
    said = (f"“{text}” {taken[text]:.0f} ms ({hits[text]:,} found)" for text in slowest)
    return f"slowest: {', '.join(said)}"


def _search(find: Callable[[str], Sequence[int]], text: str, _: int) -> Sequence[int]:
    return find(text)


def beginnings(book: Path, count: int) -> Sequence[str]:
    """Every beginning of so many names and words of a book, each once."""
    chance = random.Random(7)
    with Store(book, now) as store:
        everyone = store.people.ids()
        called = [store.people.name(key) for key in chance.sample(list(everyone), count // 2)]
        said: list[str] = []
        while len(said) < count // 2:
            for entry in store.timeline.of(chance.choice(everyone)):
                said += chance.sample(words(entry.text), k=min(2, len(words(entry.text))))
    typed = [name for full in called for name in words(full)][: count // 2] + said[: count // 2]
    return list(dict.fromkeys(word[:length] for word in typed for length in range(1, len(word) + 1)))


def _on_screen(bench: Bench, common: Sequence[str]) -> Iterator[Line]:
    """From the last letter of each beginning to the first person found: many are found, few are shown."""
    sizes = {people(size): size for size in (bench.small, bench.large)}
    books = {name: bench.book(size) for name, size in sizes.items()}
    found = {name: first_found(book, common) for name, book in books.items()}
    taken = Taken()
    apps = {name: App(book) for name, book in books.items()}
    try:
        for name, app in apps.items():
            app.ready(names(books[name], [0])[0])
        for number, text in [*enumerate(common)] * bench.times(TIMES, 1):
            for name, app in apps.items():
                for keys in ("/", text[:-1]):
                    app.press(keys)
                    app.settle(0.15)
                title, shows = f"1 People · {text}"[:24], app.is_at(found[name][number])
                taken.press("letter", name, app, text[-1], both(title, shows))
                app.press(ESCAPE)
                app.settle(0.15)
    finally:
        for app in apps.values():
            app.end()
    samples = taken.samples("letter")
    small, large = sizes
    yield ratio(
        "search",
        f"a letter → the first row, of what most are found by, {large} beside {small}",
        samples,
        large,
        small,
        1.2,
        note=f"typed: {', '.join(common)}; {large} {spread(samples[large])} ms;"
        f" {processor(samples, large, small)};"
        " a first row that waits for the count would take as much longer as more are found",
        paired=True,
    )
