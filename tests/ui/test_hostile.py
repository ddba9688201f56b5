"""Text from outside is hostile: it is drawn as it is, and nothing of it reaches the terminal as a command."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.pilot import Pilot

from netcrm.domain.gives import GiveDraft
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Profile, Relation
from netcrm.domain.text import plain
from netcrm.store import Store
from netcrm.ui.safety import TextGate, typed
from tests.driving import MEDIUM, WIDE, drive, seen
from tests.world import TODAY, entry, only

MARKUP = ("[red]", "[/]", "[@click=app.quit]press[/]", "[bold", "\\[x]", "$primary", "{name}")
"""What Textual and Rich would read as markup."""

SEQUENCES = (
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;pwned\x07",
    "\x1b[2J\x1b[31;5mpwned",
    "\x1bP+q544e\x1b\\",
    "\x9b31mpwned",
    "\x9d52;c;cHduZWQ=\x9c",
    "\x0e\x0f\x7f\x00\x08",
    "\u202eevil\u202c",
    "\u2066isolated\u2069",
    "\U000e0041\ufeff",
)
"""What a terminal would act on: clipboard, links, titles, colours, device queries, bells, direction."""

HARMLESS = "👩‍👩‍👧 李小龙 Kovács"
"""What has to come through whole."""

ALL = " ".join((*MARKUP, *SEQUENCES, HARMLESS))

FORBIDDEN = (
    b"\x1b]52",
    b"\x1b]8;;http",
    b"\x1b]0;pwned",
    b"\x1b[31;5m",
    b"\x1bP+q",
    "\x9b".encode(),
    "\x9d".encode(),
    "\x9c".encode(),
    b"\x0e",
    b"\x7f",
    b"\x07",
    "\u202e".encode(),
    "\u2066".encode(),
    "\U000e0041".encode(),
)
"""Bytes of `SEQUENCES` that no frame of the app may hold."""


def hostile(store: Store) -> None:
    """Fill a store with hostile text, in every field that a person, an entry or a give has."""
    occasion = Occasion(kind="other", label=ALL, whose=f"daughter {ALL}", month=12, day=1)
    profile = Profile(
        name=f"Ada {ALL}",
        nicknames=(f"Nick {ALL}",),
        organisation=ALL,
        title=ALL,
        city=ALL,
        note=f"{ALL}\n{ALL}",
        met=ALL,
        cadence=30,
        points=(ContactPoint("email", ALL, ALL), ContactPoint("handle", ALL, "irc")),
        tags=(ALL.replace(" ", ""),),
        relations=(Relation("friend", ALL),),
        occasions=(occasion,),
        wants=(ALL,),
        offers=(ALL,),
    )
    ada = only(store.people.add(profile).people)
    bob = only(store.people.add(Profile(name=f"Bob {ALL}")).people)
    for days in range(3):
        store.timeline.log(
            entry(ada, bob, days_ago=days, text=f"gave {ALL}", kind="gave", place=ALL, tags=(ALL,))
        )
    store.gives.add(GiveDraft(person_id=ada, words=ALL, link=ALL, why=ALL, due=TODAY), TODAY)
    store.gives.add(GiveDraft(person_id=bob, words=f"later {ALL}", why=ALL), TODAY)


@dataclass
class Terminal:
    """A real pseudo-terminal with netcrm in it, and every byte that netcrm has written to it."""

    descriptor: int
    process: subprocess.Popen[bytes]
    written: bytes = b""

    def press(self, *keys: str) -> None:
        """Send keys as a terminal does, and take down what comes back until it is quiet."""
        for each in keys:
            os.write(self.descriptor, each.encode("utf-8", "surrogatepass"))
            self.read(quiet=0.08 if each != "\x1b" else 0.12)

    def open(self, keys: str, patience: float = 30.0) -> None:
        """Send keys that are sure to be answered, wait for that, and read it all."""
        os.write(self.descriptor, keys.encode())
        select.select([self.descriptor], [], [], patience)
        self.read(quiet=0.2)

    def wait_for(self, said: bytes, patience: float = 30.0) -> None:
        """Read until something has been written."""
        deadline = time.monotonic() + patience
        while said not in self.written and time.monotonic() < deadline:
            self.read(quiet=0.3)
        self.read(quiet=0.3)

    def ended(self, patience: float) -> int | None:
        """Read until the program has ended, and give its exit code; None when it goes on."""
        deadline = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(quiet=0.1)
        return self.process.poll()

    def read(self, quiet: float, patience: float = 20.0) -> None:
        """Read until nothing has come for a while.

        Args:
            quiet: Seconds without a byte after which the frame is taken to be whole.
            patience: Seconds after which reading ends anyway.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.descriptor], [], [], quiet)
            if not ready:
                return
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:
                return
            if not data:
                return
            self.written += data


@contextmanager
def started(file: Path) -> Iterator[Terminal]:
    """netcrm, open on a book in a real terminal of 120 columns."""
    master, slave = pty.openpty()
    subprocess.run(["stty", "rows", "36", "cols", "120"], stdin=slave, check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "netcrm", "--db", str(file)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm-256color", "NETCRM_TODAY": TODAY.isoformat(), "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)


class TestWidgets:
    """What the widgets make of it."""

    @pytest.mark.parametrize("size", [WIDE, MEDIUM])
    def test_markup_is_text(self, store: Store, size: tuple[int, int]) -> None:
        """Markup in any field is drawn as it was written, and every screen lives through it."""
        hostile(store)

        async def script(pilot: Pilot[None]) -> None:
            assert seen(pilot.app, "[red] [/] [@click")
            for keys in ("2", "j", "e", "escape", "3", "j", "e", "escape", "z", "escape", "1", "t", "escape"):
                await pilot.press(keys)
            for keys in ("e", "escape", "n", "escape", "S", "X", "u", "l", "[", "/", "]", "escape"):
                await pilot.press(keys)
            await pilot.pause()

        drive(store, script, size)

    def test_what_is_stored_stays_as_it_was(self, store: Store) -> None:
        """Cleaning is for drawing: opening and saving a form changes no stored text."""
        hostile(store)
        (ada,) = (named for named in store.people.named("ada"))
        before = store.people.get(ada.id)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            await pilot.pause()
            await pilot.press("ctrl+s")
            await pilot.pause()

        drive(store, script)
        after = store.people.get(ada.id)
        assert before is not None
        assert after is not None
        assert after.profile == before.profile


class TestTheGate:
    """The last gate, for widgets that are not ours."""

    def test_every_line_of_every_widget_passes_it(self) -> None:
        """What a terminal acts on is taken out; markup, emoji and Chinese stay."""
        (segment,) = TextGate().apply([Segment(ALL)], Color(0, 0, 0))
        assert all(sequence.decode(errors="ignore") not in segment.text for sequence in FORBIDDEN)
        assert HARMLESS in segment.text
        assert "[@click=app.quit]" in segment.text

    def test_what_is_pasted_into_a_field(self) -> None:
        """Nothing that a terminal acts on can be pasted; line ends stay where there are lines."""
        assert "\x1b" not in typed(ALL)
        assert typed("a\r\nb\rc", lines=True) == "a\nb\nc"
        assert typed("a\nb") == "a b"


class TestPlain:
    """The cleaning of one line."""

    @pytest.mark.parametrize("text", [*MARKUP, HARMLESS, "é", "नमस्ते", "x" * 300])
    def test_what_is_no_danger_stays(self, text: str) -> None:
        """Markup, emoji with joiners and every script come through as they are."""
        assert plain(text) == text

    @pytest.mark.parametrize("text", SEQUENCES)
    def test_what_is_one_goes(self, text: str) -> None:
        """Nothing that a terminal acts on is left."""
        cleaned = plain(text)
        assert all(c.isprintable() or c in "\u200c\u200d" or c == "\ufffd" for c in cleaned)

    def test_long_runs_of_marks_are_cut(self) -> None:
        """Eight marks on a letter stay, so that none are drawn over the lines around it."""
        assert plain("a" + "\u0301" * 500) == "a" + "\u0301" * 8
