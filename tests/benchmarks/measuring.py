"""What benchmarks have in common: samples, lines of the table with their verdict, and the machine."""

import os
import platform
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from netcrm import __version__
from netcrm.store import Store
from tests.benchmarks.network import TODAY, copy_of, now

Samples = Mapping[str, Sequence[float]]
"""What was measured, by what it is of; milliseconds unless its name says something else."""

BUSY = 0.35
"""The load average, a core, from which others take enough of the machine to be seen in the figures."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the table.

    Attributes:
        part: Which part of the benchmarks it is of.
        what: What is measured.
        measured: What came out, in words.
        reach: What is to be reached, in words.
        reached: Whether it is; None where nothing is to be reached, or nothing could be measured.
        figure: What came out, as a number.
        limit: What is to be reached, as a number.
        used: The same by the time of the processor, which a busy machine changes less; in words.
        note: What else is good to know.
        samples: Every sample.
    """

    part: str
    what: str
    measured: str
    reach: str = ""
    reached: bool | None = None
    figure: float | None = None
    limit: float | None = None
    used: str = ""
    note: str = ""
    samples: Samples = field(default_factory=dict)


@dataclass
class Bench:
    """What a run of the benchmarks works with.

    Attributes:
        folder: Where its books lie; gone at its end.
        quick: Whether to measure a tenth of the people, a few times: to see that all works.
        most: How often to measure anything at the most.
    """

    folder: Path
    quick: bool = False
    most: int = 1000
    _books: dict[int, Path] = field(default_factory=dict)

    @property
    def small(self) -> int:
        """People in the small book."""
        return 1_000

    @property
    def large(self) -> int:
        """People in the large book."""
        return 10_000 if self.quick else 100_000

    @property
    def sizes(self) -> Sequence[int]:
        """People in each of the books."""
        return (1_000, 10_000) if self.quick else (1_000, 10_000, 100_000)

    def times(self, usual: int, quick: int = 3) -> int:
        """How often to measure."""
        return min(quick if self.quick else usual, self.most)

    def book(self, people: int) -> Path:
        """A book of this run's, filled and backed up for the day, as it is from the second start on.

        Backing up takes the processor for seconds: to measure beside that measures both.
        """
        if people not in self._books:
            path = self._books[people] = self.fresh(people, "book")
            with Store(path, now) as store:
                store.filling.fill(TODAY)
                store.back_up_daily()
        return self._books[people]

    def fresh(self, people: int, name: str) -> Path:
        """A book in which nothing has been done yet, in a folder of its own; see to it that it goes."""
        return copy_of(people, self.folder / f"{name}-{people}")

    def drop(self, path: Path) -> None:
        """Let a book of one's own go: the large one takes a gigabyte."""
        shutil.rmtree(path.parent)


def alternately(times: int, do: Mapping[str, Callable[[int], float]]) -> dict[str, list[float]]:
    """Measure several things in turn, each time beginning with another one.

    Args:
        times: How often each is measured.
        do: Each is told its number, and says how long it took.
    """
    names = list(do)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(times):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(do[name](number))
    return taken


def timed(do: Callable[[int], object], used: list[float] | None = None) -> Callable[[int], float]:
    """Something that is called with a number, as something that says how many milliseconds that took.

    Args:
        do: What is called.
        used: Takes how many of them were this process's own, on the processor.
    """

    def measured(number: int) -> float:
        begun, mine = time.perf_counter(), time.process_time()
        do(number)
        took = time.perf_counter() - begun
        if used is not None:
            used.append((time.process_time() - mine) * 1000)
        return took * 1000

    return measured


def processor(samples: Samples, one: str, other: str) -> str:
    """A ratio by the time of the processor, which a busy machine changes less; in words for a note.

    Args:
        samples: Of both, those of the processor under ``NAME, processor``.
        one: The name of the one.
        other: The name of the other.
    """
    line = ratio("", "", samples, f"{one}, processor", f"{other}, processor", None)
    return f"by the processor's time {line.measured}"


def ratio(
    part: str,
    what: str,
    samples: Samples,
    ours: str,
    theirs: str,
    limit: float | None,
    *,
    note: str = "",
    unit: str = "ms",
    paired: bool = False,
) -> Line:
    """A line that says how many times as long one thing takes as another, by their medians.

    Args:
        part: See `Line`.
        what: See `Line`.
        samples: Of both, taken in turn.
        ours: The name of the one.
        theirs: The name of the other.
        limit: What the ratio may be at the most; None where nothing is asked.
        note: What else is good to know.
        unit: Of the samples.
        paired: Whether each sample is of something else, the same in both: then it is the median of the
            ratios.
    """
    one, other = statistics.median(samples[ours]), statistics.median(samples[theirs])
    each = sorted(mine / its for mine, its in zip(samples[ours], samples[theirs], strict=False) if its)
    figure = statistics.median(each) if paired else one / other
    spread = f" ({_quarter(each, 1):.2f}–{_quarter(each, 3):.2f})" if len(each) > 2 else ""
    return Line(
        part=part,
        what=what,
        measured=f"{figure:.2f} ×{spread}: {_said(one)} to {_said(other)} {unit}",
        reach=f"≤ {limit:g} ×" if limit else "",
        reached=figure <= limit if limit else None,
        figure=figure,
        limit=limit,
        used=_used(samples, ours, theirs),
        note=note,
        samples=samples,
    )


def _used(samples: Samples, ours: str, theirs: str) -> str:
    one, other = (samples.get(f"{name}, processor") for name in (ours, theirs))
    return f"{statistics.median(one) / statistics.median(other):.2f} ×" if one and other else ""


def at_most(
    part: str,
    what: str,
    figure: float,
    limit: float,
    unit: str,
    *,
    used: float | None = None,
    note: str = "",
    samples: Samples,
) -> Line:
    """A line that says whether something stays within a limit."""
    return Line(
        part=part,
        what=what,
        measured=f"{_said(figure)} {unit}",
        reach=f"≤ {limit:g} {unit}",
        reached=figure <= limit,
        figure=figure,
        limit=limit,
        used="" if used is None else f"{_said(used)} {unit}",
        note=note,
        samples=samples,
    )


def spread(values: Sequence[float]) -> str:
    """The median of samples, with their quarters and the worst: ``12.1 (11.8–13.0, worst 22.5)``."""
    ordered = sorted(values)
    if len(ordered) < 4:
        return " / ".join(map(_said, ordered))
    middle = statistics.median(ordered)
    one, three, worst = _quarter(ordered, 1), _quarter(ordered, 3), ordered[-1]
    return f"{_said(middle)} ({_said(one)}–{_said(three)}, worst {_said(worst)})"


def _quarter(ordered: Sequence[float], which: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * which // 4)]


def _said(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 1 else f"{figure:.2f}"


def people(count: int) -> str:
    """A number of people in short: ``100k``."""
    return f"{count // 1000}k"


class Machine:
    """What the figures were measured on."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    @cached_property
    def told(self) -> Mapping[str, str]:
        """The machine and the versions, in words."""
        return {
            "processor": f"{_processor()}, {os.cpu_count()} cores",
            "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') >> 30} GB",
            "system": f"{platform.system()} {platform.release()}",
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "textual": version("textual"),
            "click": version("click"),
            "netcrm": __version__,
        }

    @property
    def busy(self) -> str:
        """A warning when others use the machine; empty when it is quiet."""
        load = os.getloadavg()[0]
        if load <= BUSY * (os.cpu_count() or 1):
            return ""
        return f"The machine is busy (load average {load:.2f}): ratios are rough, and times too long."


def _processor() -> str:
    for line in _lines(Path("/proc/cpuinfo")):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return
