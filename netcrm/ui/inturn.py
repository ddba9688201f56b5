"""Keys in turn: each is done with before the next is handed on, so that each goes where it was meant for.

Textual hands a key on as soon as it is read, to what has the focus then. Of several that are read at once, as
over a slow line or from a program that types, those behind a tab landed in the field before it, and a letter
behind an enter in the line that the enter had closed.
"""

from asyncio import get_running_loop
from collections import deque
from time import monotonic

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

_PATIENCE_SECONDS = 1.0
"""How long a key may take before the next one is handed on all the same: nothing that goes wrong with one may
leave the keyboard dead."""

_ROUNDS = 2
"""How often one asks all the way up from where a key went: a message that it set off there goes the same way
behind the first asking, and is done with before the second."""

_ASKS_AFTER_SECONDS = 0.01
"""How long after a key one asks, unless the next one has come already: the frame that the key is waiting for
need not wait for a dozen answers."""


class InTurn(App[None]):
    """An app that takes keys, and what is pasted, in turn."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._since: float | None = None
        self._last_key = -_PATIENCE_SECONDS
        self._unasked: MessagePump | None = None  # where the key under way went, until one asks there

    @property
    def still_for(self) -> float:
        """Seconds since the last key; what nobody waits for is done between keys, not under them."""
        return monotonic() - self._last_key

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait while another is under way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        self._last_key = monotonic()
        if self._since is None or monotonic() - self._since > _PATIENCE_SECONDS:
            await self._hand_on()
        else:
            self._begin_to_ask(self._number)

    async def _hand_on(self) -> None:
        """Hand the next key on to where the focus is, and ask there when it is done with."""
        self._since = None
        if not self._waiting:
            return
        self._number += 1
        self._since = monotonic()
        event = self._waiting.popleft()
        target = self.focused or self.screen
        await super().on_event(event)
        self._unasked = target
        if self._waiting:
            self._begin_to_ask(self._number)
        else:
            get_running_loop().call_later(_ASKS_AFTER_SECONDS, self._begin_to_ask, self._number)

    def _begin_to_ask(self, number: int) -> None:
        """Ask where a key went, unless that has been done or another one is under way by now."""
        if number == self._number and self._unasked is not None:
            target, self._unasked = self._unasked, None
            self._ask(target, number, _ROUNDS, target)

    def _ask(self, pump: MessagePump, number: int, rounds: int, target: MessagePump) -> None:
        """Ask a widget and then those around it up to the app, as the key goes: each answers in its turn."""
        if pump is not self:
            around = pump._parent or self
            if not pump.call_later(self._ask, around, number, rounds, target):  # it is going
                self._ask(around, number, rounds, target)
        elif rounds > 1:
            self._ask(target, number, rounds - 1, target)
        else:
            self.call_later(self._done, number)

    async def _done(self, number: int) -> None:
        """A key is done with: hand the next one on."""
        if number == self._number:
            await self._hand_on()
