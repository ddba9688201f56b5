"""Waiting for the app no longer than it takes: Textual's pilot sleeps until the processor rests, this asks.

`Pilot.press` sleeps some 60 ms for each key, whatever the key does; a test that types a line would spend
seconds on it. Here a key is waited for until every widget has handled what it was sent, no worker runs, and
what was to be drawn has been drawn.
"""

import asyncio
import time
import unicodedata
from collections.abc import Iterable

import pytest
from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

_WORKERS_SECONDS = 1.0
"""How long a worker is waited for: as long as Textual's own wait at most."""

_MOST_SECONDS = 20.0
"""How long anything is waited for: a test that needs more hangs."""


async def quiet(app: App[object]) -> None:
    """Wait until an app has done, and drawn, what it was asked for."""
    begun = time.monotonic()
    calm = 0
    while calm < 2 and time.monotonic() < begun + _MOST_SECONDS:
        if _at_work(app) and time.monotonic() < begun + _WORKERS_SECONDS:
            await asyncio.sleep(0.004)
        if _over(app):
            return
        await Pilot(app)._wait_for_screen()
        if _over(app):
            return
        screen = app.screen
        undrawn = bool(screen._dirty_widgets or screen._layout_required or screen._callbacks)
        if undrawn:
            screen._on_timer_update()
        unread = any(node.message_queue_size or node._next_callbacks for node in list(app._registry))
        at_work = _at_work(app) and time.monotonic() < begun + _WORKERS_SECONDS
        resizing = app._resize_event is not None  # it waits a moment for others
        calm = 0 if undrawn or unread or at_work or resizing else calm + 1
        await asyncio.sleep(0.004 if resizing else 0)
    await app._animator.wait_until_complete()


def _at_work(app: App[object]) -> bool:
    """Whether a worker runs."""
    return any(not worker.is_finished for worker in app.workers)


def _over(app: App[object]) -> bool:
    """Whether the app has ended, well or not."""
    return app._exit or app._exception is not None or not app.screen_stack


async def _press_keys(app: App[object], keys: Iterable[str]) -> None:
    driver = app._driver
    assert driver is not None
    for key in keys:
        if key.startswith("wait:"):
            await asyncio.sleep(float(key.removeprefix("wait:")) / 1000)
            continue
        if len(key) == 1 and not key.isalnum():
            key = _character_to_key(key)
        character: str | None
        try:
            character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
        except KeyError:
            character = key if len(key) == 1 else None
        event = events.Key(key, character)
        event.set_sender(app)
        driver.send_message(event)
        await quiet(app)


async def _pause(pilot: Pilot[object], delay: float | None = None) -> None:
    if delay is not None:
        await asyncio.sleep(delay)
    await quiet(pilot.app)


def pilot_promptly(patch: pytest.MonkeyPatch) -> None:
    """Have every pilot wait so."""
    patch.setattr("netcrm.ui.screens.main.IDLE_SECONDS", 0)
    patch.setattr(App, "_press_keys", _press_keys)
    patch.setattr(Pilot, "pause", _pause)
