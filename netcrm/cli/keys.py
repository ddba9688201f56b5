"""Where the key of an encrypted file comes from: a prompt, a command, or a file.

Never from an argument or a variable that holds the key itself: every program of the user's can read those,
they are handed on to whatever is started, and shells keep them in their history.
"""

import contextlib
import os
import select
import shlex
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netcrm.cli.ending import NotDone
from netcrm.domain.text import plain

if TYPE_CHECKING:
    from types import FrameType

    from netcrm.config import Settings

_TRIES = 3
"""How often a key is asked for at a prompt."""

_COMMAND_SECONDS = 120.0
"""How long a command may take: someone may have to find the card that unlocks the key."""

_LONGEST_BYTES = 4096
"""The longest line that is taken for a key."""

_MOST_BYTES = 1 << 16
"""The most that a command may print, of which all but the first line is ignored."""

_SHORT = 12
"""Below so many characters a passphrase is called short: what people choose is seldom random."""

_SIGNALLED = 128
"""What shells add to a signal's number for an exit code."""


def keys_for(path: Path, held: "Settings") -> Iterator[str]:
    """What to try to open an encrypted file: what the environment or the settings say, else what is typed.

    Args:
        path: The file.
        held: The settings.

    Yields:
        A key; another one only if it did not open the file.
    """
    said = key_from(*_source(held))
    if said is not None:
        yield said
        return
    for number in range(_TRIES):
        if number:
            click.echo("That key does not open it. Once more:", err=True)
        yield _typed(f"Key of {plain(str(path))}: ", f"{path} is encrypted")


def new_key(held: "Settings", command: str, file: str, *, usual: bool) -> str:
    """A key to encrypt with: what a command prints, what a file says, or what is typed twice.

    Args:
        held: The settings.
        command: A command that was named for it; empty for none.
        file: A file that was named for it; empty for none.
        usual: Whether, where neither was, it is where the key will be looked for later.

    Raises:
        NotDone: There is none, or it can't be taken.
    """
    said = key_from(command, file) if command or file or not usual else key_from(*_source(held))
    if said is None:
        said = _typed("New key: ", "To choose a key")
        if not said:
            raise NotDone("An empty key protects nothing: nothing was changed.")
        if _typed("The same again: ", "To choose a key") != said:
            raise NotDone("The two were not the same: nothing was changed.")
    if len(said) < _SHORT:
        click.echo(
            f"This key is short: {_SHORT} characters at random, or four words that have nothing to do with"
            " each other, are hard to guess.",
            err=True,
        )
    return said


def key_from(command: str, file: str) -> str | None:
    """The key that a command prints or that stands in a file; None where neither is named.

    Raises:
        NotDone: It can't be had there.
    """
    if command:
        return _first_line(_printed(command), f"The key command ({command})")
    if file:
        return _first_line(_content(file), f"The key file {file}")
    return None


def _source(held: "Settings") -> tuple[str, str]:
    """The command or the file that the key comes from: by the environment, else by the settings."""
    command, file = (os.environ.get(name, "") for name in ("NETCRM_KEY_COMMAND", "NETCRM_KEY_FILE"))
    if command and file:
        raise click.UsageError("NETCRM_KEY_COMMAND and NETCRM_KEY_FILE can't both be set.")
    if command or file:
        return command, file
    return held.key_command, held.key_file


def _typed(prompt: str, why: str) -> str:
    """What is typed at a prompt of the terminal, which shows nothing of it."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC))
    except OSError as error:
        raise NotDone(
            f"{why}, and there is no terminal to ask for the key: set key_command or key_file in config.toml,"
            " or NETCRM_KEY_COMMAND."
        ) from error
    from getpass import getpass

    with _ending_well():
        try:
            typed = getpass(prompt)
            typed.encode()
        except UnicodeError as error:
            raise NotDone("What was typed is no text in UTF-8: nothing was changed.") from error
    return typed


@contextlib.contextmanager
def _ending_well() -> Iterator[None]:
    """Let a signal that ends the program end the prompt first: the terminal would go on showing nothing."""

    def end(number: int, frame: "FrameType | None") -> None:
        sys.exit(_SIGNALLED + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _printed(command: str) -> bytes:
    """What a command prints. It is run without a shell, and has the terminal, for a prompt like pinentry's.

    What is piped into netcrm is kept from it.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise NotDone(f"The key command ({command}) has an open quotation mark.") from error
    if not words:
        raise NotDone("The key command is empty.")
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        terminal = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    try:
        process = subprocess.Popen(words, stdin=terminal, stdout=subprocess.PIPE)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no name of a program"
        raise NotDone(f"The key command ({command}) could not be run: {why.lower()}.") from error
    finally:
        os.close(terminal)
    said = b""
    with process:
        try:
            said = _read_all(process, time.monotonic() + _COMMAND_SECONDS)
            code = None if len(said) > _MOST_BYTES else process.wait(1.0)
        except (TimeoutError, subprocess.TimeoutExpired):
            code = None
        finally:
            process.kill()
    if len(said) > _MOST_BYTES:
        raise NotDone(f"The key command ({command}) prints far more than a key.")
    if code is None:
        raise NotDone(f"The key command ({command}) did not end within {_COMMAND_SECONDS:.0f} seconds.")
    if code:
        raise NotDone(f"The key command ({command}) ended with {code}, and gave no key.")
    return said


def _read_all(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    """What a process prints until it is silent for good; of what is endless, the beginning."""
    assert process.stdout is not None
    said = b""
    while len(said) <= _MOST_BYTES:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        more = os.read(process.stdout.fileno(), _MOST_BYTES)
        if not more:
            break
        said += more
    return said


def _content(name: str) -> bytes:
    """The beginning of a file that nobody else may read."""
    path = Path(name).expanduser()
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            mode = os.fstat(descriptor).st_mode
            if not stat.S_ISREG(mode):
                raise NotDone(f"The key file {path} is no ordinary file.")
            if mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise NotDone(
                    f"The key file {path} is open to others. Close it: chmod 600 {shlex.quote(str(path))}"
                )
            return file.read(_LONGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "this is no name of a file"
        raise NotDone(f"The key file {path} can't be read: {why.lower()}.") from error


def _first_line(said: bytes, what: str) -> str:
    line = said.partition(b"\n")[0].removesuffix(b"\r")
    if len(line) > _LONGEST_BYTES:
        raise NotDone(f"{what} gives a line that is too long for a key.")
    try:
        key = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotDone(f"{what} gives something that is no text.") from error
    if not key:
        raise NotDone(f"{what} gives no key: its first line is empty.")
    return key
