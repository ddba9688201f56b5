"""Keeping copies of the book: the day's by itself, in idle time, and one when it is asked for."""

import os
from threading import Event

from textual import work
from textual.message import Message

from netcrm.store.errors import StoreError
from netcrm.ui.acts.acting import Acting

_IDLE_SECONDS = 2.0
"""How long after the first paint the day's backup begins: the first keys have the machine for themselves."""


class Kept(Message):
    """A copy was kept, or could not be.

    Attributes:
        said: A sentence on it.
        good: Whether it was.
        asked: Whether someone asked for it.
    """

    def __init__(self, said: str, *, good: bool, asked: bool) -> None:
        super().__init__()
        self.said = said
        self.good = good
        self.asked = asked


class KeepingActs(Acting):
    """Copies of the book."""

    def on_mount(self) -> None:
        """Keep the day's backup, in a while."""
        self._leaving = Event()
        self._daily_missed = False
        if getattr(self.app, "daily", False):
            self.call_after_refresh(lambda: self.set_timer(_IDLE_SECONDS, self.keep_daily))

    def on_unmount(self) -> None:
        """Nobody waits for a copy that is being made; what there is of it goes."""
        self._leaving.set()

    @work(thread=True, group="backup")
    def keep_daily(self) -> None:
        """Keep the day's backup, if it has none and something has changed; where not, it is said once.

        And what a killed app has left behind in plain text goes.
        """
        from netcrm.ui.editing import remove_left_behind

        remove_left_behind(os.environ)
        try:
            self._store.back_up_daily(self._leaving.is_set)
        except StoreError as error:
            said = f"The day's backup could not be kept. {error}"
            self.post_message(Kept(said, good=False, asked=False))

    @work(thread=True, group="backup")
    def action_back_up(self) -> None:
        """Keep a copy of the whole book now."""
        try:
            made = self._store.back_up("asked", self._leaving.is_set)
        except StoreError as error:
            self.post_message(Kept(str(error), good=False, asked=True))
        else:
            self.post_message(Kept(f"Kept a copy of everything: {made.name}", good=True, asked=True))

    def on_kept(self, message: Kept) -> None:
        """Say so; that the day's could not be kept, once."""
        if not message.asked and self._daily_missed:
            return
        self._daily_missed = self._daily_missed or not message.asked
        self.say(message.said, good=message.good)
