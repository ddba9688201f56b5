"""Moving in People to someone with ten thousand interactions, beside moving to someone with ten."""

from collections.abc import Iterator

from netcrm.store import Store
from tests.benchmarks.app import DOWN, ESCAPE, App, names
from tests.benchmarks.measuring import Bench, Line, people, processor, ratio
from tests.benchmarks.network import REGULAR, now
from tests.benchmarks.parts.keys import Taken

UP = "\x1b[A"

MANY, FEW = "10,000 entries", "10 entries"


def measure(bench: Bench) -> Iterator[Line]:
    """Go up and down between one with many and the two beside."""
    book = bench.book(bench.large)
    with Store(book, now) as store:
        everyone = store.people.ids()
        here = next(rank for rank, key in enumerate(everyone) if store.people.name(key) == REGULAR.full)
        persons = [store.people.get(everyone[rank]) for rank in (here - 1, here, here + 1)]
        before, many, after = (one for one in persons if one is not None)
    taken, app = Taken(), App(book)
    try:
        app.ready(names(book, [0])[0])
        app.press("/")
        app.settle(0.1)
        app.until(app.is_at(REGULAR.full), app.press("regina ostrowska"))
        app.settle()
        app.until(lambda screen: screen.find("1 People ─") is not None, app.press(ESCAPE))
        app.settle()
        for _ in range(bench.times(20, 5)):
            taken.press("move", FEW, app, UP, app.is_at(before.profile.name))
            taken.press("move", MANY, app, DOWN, app.is_at(many.profile.name))
            taken.press("move", FEW, app, DOWN, app.is_at(after.profile.name))
            taken.press("move", MANY, app, UP, app.is_at(many.profile.name))
    finally:
        app.end()
    samples = taken.samples("move")
    yield ratio(
        "timeline",
        f"moving to someone with {many.entries:,} entries beside {before.entries}, {people(bench.large)}",
        samples,
        MANY,
        FEW,
        1.5,
        note=f"in {max(samples[f'{MANY}, frames']):.0f} frame at the most; {processor(samples, MANY, FEW)}",
    )
