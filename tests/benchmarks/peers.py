"""netcrm's commands beside those of khard and abook, on the same people.

    python -m tests.benchmarks.peers [1000 10000] [--json FILE]

khard (github.com/lucc/khard, vCards in a folder) is installed by pip into an environment of its own in a
temporary folder; abook (abook.sourceforge.net, one file) is taken from where the system has it (``apt-get
install abook``). Each does what its own commands do for the same purpose, as a whole process whose output
goes nowhere: print everybody, find one by the family name, add a note to that one. What a program has no
command for, or can't be installed, is left out, and said so. Prints the median of several runs, each program
in turn, in a table as README has it: by the clock, or, where others use the machine too, by the time of the
processor, which for these programs is nearly the same on a quiet one.
"""

import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from netcrm import __version__
from netcrm.domain.people import Profile
from tests.benchmarks.app import environment, program
from tests.benchmarks.measuring import Machine, alternately, timed
from tests.benchmarks.network import REGULAR, Maker
from tests.benchmarks.parts.imports import vcards

WORK = ("list everybody", "find one", "add a note")

RUNS = 7

NOTE = "call about kites"

Do = Callable[[int], object]
"""One piece of work, done with its number."""


Taken = dict[str, dict[str, list[float]]]
"""Milliseconds of each run, by work and program."""


class NotHere(Exception):
    """A program can't be had; its text says why."""


class Netcrm:
    """netcrm, its people brought in by its own import.

    Args:
        folder: Where its file goes.
        cards: Everybody, as vCards.
    """

    def __init__(self, folder: Path, cards: bytes) -> None:
        self.name = f"netcrm {__version__}"
        self._said = environment(folder / "netcrm.db")
        file = folder / "people.vcf"
        file.write_bytes(cards)
        _run([*program(), "import", str(file)], self._said)

    def work(self) -> Mapping[str, Do]:
        """What it has commands for."""
        return {
            "list everybody": lambda _: _run([*program(), "find"], self._said),
            "find one": lambda _: _run([*program(), "find", REGULAR.family], self._said),
            "add a note": lambda number: _run(
                [*program(), "log", f"{REGULAR.full}: {NOTE} {number}"], self._said
            ),
        }


class Khard:
    """khard, one file a person.

    Args:
        folder: Where its folder of people and its settings go.
        cards: Everybody, as vCards.
        command: Where it is installed.
    """

    def __init__(self, folder: Path, cards: bytes, command: Path) -> None:
        self.name = f"khard {_output([str(command), '--version']).split()[-1]}"
        people = folder / "people"
        people.mkdir()
        for number, card in enumerate(cards.decode().split("END:VCARD\r\n")[:-1], start=1):
            (people / f"{number}.vcf").write_bytes(f"{card}END:VCARD\r\n".encode())
        settings = folder / "khard.conf"
        settings.write_text(
            f"[addressbooks]\n[[people]]\npath = {people}\n[general]\ndefault_action = list\n"
        )
        self._command = [str(command), "-c", str(settings)]
        shown = _output([*self._command, "show", "--format", "yaml", REGULAR.family])
        self._form = folder / "form.yaml"
        self._shown = shown

    def work(self) -> Mapping[str, Do]:
        """What it has commands for; a note is added by giving it the whole person with the note."""
        return {
            "list everybody": lambda _: _run([*self._command, "list"]),
            "find one": lambda _: _run([*self._command, "list", REGULAR.family]),
            "add a note": self._note,
        }

    def _note(self, number: int) -> None:
        note = re.sub(r"(?m)^Note *:.*(\n[ \t]+.*)*", f'Note : "{NOTE} {number}"', self._shown)
        self._form.write_text(note, "utf-8")
        _run([*self._command, "edit", "-i", str(self._form), REGULAR.family], said="y\n")


class Abook:
    """abook, all people in one file.

    Args:
        folder: Where the file goes.
        profiles: Everybody.
    """

    def __init__(self, folder: Path, profiles: Sequence[Profile]) -> None:
        found = shutil.which("abook")
        if found is None:
            raise NotHere("abook is not installed (apt-get install abook).")
        told = subprocess.run([found, "--help"], capture_output=True, text=True, check=False)
        version = re.search(r"abook v(\S+)", told.stdout + told.stderr)
        self.name = f"abook {version[1] if version else '?'}"
        self._command, self._file = found, folder / "addressbook"
        with self._file.open("w", encoding="utf-8") as file:
            file.write("[format]\nprogram=abook\nversion=0.6.1\n\n")
            for number, one in enumerate(profiles):
                by_kind = {point.kind: point.value for point in one.points}
                file.write(f"[{number}]\nname={one.name}\n")
                for field, value in (
                    *(("email", by_kind.get("email")), ("mobile", by_kind.get("phone"))),
                    *(("url", by_kind.get("url")), ("city", one.city), ("notes", one.note)),
                ):
                    file.write(f"{field}={value}\n" if value else "")
                file.write("\n")

    def work(self) -> Mapping[str, Do]:
        """What it has commands for: a note can only be added on its screen."""
        listing = [self._command, "--convert", "--infile", str(self._file), "--outformat", "text"]
        query = [self._command, "--datafile", str(self._file), "--mutt-query", REGULAR.family]
        return {"list everybody": lambda _: _run(listing), "find one": lambda _: _run(query)}


def main(arguments: Sequence[str]) -> None:
    """Measure at the sizes given on the command line."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    file = Path(arguments[arguments.index("--json") + 1]) if "--json" in arguments else None
    sizes = [int(word) for word in arguments if word.isdigit()] or [1_000, 10_000]
    machine, told = Machine(), dict[str, object]()
    if machine.busy:
        _say(machine.busy)
    with tempfile.TemporaryDirectory(prefix="netcrm-peers-") as name:
        folder = Path(name)
        khard: Path | None = None
        try:
            khard = _install_khard(folder / "khard")
        except NotHere as problem:
            _say(str(problem))
        for size in sizes:
            taken, used, names = _measured(folder / str(size), size, khard)
            told[str(size)] = {"clock": taken, "processor": used}
            busy = bool(machine.busy)
            for line in _table(
                size, used if busy else taken, names, "of the processor" if busy else "by the clock"
            ):
                _say(line)
    if file is not None:
        said = {"at": machine.at.isoformat(timespec="seconds"), "machine": dict(machine.told), "ms": told}
        file.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")


def _measured(folder: Path, size: int, khard: Path | None) -> tuple[Taken, Taken, Sequence[str]]:
    """How long each run took, by the clock and by the processor; and the programs."""
    profiles = list(Maker(size)._profiles())
    cards = vcards(profiles)
    for name in ("netcrm", "khard", "abook"):
        (folder / name).mkdir(parents=True)
    programs: list[Netcrm | Khard | Abook] = [Netcrm(folder / "netcrm", cards)]
    if khard is not None:
        programs.append(Khard(folder / "khard", cards, khard))
    try:
        programs.append(Abook(folder / "abook", profiles))
    except NotHere as problem:
        _say(str(problem))
    taken, used = Taken(), Taken()
    for what in WORK:
        used[what] = {one.name: [] for one in programs if what in one.work()}
        do = {
            one.name: _counted(one.work()[what], used[what][one.name])
            for one in programs
            if what in one.work()
        }
        for each in do.values():
            each(0)
        for mine in used[what].values():
            mine.clear()
        taken[what] = alternately(RUNS if size <= 1_000 else 3, do)
    return taken, used, [one.name for one in programs]


def _counted(do: Do, used: list[float]) -> Callable[[int], float]:
    """Work that says how many milliseconds it took, and notes those of the processor."""
    by_clock = timed(do)

    def measured(number: int) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = by_clock(number)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)
        return took

    return measured


def _table(
    size: int, taken: Mapping[str, Mapping[str, Sequence[float]]], names: Sequence[str], how: str
) -> Iterator[str]:
    """The medians of one size, as README has them."""
    yield f"\n| {size:,} people, ms {how} | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for what, by_program in taken.items():
        cells = [
            f"{statistics.median(by_program[name]):,.0f}" if name in by_program else "–" for name in names
        ]
        yield f"| {what} | {' | '.join(cells)} |"


def _install_khard(folder: Path) -> Path:
    """Install khard from where pip gets packages; return its command.

    Raises:
        NotHere: pip could not.
    """
    venv.create(folder, with_pip=True)
    found = subprocess.run(
        [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "khard"],
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise NotHere(f"khard could not be installed: {found.stderr.strip().splitlines()[-1]}")
    return folder / "bin" / "khard"


def _run(command: Sequence[str], variables: Mapping[str, str] | None = None, said: str = "") -> None:
    subprocess.run(
        command,
        env={**os.environ, **(variables or {})},
        input=said.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
    )


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
