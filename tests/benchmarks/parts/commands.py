"""Commands of the command line as whole processes, beside Python with click and sqlite3 imported."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.app import environment, program
from tests.benchmarks.measuring import Bench, Line, alternately, people, processor, ratio
from tests.benchmarks.network import REGULAR

PYTHON = "python, click, sqlite3"


def measure(bench: Bench) -> Iterator[Line]:
    """Run each in turn, on the small and on the large book."""
    for size in (bench.small, bench.large):
        book = bench.book(size)
        commands = {
            "log": ("log", f"call with {REGULAR.full} about kites #kites"),
            "today": ("today",),
            "find": ("find", REGULAR.family),
        }
        used: dict[str, list[float]] = {}
        do = {PYTHON: partial(_run, PYTHON, [sys.executable, "-c", "import click, sqlite3"], {}, used)}
        for name, arguments in commands.items():
            do[name] = partial(_run, name, [*program(), *arguments], environment(book), used)
        alternately(2, do)
        used.clear()
        samples = alternately(bench.times(21), do)
        samples |= {f"{name}, processor": values for name, values in used.items()}
        for name in commands:
            what = f"netcrm {name}, {people(size)}, beside python with click and sqlite3"
            yield ratio("commands", what, samples, name, PYTHON, 2.5, note=processor(samples, name, PYTHON))


def _run(
    name: str, command: Sequence[str], variables: Mapping[str, str], used: dict[str, list[float]], _: int
) -> float:
    """Run a program to its end; return its milliseconds, and note those of the processor."""
    said = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        env=said | dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=Path.home(),
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and process.stderr:
            raise SystemExit(f"{' '.join(command)}: {process.stderr.read().decode(errors='replace')}")
    used.setdefault(name, []).append((usage.ru_utime + usage.ru_stime) * 1000)
    return took * 1000
