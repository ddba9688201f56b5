"""Hostile text in every field of every record, and every key of every screen pressed on it."""

import base64
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from netcrm.domain.preferences import Preferences
from netcrm.domain.text import is_hidden
from netcrm.store import Store
from netcrm.ui import safety
from netcrm.ui.commands import COMMANDS, SCREENS, Command
from netcrm.ui.screens.form_rows import Row
from tests.driving import MEDIUM, NARROW, WIDE, drive
from tests.hostility import ALL, copied, make_hostile, make_long, strange, unclean
from tests.ui.test_hostile import Terminal, started
from tests.world import added, frozen, person

WAY: Mapping[str, Sequence[str]] = {
    "Main": (),
    "Spark": ("s",),
    "Introductions": ("i",),
    "Review": ("r",),
    "Groups": ("c",),
    "Timeline": ("T",),
    "Organisations": ("O",),
    "Duplicates": ("D",),
    "Brief": ("b",),
    "Relations": ("R",),
    "Joy jar": ("J",),
    "History": ("H",),
}
"""The keys that lead from the main screen to each screen."""

SAID: Mapping[str, str] = {
    "Spark": "something worth passing on",
    "Introductions": "who should meet whom?",
    "Review": "Review",
    "Groups": "where people meet around",
    "Timeline": "what happened, with everybody",
    "Organisations": "who works where",
    "Duplicates": "one person, two records",
    "Brief": "what is good to know before",
    "Relations": "whom they have to do with",
    "Joy jar": "something to smile at",
    "History": "what was done",
}
"""What stands on each screen and on no other."""

TABLES: Mapping[str, Sequence[Command]] = {"Main": COMMANDS, **SCREENS}

_LEADS_AWAY = ("quit", "suspend", "link.open")
"""Commands that leave the app."""


@pytest.fixture(scope="module")
def hostile_file(world_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, with hostile text in every field."""
    file = tmp_path_factory.mktemp("hostile") / "netcrm.db"
    shutil.copy(world_file, file)
    make_hostile(file)
    return file


@pytest.fixture
def hostile_world(hostile_file: Path, tmp_path: Path) -> Iterator[Store]:
    """An open store with it."""
    copy = tmp_path / "netcrm.db"
    shutil.copy(hostile_file, copy)
    with Store(copy, frozen, Preferences()) as store:
        yield store


def problems(app: App[None]) -> list[str]:
    """What of the screen is unclean, or another width than the screen has."""
    screen = app.screen
    found = []
    for y, strip in enumerate(screen._compositor.render_strips()):
        text = strip.text
        if wrong := unclean(text):
            found.append(f"line {y}: {[hex(ord(c)) for c in wrong[:5]]} in {ascii(text)[:200]}")
        elif sum(cell_len(segment.text) for segment in strip) != screen.size.width:
            found.append(f"line {y}: {cell_len(text)} cells: {ascii(text)[:300]}")
    return found


def keys_of(table: Sequence[Command]) -> Sequence[str]:
    """Each key of a table once, those that go back last."""
    every = [command.keys[0] for command in table if command.keys and command.id not in _LEADS_AWAY]
    return [key for key in dict.fromkeys(every) if key not in ("escape", "q")]


async def settle_on(pilot: Pilot[None], screen: Screen[object], way: Sequence[str]) -> None:
    """Come back to a screen, by going back, or from the main screen by its way."""
    for _ in range(6):
        if pilot.app.screen is screen or len(pilot.app.screen_stack) == 1:
            break
        await pilot.press("escape")
    if pilot.app.screen is not screen:
        await pilot.press("escape", "1", *way)


def press(
    store: Store, name: str, keys: Sequence[str], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Press keys of a screen, and a letter in what they open; see that what is drawn is clean and fits.

    The last gate has nothing to do meanwhile: whatever reaches it was cleaned where it became a part.
    """
    caught: list[str] = []
    gated = safety._gated

    def watched(text: str) -> str:
        caught.extend(f"{hex(ord(c))} in {ascii(text)[:200]}" for c in text if is_hidden(c))
        return gated(text)

    monkeypatch.setattr(safety, "_gated", watched)
    monkeypatch.setattr(App, "copy_to_clipboard", lambda self, text: copies.append(text))
    copies: list[str] = []
    wrong: list[str] = []

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press(*WAY[name])
        screen = pilot.app.screen
        for key in keys:
            await pilot.press(key)
            wrong.extend(f"{key}: {problem}" for problem in problems(pilot.app))
            if pilot.app.screen is not screen:
                await pilot.press("a", "down")
                wrong.extend(f"{key} a: {problem}" for problem in problems(pilot.app))
                await settle_on(pilot, screen, WAY[name])
                screen = pilot.app.screen

    drive(store, script, size)
    assert wrong == []
    assert caught == []
    assert [text for text in copies if unclean(text.replace("\n", ""))] == []


class TestEveryScreen:
    """No screen draws any of it, or loses its shape by it."""

    def test_each_has_a_way(self) -> None:
        """A new screen needs a way to it here."""
        assert set(WAY) == set(TABLES)

    @pytest.mark.parametrize("name", TABLES)
    def test_first_keys(self, name: str, hostile_world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """The screen, and what its first keys open: all that is drawn is clean and fits."""
        press(hostile_world, name, keys_of(TABLES[name])[:4], WIDE, monkeypatch)

    @pytest.mark.long
    @pytest.mark.parametrize("name", TABLES)
    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
    def test_every_key(
        self, name: str, size: tuple[int, int], hostile_world: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every key of a screen."""
        press(hostile_world, name, keys_of(TABLES[name]), size, monkeypatch)


_WORDS = ("".join(letters) for letters in product(ascii_lowercase, repeat=4))

TEXTS = {
    "400 kB": "x" * 400_000,
    "2 MB in a word": "x" * 2_000_000,
    "2 MB of words": f" {' '.join(islice(_WORDS, 400_000))}",
}
"""Texts that are far too long; the first of them an import may bring as a name."""


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A book with one of `TEXTS` in every field of its first person, group and give."""

    @cache
    def made(what: str) -> Path:
        return make_long(tmp_path_factory.mktemp("long"), TEXTS[what])

    return made


def slowest(file: Path, folder: Path, name: str, keys: Sequence[str]) -> tuple[float, str]:
    """Press keys of a screen; the most seconds of the processor that one of them took, and which it was."""
    copy = folder / "netcrm.db"
    shutil.copy(file, copy)
    taken: list[tuple[float, str]] = []

    async def script(pilot: Pilot[None]) -> None:
        async def timed(key: str, what: str) -> None:
            begun = time.process_time()
            await pilot.press(key)
            taken.append((time.process_time() - begun, what))

        for key in WAY[name]:
            await timed(key, f"{key}, to {name}")
        screen = pilot.app.screen
        for key in keys:
            await timed(key, key)
            if pilot.app.screen is not screen:
                for typed in ("a", "down", "backspace"):
                    await timed(typed, f"{key} {typed}")
                await settle_on(pilot, screen, WAY[name])
                screen = pilot.app.screen

    with Store(copy, frozen, Preferences()) as store:
        drive(store, script)
    return max(taken)


class TestFarTooLong:
    """Far too much in each field of all there is: what is drawn of it is its beginning, at once."""

    @pytest.mark.parametrize(("name", "keys"), [("Main", "et"), ("Brief", "")])
    def test_soon(self, name: str, keys: str, long_file: Callable[[str], Path], tmp_path: Path) -> None:
        """No key of what was slow takes more than a moment."""
        taken, key = slowest(long_file("400 kB"), tmp_path, name, keys)
        assert taken < 1.5, key

    @pytest.mark.long
    @pytest.mark.parametrize("what", TEXTS)
    @pytest.mark.parametrize("name", TABLES)
    def test_every_key(self, name: str, what: str, long_file: Callable[[str], Path], tmp_path: Path) -> None:
        """No key of any screen does."""
        taken, key = slowest(long_file(what), tmp_path, name, keys_of(TABLES[name]))
        sys.stdout.write(f"{name}, {what}: {taken:.2f} s of the processor at the most, for {key}\n")
        assert taken < 5, key

    def test_more_than_a_form_edits(self, store: Store) -> None:
        """What comes back from an editor is all there is, what the form does not show of it included."""
        added(store, person("Ana", note="line\n" * 20_000))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("e")
            row = next(row for row in pilot.app.screen.query(Row) if row.field.name == "note")
            row.put(f"{row.text}the end")
            await pilot.press("ctrl+s")

        drive(store, script)
        (ana,) = store.people.named("ana")
        kept = store.people.get(ana.id)
        assert kept is not None
        assert kept.profile.note.split() == [*["line"] * 20_000, "the", "end"]


@pytest.fixture
def terminal(hostile_file: Path, tmp_path: Path) -> Iterator[Terminal]:
    """netcrm, open on the hostile world in a real terminal."""
    copy = tmp_path / "netcrm.db"
    shutil.copy(hostile_file, copy)
    with started(copy) as terminal:
        yield terminal


class TestTheBytes:
    """What is written to a real terminal: text, and no sequence but Textual's own."""

    def test_every_screen(self, terminal: Terminal) -> None:
        """Each screen is opened on it, with its help, the palette, forms, prompts, notices and pastes."""
        escape = "\x1b[27u"  # as terminals with keys of their own send it: no key after it makes it another
        terminal.wait_for(b"Timeline")
        terminal.press("jj2je", escape, "3je", escape, "z", escape, "1")
        for name, way in WAY.items():
            if way:
                before = len(terminal.written)
                terminal.open("".join(way))
                terminal.press("jk")
                assert SAID[name].encode() in terminal.written[before:], name
                terminal.press(escape, escape) if name == "Spark" else terminal.press(escape)
        paste = f"\x1b[200~pasted {ALL}\x1b[201~"
        terminal.press(
            "l", paste, escape, "e", paste, escape, escape, "n", paste, "\r", "u", "s", paste, escape
        )
        terminal.press(
            escape, "/", paste, escape, "y", escape, "t", escape, "?", escape, "\x10", "und", escape, paste
        )
        os.write(terminal.descriptor, b"q")
        assert terminal.ended(30) == 0
        assert strange(terminal.written) == []
        for text in copied(terminal.written):
            assert unclean(base64.b64decode(text).decode().replace("\n", "")) == []
        assert "李小龙".encode() in terminal.written
        assert b"[@click=app.quit]" in terminal.written
