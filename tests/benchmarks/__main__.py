"""``python -m tests.benchmarks``: how fast netcrm is, line by line of what it has to reach.

python -m tests.benchmarks                      everything: takes about half an hour
python -m tests.benchmarks --quick              a tenth of the people, a few times each
python -m tests.benchmarks --only start,keys    some parts
python -m tests.benchmarks --json FILE          with every sample, the machine and the versions
python -m tests.benchmarks --markdown FILE      the table, as README has it
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import Bench, Line, Machine

PARTS = {
    "start": "start",
    "commands": "commands",
    "keys": "keys",
    "timeline": "timeline",
    "search": "search",
    "queue": "queue",
    "filling": "filling",
    "sparks": "sparks",
    "log": "logging",
    "imports": "imports",
    "duplicates": "duplicates",
    "memory": "memory",
}
"""The parts by name, with their modules; the ones in a terminal first, while this process is small."""

_SIGNS = {True: ("✓", "32"), False: ("✗", "31"), None: ("·", "2")}


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write what was asked for; return 1 when something is not reached."""
    options = _options(arguments)
    chosen = options.only.split(",") if options.only else list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        raise SystemExit(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    machine = Machine()
    _say(f"{machine.at:%Y-%m-%d %H:%M} UTC   {'   '.join(f'{k} {v}' for k, v in machine.told.items())}\n")
    lines: list[Line] = []
    loads: dict[str, tuple[float, float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="netcrm-bench-") as folder:
        bench = Bench(Path(folder), quick=options.quick)
        for name in chosen:
            loads[name] = os.getloadavg()
            begun = time.perf_counter()
            _say(f"\n{name}   load average {loads[name][0]:.2f}\n")
            if machine.busy:
                _say(f"  {machine.busy}\n")
            for line in import_module(f"tests.benchmarks.parts.{PARTS[name]}").measure(bench):
                lines.append(line)
                _say("\n".join(_printed(line)) + "\n")
            _say(f"  ({time.perf_counter() - begun:.0f} s)\n")
            _write(options, machine, lines, loads)
    asked = [line for line in lines if line.reached is not None]
    reached = sum(line.reached is True for line in asked)
    _say(f"\n{reached} of {len(asked)} reached\n")
    return int(reached < len(asked))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", default="", metavar="PARTS", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people, a few times each")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table")
    return parser.parse_args(arguments)


def _printed(line: Line) -> Iterator[str]:
    """A line in columns, its note beneath."""
    sign, colour = _SIGNS[line.reached]
    if sys.stdout.isatty():
        sign = f"\x1b[{colour}m{sign}\x1b[0m"
    yield f"{sign} {line.what:<62} {line.measured:<46} {line.reach}".rstrip()
    if line.note:
        width = max(60, shutil.get_terminal_size((160, 0)).columns - 4)
        yield textwrap.fill(line.note, width, initial_indent="    ", subsequent_indent="    ")


def _write(
    options: argparse.Namespace,
    machine: Machine,
    lines: Sequence[Line],
    loads: dict[str, tuple[float, float, float]],
) -> None:
    """Write the files that were asked for, after each part anew: a run may be broken off."""
    if options.json:
        told = {
            "at": machine.at.isoformat(timespec="seconds"),
            "quick": options.quick,
            "machine": dict(machine.told),
            "load": loads,
            "lines": [
                {
                    **{name: value for name, value in vars(line).items() if name != "samples"},
                    "samples": {name: [round(v, 4) for v in values] for name, values in line.samples.items()},
                }
                for line in lines
            ],
        }
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    if options.markdown:
        options.markdown.write_text("\n".join(_markdown(machine, lines)) + "\n", "utf-8")


def _markdown(machine: Machine, lines: Sequence[Line]) -> Iterator[str]:
    """The table as README has it."""
    told = machine.told
    yield (
        f"Measured on {machine.at:%Y-%m-%d}: {told['processor']}, {told['memory']}, {told['system']}; Python"
        f" {told['python']}, SQLite {told['sqlite']}, Textual {told['textual']}. Ratios are of medians,"
        " taken in turn; in brackets the middle half."
    )
    yield ""
    yield "| what | measured | to reach | |"
    yield "|---|---|---|---|"
    for line in lines:
        sign = {True: "✓", False: "🔴 ✗", None: ""}[line.reached]
        yield f"| {line.what} | {line.measured} | {line.reach} | {sign} |"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
