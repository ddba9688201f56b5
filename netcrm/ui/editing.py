"""Writing a longer text in one's own editor: ``$VISUAL`` or ``$EDITOR``, in a private file, in this terminal.

The variable is split as a shell would split it and run without one; the text goes by a file, never by an
argument, and the file's name is absolute, so that nothing in either is taken for an option.
"""

import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from netcrm.domain.text import plain, shortened
from netcrm.ui.safety import typed

_USUAL = ("vi", "nano")
"""The editors that are tried where none is set; vi is what POSIX has."""

MOST_BYTES = 1_000_000
"""How large a text may come back: a field of a form is no place for a larger one, and slow with it."""

_AT_ONCE_SECONDS = 0.5
"""An editor that is back sooner than this, and has changed nothing, has opened a window and not waited."""

_GRACE_SECONDS = 1.0
"""How long an editor that was asked to end may take; less than the app itself is given."""

_PREFIX = "netcrm-note-"
"""How the name of a folder for a text begins."""

_FRESH_SECONDS = 60.0
"""How old a folder is at the least before it may be taken for one that was left behind."""

_NAME_MOST = 40
"""Characters of what is not ours that a sentence repeats."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back from the editor.

    Attributes:
        text: The text; as it was, where nothing else came of it.
        said: What there is to say, in a sentence; empty where it was changed.
    """

    text: str
    said: str = ""


def editor(environment: Mapping[str, str]) -> Sequence[str]:
    """The editor with its own arguments.

    Args:
        environment: The environment.

    Raises:
        ValueError: If there is none, in a sentence.
    """
    path = environment.get("PATH")
    for name in ("VISUAL", "EDITOR"):
        said = environment.get(name, "").strip()
        if not said:
            continue
        try:
            program, *rest = shlex.split(said)
        except ValueError:
            raise ValueError(f"${name} can't be read as a command: is a quote left open?") from None
        found = shutil.which(program, path=path) if not program.startswith("-") else None
        if found is None:
            shown = shortened(plain(program), _NAME_MOST)
            raise ValueError(f"There is no program “{shown}” here, which ${name} names.")
        return [found, *rest]
    for program in _USUAL:
        found = shutil.which(program, path=path)
        if found is not None:
            return [found]
    raise ValueError("No editor was found: set $EDITOR to the one you like.")


def edited(text: str, environment: Mapping[str, str]) -> Edited:
    """Have a text edited; the terminal has to be free for the editor.

    Args:
        text: What is edited.
        environment: The environment.
    """
    try:
        command = editor(environment)
        with _private_file(text, environment) as (file, held):
            written = _read(file)
            begun = time.monotonic()
            code = _run([*command, str(file)], held)
            name = shortened(plain(Path(command[0]).name), _NAME_MOST)
            if code:
                how = f"with an error ({code})" if code > 0 else "by a signal"
                raise ValueError(f"{name} ended {how}, so the text is as it was.")
            back = _read(file)
            if back != written:
                return Edited(_as_before(text, back))
            if time.monotonic() - begun < _AT_ONCE_SECONDS:
                raise ValueError(
                    f"{name} came back at once, with the text as it was. If it has a window of its own,"
                    " have it wait: EDITOR='code --wait'."
                )
            raise ValueError("The text is as it was.")
    except ValueError as refusal:
        return Edited(text, str(refusal))
    except OSError as error:
        reason = (error.strerror or "the system refused it").lower()
        return Edited(text, f"The text could not be handed to the editor: {reason}.")


def remove_left_behind(environment: Mapping[str, str]) -> None:
    """Remove the texts of an app that was killed while an editor had one.

    Args:
        environment: The environment.
    """
    with contextlib.suppress(OSError):
        for folder in Path(_place(environment) or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            found = folder.lstat()
            is_old = time.time() - found.st_mtime > _FRESH_SECONDS
            if (
                stat.S_ISDIR(found.st_mode)
                and found.st_uid == os.getuid()
                and is_old
                and not _is_held(folder)
            ):
                shutil.rmtree(folder, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    """Whether the app or the editor that a folder was made for is there still."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextlib.contextmanager
def _private_file(text: str, environment: Mapping[str, str]) -> Iterator[tuple[Path, int]]:
    """A file with a text, in a folder that only its owner can enter; both are gone in the end.

    Whatever the editor leaves beside the file goes along: copies, and what it has kept for a crash. With it
    comes a descriptor that locks the folder for as long as anybody has it open.
    """
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_place(environment)))
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_SH)
        file = folder / "note.md"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            # A text file ends with a line end (POSIX 3.403); editors add one where it is missing.
            out.write(text.encode("utf-8", "replace") + b"\n" * (not text.endswith("\n") and bool(text)))
        yield file, held
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _place(environment: Mapping[str, str]) -> str | None:
    """The user's own place for what is gone at the end of the day, where there is one: it lies in memory."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    with contextlib.suppress(OSError):
        found = Path(folder).stat()
        private = found.st_uid == os.getuid() and not found.st_mode & 0o077
        if Path(folder).is_absolute() and stat.S_ISDIR(found.st_mode) and private:
            return folder
    return None


def _read(file: Path) -> str:
    """What stands in the file now.

    Raises:
        ValueError: If that is no text for a field, in a sentence.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise ValueError("The editor left no file behind, so the text is as it was.") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ValueError("The editor left no file behind, so the text is as it was.")
    with os.fdopen(descriptor, "rb") as found:
        said = found.read(MOST_BYTES + 1)
    if len(said) > MOST_BYTES:
        raise ValueError("What came back is longer than a million letters, so the text is as it was.")
    try:
        return said.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("What came back is not UTF-8, so the text is as it was.") from None


def _as_before(text: str, back: str) -> str:
    """What came back, without the line end that the editor's file ended with and the text did not."""
    back = typed(back, lines=True)
    return back if text.endswith("\n") else back.removesuffix("\n")


def _run(command: Sequence[str], held: int) -> int:
    """Run the editor in this terminal until it ends; return its exit code, less than 0 for a signal.

    Args:
        command: The editor with its arguments.
        held: What locks the folder of the file, for the editor to hold too: it may outlive the app.
    """
    with _signals_for_the_editor() as asked:
        process = subprocess.Popen(command, pass_fds=(held,))
        asked.process = process
        while True:
            try:
                return process.wait(0.1)
            except subprocess.TimeoutExpired:
                if asked.at is not None and time.monotonic() - asked.at > _GRACE_SECONDS:
                    process.kill()


class _Asked:
    """Whether the app was asked to end while the editor has the terminal.

    Attributes:
        process: The editor.
        at: When it was asked, in seconds of the monotonic clock; None when it was not.
    """

    process: subprocess.Popen[bytes] | None = None
    at: float | None = None


@contextlib.contextmanager
def _signals_for_the_editor() -> Iterator[_Asked]:
    """Leave to the editor what the keyboard sends; whatever asks the app to end asks the editor first.

    So the file is removed by whom it was made, and the app ends behind it.
    """
    asked = _Asked()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def ask(number: int, frame: FrameType | None) -> None:
        asked.at = time.monotonic()
        if asked.process is not None:
            asked.process.terminate()
        before = kept[signal.Signals(number)]
        if callable(before):
            before(number, frame)

    kept = {number: signal.getsignal(number) for number in (*_OF_THE_KEYBOARD, *_ENDS)}
    try:
        for number in _OF_THE_KEYBOARD:
            signal.signal(number, lambda *_: None)  # and not SIG_IGN, which the editor would inherit
        for number in _ENDS:
            signal.signal(number, ask)
        yield asked
    finally:
        for number, before in kept.items():
            signal.signal(number, before)


_OF_THE_KEYBOARD = (signal.SIGINT, signal.SIGQUIT)

_ENDS = (signal.SIGTERM, signal.SIGHUP)
