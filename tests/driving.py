"""How a test drives the real app: keys in, what stands on the screen out."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from netcrm.domain.preferences import Preferences
from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from netcrm.ui.screens.main import MainScreen
from tests.world import TODAY, frozen

WIDE = (120, 36)
MEDIUM = (80, 24)
NARROW = (60, 20)
TINY = (24, 6)

Script = Callable[[Pilot[None]], Awaitable[None]]


def opened(file: Path, folder: Path) -> Store:
    """A store over a copy of a file, for a test of its own; its queue does not fill itself."""
    copy = folder / "netcrm.db"
    if not copy.exists():
        folder.mkdir(exist_ok=True)
        shutil.copy(file, copy)
    return Store(copy, frozen, Preferences(fills=frozenset()))


def drive(
    store: Store, script: Script, size: tuple[int, int] = WIDE, app: NetcrmApp | None = None
) -> NetcrmApp:
    """Run the app over a store with a script at the keyboard; what the app dies of, the test dies of too."""
    driven = app or NetcrmApp(store, lambda: TODAY)

    async def run() -> None:
        async with driven.run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(run())
    return driven


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type text, a key a character."""
    await pilot.press(*(_KEYS.get(character, character) for character in text))
    await pilot.pause()


async def settle(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked for has been drawn, and stop cursors from blinking."""
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    for area in pilot.app.screen.query(TextArea):
        area.cursor_blink = False
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def shown(app: App[None]) -> Sequence[str]:
    """What stands on the screen, a line each."""
    strips = app.screen._compositor.render_strips()
    return ["".join(text for text, _, _ in strip).rstrip() for strip in strips]


def seen(app: App[None], text: str) -> bool:
    """Whether some line of the screen holds a text."""
    return any(text in line for line in shown(app))


async def until_seen(pilot: Pilot[None], text: str) -> None:
    """Wait until some line holds a text that comes by itself: for two seconds at the most."""
    for _ in range(100):
        if seen(pilot.app, text):
            return
        await pilot.pause(0.02)
    assert seen(pilot.app, text)


def look_for_others(app: App[None]) -> None:
    """Have the app look now, as it does by itself, for what other programs have done."""
    assert isinstance(app, NetcrmApp)
    app.look_for_others()


def main_screen(app: App[None]) -> MainScreen:
    """The main screen, when it is on top."""
    screen = app.screen
    assert isinstance(screen, MainScreen), screen
    return screen


_KEYS = {" ": "space", "\n": "enter"}
