"""The smaller prompts: a new give, how long to snooze, tags, how a spark is worded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

from netcrm.domain.dates import read_return
from netcrm.domain.fields import read_tags, say_tags
from netcrm.domain.gives import GiveDraft, Room, say_day
from netcrm.domain.givetext import read_give, why_no_due
from netcrm.domain.people import Named
from netcrm.domain.sparktext import fill_in
from netcrm.domain.text import fold
from netcrm.domain.values import dataclass
from netcrm.ui.ink import Line, Part, part
from netcrm.ui.screens.prompt import Prompt
from netcrm.ui.widgets.give_pane import gauge


class GivePrompt(Prompt[GiveDraft]):
    """Asks what to do for someone, or for each of several.

    Args:
        people: For whom, at least one.
        room: The week's room.
        today: The day.
        no_room: Why a give would stand under Later; empty where there is room for it.
        value: What stands in the line at first.
        keep: Told what to offer the next time, as by `Prompt`.
    """

    ROWS: ClassVar[int] = 3

    def __init__(
        self,
        people: Sequence[Named],
        room: Room,
        today: date,
        no_room: Callable[[GiveDraft], str],
        *,
        value: str = "",
        keep: Callable[[str], None] | None = None,
    ) -> None:
        whom = people[0].name if len(people) == 1 else f"each of {len(people)}: {_listed(people)}"
        super().__init__(
            f"Give · something to do for {whom}",
            value=value,
            example="share the Kestrel opening by Friday",
            keep=keep,
        )
        self._person = people[0]
        self._room = room
        self._today = today
        self._no_room = no_room
        self._known: dict[tuple[object, ...], str] = {}

    def preview(self, text: str) -> Sequence[Line]:
        """The give, its kind and day, and whether the week has room for it."""
        draft = self._draft(text)
        if draft is None:
            kinds = "an opening, an article, a word of praise, an introduction, a hand"
            return [[Part(f"What would help or delight them? {kinds} …", "dim")]]
        due = f"by {say_day(draft.due, self._today)}" if draft.due else "without a day"
        promised = " · promised" if draft.promised else ""
        details = [Part("  "), part(f"{draft.kind} · {due}{promised}", "dim")]
        if draft.link:
            details.append(part(f" · {draft.link}", "tag"))
        return [[Part("✦ ", "accent"), part(draft.words, "strong")], details, self._says_room(draft)]

    def answer(self, text: str) -> None:
        """Queue it."""
        draft = self._draft(text)
        if draft is None or not draft.words:
            self.complain("Say what you will do: share the opening by Friday.")
        elif why := why_no_due(text, self._person, self._today):
            self.complain(why)
        else:
            self.dismiss(draft)

    def _draft(self, text: str) -> GiveDraft | None:
        return read_give(text, self._person, self._today)

    def _says_room(self, draft: GiveDraft) -> Line:
        # The queue is not read again on each key, only when something has changed that decides.
        deciding = (draft.kind, draft.due, draft.promised, draft.effort)
        if deciding not in self._known:
            self._known[deciding] = self._no_room(draft)
        if why := self._known[deciding]:
            return [Part("  "), part(why, "warm")]
        return [Part("  "), *gauge(self._room), Part(" this week", "dim")]


def _listed(people: Sequence[Named]) -> str:
    names = ", ".join(person.name for person in people[:_LISTED_MOST])
    more = len(people) - _LISTED_MOST
    return f"{names} and {more} more" if more > 0 else names


_LISTED_MOST = 3
"""People whom the border of a prompt names."""


class SnoozePrompt(Prompt[date]):
    """Asks until when something may rest.

    Args:
        what: What rests.
        today: The day.
    """

    ROWS: ClassVar[int] = 1

    def __init__(self, what: str, today: date) -> None:
        super().__init__(f"Snooze · {what}", example="1d, 1w, next tuesday, 12 dec")
        self._today = today

    def preview(self, text: str) -> Sequence[Line]:
        """The day it comes back."""
        if not text.strip():
            return [[Part("1d  2w  1m  friday  next tuesday  12 dec  after christmas", "dim")]]
        day = self._day(text)
        if day is None:
            return [[Part("Not a day to come yet: 3d, 2w, next tuesday, 12 dec.", "warm")]]
        return [[Part("comes back ", "dim"), Part(f"{day:%A} {day.day} {day:%B}")]]

    def answer(self, text: str) -> None:
        """Snooze until the day."""
        day = self._day(text or "1d")
        if day is None:
            self.complain("Not a day to come: 3d, 2w, next tuesday, 12 dec.")
        else:
            self.dismiss(day)

    def _day(self, text: str) -> date | None:
        return read_return(text, self._today)


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to put on and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagsPrompt(Prompt[TagChange]):
    """Asks for someone's tags.

    Args:
        name: Whose.
        tags: Those they have.
        known: All tags in use, the most used first.
    """

    ROWS: ClassVar[int] = 1

    def __init__(self, name: str, tags: Sequence[str], known: Sequence[str]) -> None:
        value = say_tags(tags)
        between = "" if not value else ", " if "," in value else " "
        super().__init__(f"Tags · {name}", value=value.removesuffix(",") + between, example="#design #lisbon")
        self._tags = tags
        self._known = known

    def preview(self, text: str) -> Sequence[Line]:
        """What is put on and taken off; else the tags in use that begin as the last word does."""
        change = self._change(text)
        if change.add or change.remove:
            return [
                [
                    part(" ".join(f"+{tag}" for tag in change.add), "good"),
                    Part("  " if change.add and change.remove else ""),
                    part(" ".join(f"−{tag}" for tag in change.remove), "warm"),
                    *self._like(text),
                ]
            ]
        return [[Part("in use  ", "dim"), part(" ".join(f"#{tag}" for tag in self._known[:12]), "tag")]]

    def answer(self, text: str) -> None:
        """Change the tags."""
        self.dismiss(self._change(text))

    def _change(self, text: str) -> TagChange:
        have = {fold(tag): tag for tag in self._tags}
        wanted = {fold(tag): tag for tag in _each(read_tags(text), have)}
        return TagChange(
            add=tuple(tag for folded, tag in wanted.items() if folded not in have),
            remove=tuple(tag for folded, tag in have.items() if folded not in wanted),
        )

    def _like(self, text: str) -> Line:
        last = fold(text.rsplit(",", 1)[-1].rsplit("#", 1)[-1])
        like = [tag for tag in self._known if last and fold(tag).startswith(last) and fold(tag) != last]
        return (
            [Part("    in use  ", "dim"), part(" ".join(f"#{tag}" for tag in like[:6]), "tag")]
            if like
            else []
        )


def _each(tags: Sequence[str], have: Mapping[str, str]) -> Iterator[str]:
    """Tags that were typed one after the other where commas divide, as ``#book club, #design #lisbon``."""
    for tag in tags:
        if fold(tag) in have:
            yield tag
        else:
            yield from (piece.strip() for piece in tag.split(" #") if piece.strip())


class WordingPrompt(Prompt[str]):
    """Asks how something is to be said.

    Args:
        title: To whom.
        words: How it would be said now.
        name: The name that is shown in it.
    """

    ROWS: ClassVar[int] = 1

    def __init__(self, title: str, words: str, name: str) -> None:
        super().__init__(title, value=words, example="empty: as netcrm would say it")
        self._shown_name = name

    def preview(self, text: str) -> Sequence[Line]:
        """How it reads with a name in it."""
        if not text.strip():
            return [[Part("as netcrm would say it", "dim")]]
        return [[Part("✦ ", "accent"), part(fill_in(text, self._shown_name))]]

    def answer(self, text: str) -> None:
        """Say it so."""
        self.dismiss(text)
