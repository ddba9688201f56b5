"""Preferences: what a user may have otherwise, with what holds unless they say so."""

from collections.abc import Mapping
from dataclasses import field

from netcrm.domain.gives import WEEKLY_ROOM
from netcrm.domain.occasions import DEFAULT_NOTICE, Occasion
from netcrm.domain.values import dataclass

FILLS = ("occasion", "cadence", "want", "new title", "group", "joy")
"""The sources from which the queue fills itself, of `netcrm.domain.gives.SOURCES`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How netcrm gives.

    Attributes:
        room: How much giving a week has room for, in efforts (`netcrm.domain.gives.EFFORTS`).
        share: How much of it one person may take before what is new for them stands under Later.
        fills: Those of `FILLS` that are on.
        notice: Days of notice by kind of occasion (`netcrm.domain.occasions.OCCASION_KINDS`), for occasions
            that do not say their own: those whose notice is `DEFAULT_NOTICE`.
    """

    room: int = WEEKLY_ROOM
    share: int = 3
    fills: frozenset[str] = frozenset(FILLS)
    notice: Mapping[str, int] = field(default_factory=dict)

    def notice_of(self, kind: str) -> int:
        """Days before an occasion of a kind at which it shows up."""
        return self.notice.get(kind, DEFAULT_NOTICE)

    def days_before(self, occasion: Occasion) -> int:
        """Days before an occasion at which it shows up: its own notice, else its kind's."""
        return occasion.notice if occasion.notice != DEFAULT_NOTICE else self.notice_of(occasion.kind)
