"""A key, until the last byte of the first frame that shows its effect; beside a bare list of fifty rows."""

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.benchmarks import bare
from tests.benchmarks.app import (
    DOWN,
    END,
    ESCAPE,
    HOME,
    PAGE_DOWN,
    App,
    BareList,
    first_found,
    names,
)
from tests.benchmarks.measuring import Bench, Line, people, processor, ratio, spread
from tests.benchmarks.terminal import Seen, Shows, Terminal

BARE = "bare list"

KEYS = ("down", "page down", "end", "letter")

LETTERS = "meabsc"
"""Letters that begin names in each book, and rows of the bare list."""

LIMIT = 1.2


@dataclass
class Taken:
    """What was seen of each key in each app."""

    seen: dict[str, dict[str, list[Seen]]] = field(default_factory=dict)

    def press(self, key: str, name: str, app: Terminal, keys: str, shows: Shows) -> None:
        """Press a key and note when its effect was there."""
        self.note(key, name, app.until(shows, app.press(keys), seconds=20))

    def note(self, key: str, name: str, seen: Seen) -> None:
        """Note when an effect was there."""
        self.seen.setdefault(key, {}).setdefault(name, []).append(seen)

    def samples(self, key: str) -> dict[str, list[float]]:
        """Milliseconds, by the clock and by the processor, and frames."""
        told: dict[str, list[float]] = {}
        for name, seen in self.seen[key].items():
            told[name] = [one.milliseconds for one in seen]
            told[f"{name}, processor"] = [one.cpu for one in seen]
            told[f"{name}, frames"] = [float(one.frames) for one in seen]
            told[f"{name}, bytes"] = [float(one.bytes) for one in seen]
        return told


def measure(bench: Bench) -> Iterator[Line]:
    """Press each key in each app in turn."""
    taken = Taken()
    apps = {people(size): App(bench.book(size)) for size in bench.sizes}
    rows = BareList()
    try:
        rows.ready()
        for size, app in zip(bench.sizes, apps.values(), strict=True):
            app.ready(names(bench.book(size), [0])[0])
        _down(bench, apps, rows, taken)
        _far(bench, apps, rows, taken)
        _letters(bench, apps, rows, taken)
    finally:
        for one in (*apps.values(), rows):
            one.end()
    small, large = people(bench.small), people(bench.large)
    for key in KEYS:
        yield from _lines(key, taken.samples(key), small, large)


def _down(bench: Bench, apps: Mapping[str, App], rows: BareList, taken: Taken) -> None:
    """Down, one row after the other, within what is seen and beyond."""
    steps = bench.times(40, 12)
    order = {size: names(bench.book(size), range(steps + 1)) for size in bench.sizes}
    for step in range(1, steps + 1):
        for app, (name, people_of) in zip(apps.values(), zip(apps, order.values(), strict=True), strict=True):
            if people_of[step] == people_of[step - 1]:  # namesakes: nothing tells the two apart by name
                app.press(DOWN)
                app.settle(0.05)
            else:
                taken.press("down", name, app, DOWN, app.is_at(people_of[step]))
        taken.press("down", BARE, rows, DOWN, rows.is_at(bare.ROWS[step]))
    for one in (*apps.values(), rows):
        one.press(HOME)
        one.settle(0.05)


def _far(bench: Bench, apps: Mapping[str, App], rows: BareList, taken: Taken) -> None:
    """A page down, and the end; each time from the first row."""
    ends = {size: names(bench.book(size), [0, -1]) for size in bench.sizes}

    def leaves(app: App, first: str) -> Shows:
        at_first = app.is_at(first)
        return lambda screen: (
            bool(lit := app.highlighted(screen))
            and not at_first(screen)
            and app.is_at(lit.split("●")[-1].split("○")[-1].split("◐")[-1].split("·")[-1].strip()[:10])(
                screen
            )
        )

    for _ in range(bench.times(25, 6)):
        for (name, app), (first, last) in zip(apps.items(), ends.values(), strict=True):
            taken.press("page down", name, app, PAGE_DOWN, leaves(app, first))
            _home(app, app.is_at(first))
            taken.press("end", name, app, END, app.is_at(last))
            _home(app, app.is_at(first))
        first_row = rows.is_at(bare.ROWS[0])
        taken.press("page down", BARE, rows, PAGE_DOWN, _not(first_row))
        _home(rows, first_row)
        taken.press("end", BARE, rows, END, rows.is_at(bare.ROWS[-1]))
        _home(rows, first_row)


def _letters(bench: Bench, apps: Mapping[str, App], rows: BareList, taken: Taken) -> None:
    """A letter behind a slash: the first person that it finds, and their timeline."""
    found = {size: first_found(bench.book(size), LETTERS) for size in bench.sizes}
    firsts = {size: names(bench.book(size), [0])[0] for size in bench.sizes}
    for number in range(bench.times(36, len(LETTERS))):
        place = number % len(LETTERS)
        letter = LETTERS[place]
        for (name, app), size in zip(apps.items(), bench.sizes, strict=True):
            app.press("/")
            app.settle(0.1)
            shows = both(f"1 People · {letter}", app.is_at(found[size][place]))
            taken.press("letter", name, app, letter, shows)
            app.press(ESCAPE)
            app.settle(0.15)
            _home(app, app.is_at(firsts[size]))
        _bare_letter(rows, letter, taken)


def _bare_letter(rows: BareList, letter: str, taken: Taken) -> None:
    """The same in the bare list, until it is narrowed; and everything back as it was."""
    gone = next(row for row in bare.ROWS if not row.lower().startswith(letter))
    rows.press("/")
    rows.settle(0.1)
    taken.press("letter", BARE, rows, letter, lambda screen: screen.find(gone) is None)
    rows.settle(0.1)
    rows.press("\x7f")
    rows.settle(0.1)
    rows.press("\t")
    rows.settle(0.1)


def _home(app: Terminal, at_first: Shows) -> None:
    """Back to the first row; where it is highlighted already the key has nothing drawn."""
    if not at_first(app.screen):
        app.until(at_first, app.press(HOME), seconds=20)
    app.settle(0.05)


def both(title: str, shows: Shows) -> Shows:
    """Whether a title stands somewhere, and something else is shown too."""
    return lambda screen: screen.find(title) is not None and shows(screen)


def _not(shows: Shows) -> Callable[..., bool]:
    return lambda screen: not shows(screen)


def _lines(key: str, samples: dict[str, list[float]], small: str, large: str) -> Iterator[Line]:
    told = {"letter": "/ and a letter"}.get(key, key)
    times = {name: values for name, values in samples.items() if "," not in name}
    note = "; ".join(f"{name} {spread(values)} ms" for name, values in times.items())
    note += f"; {processor(samples, large, small)}"
    yield ratio("keys", f"{told}, {large} beside {small}", samples, large, small, LIMIT, note=note)
    yield ratio(
        "keys",
        f"{told}, {large} beside a bare list of 50 rows{' narrowed' if key == 'letter' else ''}",
        samples,
        large,
        BARE,
        LIMIT,
        note=processor(samples, large, BARE),
    )
    frames = [count for name in samples if name.endswith("k, frames") for count in samples[name]]
    late = sum(count > 1 for count in frames)
    yield Line(
        part="keys",
        what=f"{told}: frames until its effect",
        measured=f"{statistics.median(frames):.0f}, at most {max(frames):.0f}" if late else "1",
        reach="1",
        reached=late <= len(frames) * 0.05,
        figure=max(frames),
        limit=1,
        note="" if not late else "a cursor that blinks between a letter and its frame counts as one",
    )
