"""A disk whose power is cut, as unkind as the rules allow.

It takes the calls that a program made (`recording`) and can say, at any moment, what may lie on it after the
power went at that moment. The rules, chosen as strictly as any file system in use keeps them, and not more
kindly than SQLite counts on (sqlite.org/atomiccommit.html, 2, "Hardware Assumptions"):

- What was written to a file before the end of its last ``fsync`` or ``fdatasync`` is there.
- Of what was written since, any part may be there: each sector on its own, whatever the order in which it was
  written. A sector is 512 or 4,096 bytes, as the image has it.
- A sector that was just being written is torn: new up to some byte and old after it, or the other way round,
  or anything at all in the bytes that were to be written. The bytes around these stay as they were: SQLite
  calls that "powersafe overwrite" and takes it for granted (sqlite.org/psow.html).
- A file that grew may have its new length without the bytes, which are zero then; a cut that was not synced
  may have happened or not.
- A file's name, new, changed or removed, is only certain after an ``fsync`` of the folder that it stands in.
  POSIX promises no more; ext4 does in its usual mode (a new file's ``fsync`` brings its name along), but
  nothing here counts on it. Before that each change of a name may have happened or not on its own; changes of
  one name keep their order, and a rename is whole: every file system with a journal gives that much. A file
  whose folder's own name is lost is lost with it.
- ``-shm`` is shared memory: it may hold anything (sqlite.org/walformat.html, 2). So it is filled with noise.
"""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath
from random import Random
from types import MappingProxyType

from tests.durability.recording import Call, Event, How

_TORN = 0.03
"""The share of unsynced sectors that are torn, where any are."""


@dataclass(frozen=True, slots=True)
class _Write:
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Cut:
    length: int


@dataclass(slots=True, eq=False)
class _File:
    """The bytes of a file: those that are certain, and what was done since, in order."""

    certain: bytearray = field(default_factory=bytearray)
    since: list[_Write | _Cut] = field(default_factory=list)
    folder: bool = False

    def sync(self) -> None:
        for change in self.since:
            _do(self.certain, change)
        self.since.clear()

    def now(self) -> bytes:
        """What the running system reads."""
        content = bytearray(self.certain)
        for change in self.since:
            _do(content, change)
        return bytes(content)


@dataclass(frozen=True, slots=True)
class _Naming:
    """A change of names: each path leads to a file from then on, or to none."""

    leads: Mapping[str, _File | None]


@dataclass(slots=True)
class _Luck:
    """What becomes of that which was not synced, on one image.

    Attributes:
        arrives: The chance that a sector, or a change of a name, has arrived.
        torn: The chance that a sector which has is torn.
        sector: Bytes of a sector.
    """

    chance: Random
    arrives: float
    torn: float
    sector: int

    @classmethod
    def of(cls, chance: Random) -> "_Luck":
        """Sometimes nothing arrives that was not synced, sometimes nearly all, mostly some of it."""
        arrives = chance.choice((0.0, 1.0, chance.random(), chance.random()))
        return cls(chance, arrives, chance.choice((0.0, _TORN)), chance.choice((512, 4096)))

    def has_it(self) -> bool:
        """Whether the next piece has arrived."""
        return self.chance.random() < self.arrives


class Disk:
    """The files below one folder.

    Args:
        under: The folder; its own name is certain.
        before: What lay in it already, the bytes of every file by its path; all of it is certain.
    """

    def __init__(self, under: Path, before: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._under = str(under)
        self._open: dict[tuple[int, int], tuple[str, _File]] = {}
        self._certain = {path: _File(bytearray(content)) for path, content in before.items()}
        self._names = dict(self._certain)
        self._namings: list[_Naming] = []
        self.syncs = 0
        """How often the disk was waited for."""

    def take(self, event: Event) -> None:
        """Do what a program did."""
        match event.call:
            case Call.OPEN:
                self._take_open(event)
            case Call.WRITE:
                self._open[event.file][1].since.append(_Write(event.at, event.data))
            case Call.CUT:
                self._open[event.file][1].since.append(_Cut(event.at))
            case Call.SYNC:
                self._sync(*self._open[event.file])
            case Call.CLOSE:
                del self._open[event.file]
            case Call.RENAME:
                to = event.data.decode()
                self._name({event.path: None, to: self._names[event.path]})
            case Call.UNLINK | Call.RMDIR:
                self._name({event.path: None})
            case Call.MKDIR:
                self._name({event.path: _File(folder=True)})
            case Call.SAID:
                pass
            case Call.STRANGE:
                raise AssertionError(f"the recorder could not follow {event.path}")

    def now(self) -> Mapping[str, bytes]:
        """What the running system sees: the bytes of every file, by its path."""
        return {path: file.now() for path, file in self._names.items() if not file.folder}

    def cut(self, chance: Random) -> Mapping[str, bytes]:
        """What may be left if the power goes now: the bytes of every file, by its path."""
        luck = _Luck.of(chance)
        names = dict(self._certain)
        undecided: set[str] = set()
        for naming in self._namings:
            # What is still to come of a name can't have arrived when something before it has not.
            if undecided.isdisjoint(naming.leads) and luck.has_it():
                _lead(names, naming)
            else:
                undecided |= naming.leads.keys()
        return {
            path: _noise(file, chance) if path.endswith("-shm") else _left(file, luck)
            for path, file in names.items()
            if not file.folder and self._reachable(path, names)
        }

    def _take_open(self, event: Event) -> None:
        path = event.path.rstrip("/")
        if How.FOLDER in event.how:
            file = _File(folder=True)
        else:
            if How.CREATED in event.how:
                self._name({path: _File()})
            file = self._names[path]
            if How.EMPTIED in event.how:
                file.since.append(_Cut(0))
        self._open[event.file] = path, file

    def _sync(self, path: str, file: _File) -> None:
        self.syncs += 1
        if not file.folder:
            file.sync()
            return
        kept = []
        for naming in self._namings:
            if any(str(PurePosixPath(name).parent) == path for name in naming.leads):
                _lead(self._certain, naming)
            else:
                kept.append(naming)
        self._namings = kept

    def _name(self, leads: Mapping[str, _File | None]) -> None:
        naming = _Naming(leads)
        _lead(self._names, naming)
        self._namings.append(naming)

    def _reachable(self, path: str, names: Mapping[str, _File]) -> bool:
        parents = [str(parent) for parent in PurePosixPath(path).parents]
        return all(parent in names for parent in parents[: parents.index(self._under)])


def lay_out(image: Mapping[str, bytes], under: Path, into: Path) -> None:
    """Write an image's files, at the places that they have under a folder, into another one."""
    for path, content in image.items():
        file = into / Path(path).relative_to(under)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def replayed(
    events: Iterable[Event], under: Path, before: Mapping[str, bytes] = MappingProxyType({})
) -> Disk:
    """A disk on which all of it has happened."""
    disk = Disk(under, before)
    for event in events:
        disk.take(event)
    return disk


def _lead(names: MutableMapping[str, _File], naming: _Naming) -> None:
    for path, file in naming.leads.items():
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _do(content: bytearray, change: _Write | _Cut) -> None:
    if isinstance(change, _Cut):
        del content[change.length :]
        content.extend(bytes(change.length - len(content)))
    else:
        content.extend(bytes(max(0, change.at - len(content))))
        content[change.at : change.at + len(change.data)] = change.data


def _left(file: _File, luck: _Luck) -> bytes:
    """The bytes of a file that may be left of it."""
    content = bytearray(file.certain)
    for change in file.since:
        if isinstance(change, _Cut):
            if luck.has_it():
                _do(content, change)
            continue
        for piece in _sectors(change, luck.sector):
            if luck.has_it():
                _do(content, _torn(content, piece, luck) if luck.chance.random() < luck.torn else piece)
    return bytes(content)


def _sectors(write: _Write, size: int) -> Sequence[_Write]:
    """A write as the disk does it, a sector at a time."""
    end = write.at + len(write.data)
    edges = [write.at, *range((write.at // size + 1) * size, end, size), end]
    return [_Write(start, write.data[start - write.at : stop - write.at]) for start, stop in pairwise(edges)]


def _torn(content: bytearray, piece: _Write, luck: _Luck) -> _Write:
    """A sector that was being written when the power went."""
    length = len(piece.data)
    old = bytes(content[piece.at : piece.at + length]).ljust(length, b"\0")
    edge = luck.chance.randrange(length)
    return _Write(
        piece.at,
        luck.chance.choice(
            (
                piece.data[:edge] + old[edge:],
                old[:edge] + piece.data[edge:],
                luck.chance.randbytes(length),
            )
        ),
    )


def _noise(file: _File, chance: Random) -> bytes:
    return chance.randbytes(len(file.now()))
