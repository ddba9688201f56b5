"""How figures are told: on the screen, in a file for programs, and as the table of README."""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import BUSY, Line, Machine

_SIGNS = {True: ("✓", "32"), False: ("✗", "31"), None: ("·", "2")}

_MARKS = {True: "✓", False: "🔴 ✗", None: ""}

Load = tuple[float, float, float]
"""Load averages over one, five and fifteen minutes."""


def printed(line: Line) -> Iterator[str]:
    """A line in columns, its note beneath."""
    sign, colour = _SIGNS[line.reached]
    if sys.stdout.isatty():
        sign = f"\x1b[{colour}m{sign}\x1b[0m"
    yield f"{sign} {line.what:<62} {line.measured:<46} {line.reach}".rstrip()
    if line.note:
        width = max(60, shutil.get_terminal_size((160, 0)).columns - 4)
        yield textwrap.fill(line.note, width, initial_indent="    ", subsequent_indent="    ")


def record(
    machine: Machine, lines: Sequence[Line], loads: Mapping[str, Load], *, quick: bool
) -> dict[str, Any]:
    """All of a run, every sample included, as JSON has it."""
    return {
        "at": machine.at.isoformat(timespec="seconds"),
        "quick": quick,
        "machine": dict(machine.told),
        "cores": os.cpu_count() or 1,
        "load": dict(loads),
        "lines": [
            {
                **{name: value for name, value in vars(line).items() if name != "samples"},
                "samples": {name: [round(v, 4) for v in values] for name, values in line.samples.items()},
            }
            for line in lines
        ],
    }


def combined(files: Sequence[Path]) -> dict[str, Any]:
    """Several runs as one: of a part that was measured more than once, the last."""
    runs = [json.loads(file.read_text("utf-8")) for file in files]
    whole: dict[str, Any] = {**runs[-1], "load": {}, "lines": []}
    for run in runs:
        parts = {line["part"] for line in run["lines"]}
        whole["lines"] = [line for line in whole["lines"] if line["part"] not in parts] + run["lines"]
        whole["load"] |= run["load"]
    return whole


def markdown(run: Mapping[str, Any]) -> Iterator[str]:
    """The table as README has it; of a busy machine, with the ratios by the processor's time as well."""
    told = run["machine"]
    busiest = max((load[0] for load in run["load"].values()), default=0.0)
    busy = busiest > BUSY * run["cores"]
    yield (
        f"Measured on {run['at'][:10]}: {told['processor']}, {told['memory']}, {told['system']}; Python"
        f" {told['python']}, SQLite {told['sqlite']}, Textual {told['textual']}. Ratios are of medians,"
        " taken in turn; in brackets the middle half of them."
    )
    if busy:
        yield (
            f"Others used the machine meanwhile (load average up to {busiest:.0f}): times are too long, and"
            " what is said by the processor's time is to be trusted more."
        )
    yield ""
    yield f"| what | measured |{' by the processor |' if busy else ''} to reach | |"
    yield f"|---|---|{'---|' if busy else ''}---|---|"
    for line in run["lines"]:
        used = f" {line['used']} |" if busy else ""
        yield (f"| {line['what']} | {line['measured']} |{used} {line['reach']} | {_MARKS[line['reached']]} |")
