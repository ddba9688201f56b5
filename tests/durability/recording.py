"""What a program did to the files of a folder, call by call, as ``recorder.c`` writes it down.

The recorder is built from its source and preloaded into the real program. What the program wrote to its
standard output stands in the same stream, so that for every moment it is known both what had been said and
what had been asked of the disk.
"""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

SOURCE = Path(__file__).with_name("recorder.c")

ROOT = Path(__file__).resolve().parents[2]
"""Where ``python -m tests…`` is understood."""


class Call(IntEnum):
    """What was called; the numbers are those of ``recorder.c``."""

    OPEN = 1
    WRITE = 2
    CUT = 3
    SYNC = 4
    CLOSE = 5
    RENAME = 6
    UNLINK = 7
    MKDIR = 8
    RMDIR = 9
    SAID = 10
    STRANGE = 11


class How(IntFlag):
    """What an `OPEN` did besides."""

    CREATED = 1
    EMPTIED = 2
    FOLDER = 4


@dataclass(frozen=True, slots=True)
class Event:
    """One call, as it was made.

    Attributes:
        file: The process and its file descriptor.
        at: Where was written, or to which length was cut, in bytes.
        path: Of `OPEN`, `UNLINK`, `MKDIR`, `RMDIR`, and where a `RENAME` began.
        data: What was written or said; of `RENAME` the new path.
    """

    call: Call
    how: How
    file: tuple[int, int]
    at: int
    path: str
    data: bytes


def unavailable() -> str:
    """Why nothing can be recorded on this machine; empty where it can."""
    if sys.platform != "linux":
        return "the recorder knows the C library of Linux only"
    if not shutil.which("cc"):
        return "there is no C compiler (cc) to build the recorder with"
    return ""


def build(folder: Path) -> Path:
    """Build the recorder; return the library to preload."""
    library = folder / "recorder.so"
    command: list[str | Path] = [
        "cc",
        "-shared",
        "-fPIC",
        "-O1",
        "-Wall",
        "-o",
        library,
        SOURCE,
        "-ldl",
        "-lpthread",
    ]
    subprocess.run(command, check=True)
    return library


@dataclass(frozen=True, slots=True)
class Recorder:
    """Runs programs that are recorded.

    Attributes:
        library: The built recorder.
        under: The folder whose files are recorded, its links followed.
        log: Where the records go.
    """

    library: Path
    under: Path
    log: Path

    def run(self, *arguments: str, **environment: str) -> None:
        """Run Python on some arguments to its end.

        Raises:
            AssertionError: If it does not end well.
        """
        preloaded = {
            "LD_PRELOAD": str(self.library),
            "NETCRM_RECORD_UNDER": str(self.under),
            "NETCRM_RECORD_TO": str(self.log),
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment, **preloaded},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()

    def events(self) -> Sequence[Event]:
        """All that was recorded, in order."""
        return list(_parsed(self.log.read_bytes()))


_HEAD = struct.Struct("<BBIiQII")
"""``struct head`` of ``recorder.c``."""


def _parsed(log: bytes) -> Iterator[Event]:
    at = 0
    while at < len(log):
        call, how, pid, descriptor, where, path, data = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        yield Event(
            call=Call(call),
            how=How(how),
            file=(pid, descriptor),
            at=where,
            path=os.fsdecode(log[at : at + path]),
            data=log[at + path : at + path + data],
        )
        at += path + data


def files(folder: Path) -> Mapping[str, bytes]:
    """What really lies in a folder: the bytes of every file, by its path."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
