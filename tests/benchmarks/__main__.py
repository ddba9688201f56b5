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
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import Bench, Line, Machine
from tests.benchmarks.report import Load, combined, markdown, printed, record
from tests.benchmarks.terminal import NotShown

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


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write what was asked for; return 1 when something is not reached."""
    options = _options(arguments)
    if options.table:
        _say("\n".join(markdown(combined(options.table))) + "\n")
        return 0
    chosen = options.only.split(",") if options.only else list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        raise SystemExit(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    machine = Machine()
    _say(f"{machine.at:%Y-%m-%d %H:%M} UTC   {'   '.join(f'{k} {v}' for k, v in machine.told.items())}\n")
    lines: list[Line] = []
    loads: dict[str, Load] = {}
    with tempfile.TemporaryDirectory(prefix="netcrm-bench-") as folder:
        bench = Bench(Path(folder), quick=options.quick, most=options.most)
        for name in chosen:
            loads[name] = os.getloadavg()
            begun = time.perf_counter()
            _say(f"\n{name}   load average {loads[name][0]:.2f}\n")
            if machine.busy:
                _say(f"  {machine.busy}\n")
            for line in _measured(name, bench):
                lines.append(line)
                _say("\n".join(printed(line)) + "\n")
            _say(f"  ({time.perf_counter() - begun:.0f} s)\n")
            told = record(machine, lines, loads, quick=options.quick)
            if options.json:  # after each part anew, since a run may be broken off
                options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
            if options.markdown:
                options.markdown.write_text("\n".join(markdown(told)) + "\n", "utf-8")
    asked = [line for line in lines if line.reached is not None]
    reached = sum(line.reached is True for line in asked)
    _say(f"\n{reached} of {len(asked)} reached\n")
    return int(reached < len(asked))


def _measured(name: str, bench: Bench) -> Iterator[Line]:
    """The lines of a part; one that says so where something did not come that was waited for."""
    try:
        yield from import_module(f"tests.benchmarks.parts.{PARTS[name]}").measure(bench)
    except NotShown as problem:
        yield Line(
            part=name,
            what=f"{name}: something did not come",
            measured="not measured",
            reach="that it comes",
            reached=False,
            note=f"instead there stood: {problem}",
        )


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", default="", metavar="PARTS", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a tenth of the people, a few times each")
    parser.add_argument("--most", type=int, default=1000, metavar="N", help="measure nothing more often")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table")
    parser.add_argument(
        "--table",
        type=Path,
        nargs="+",
        metavar="JSON",
        help="measure nothing: print the table of earlier runs",
    )
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
