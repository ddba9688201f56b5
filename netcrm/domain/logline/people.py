"""Whom a log line is about: which of the names belong to the story, which to a promise or an occasion."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from netcrm.domain.logline.meaning import Mention
from netcrm.domain.logline.occasions import Draft as OccasionDraft
from netcrm.domain.logline.promises import Draft as PromiseDraft
from netcrm.domain.logline.wishes import Draft as WishDraft
from netcrm.domain.people import Named
from netcrm.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """The people that one part of a line is about.

    Attributes:
        mentions: The names that were read for it, certain or not.
        selected: Who was selected on the screen, when it speaks of somebody and nobody was named.
        pronoun: A ``him`` or ``her`` that could be any of several; else nothing.
    """

    mentions: tuple[Mention, ...] = ()
    selected: Named | None = None
    pronoun: str = ""

    @property
    def people(self) -> tuple[Named, ...]:
        """Those who are certain, each once."""
        if self.pronoun:
            return ()
        named = [mention.person for mention in self.mentions]
        return once(person for person in (self.selected, *named) if person is not None)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone named in a line, and where its parts stand.

    Attributes:
        mentions: The names, in order.
        told: The stretches of the line that are its prefix or its story.
        wishing: Where those stand who want or offer something; they need not have been there.
    """

    mentions: Sequence[Mention]
    told: Sequence[tuple[int, int]]
    selected: Named | None
    wishing: Sequence[tuple[int, int]] = ()

    def spoken_of(self) -> Group:
        """Those whom the prefix and the story name, or who want something; else who is selected."""
        told = [mention for mention in self._named() if _stands_in(mention, *self.told, *self.wishing)]
        there = [mention for mention in told if not mention.aside]
        return self._group(
            [mention for mention in there if not _stands_in(mention, *self.wishing)] or there or told
        )

    def company(self) -> Group:
        """Who took part: those spoken of, else anyone named, in a promise for instance."""
        told = self.spoken_of()
        return told if told.mentions else self._group(self._named())

    def recipients(self, draft: PromiseDraft) -> Group:
        """For whom a promise is: whom it names, else him or her whom the story names.

        An introduction is for the first of whom it speaks; the other is merely mentioned. With
        several of whom to choose, ``him`` is nobody: which one must be said.
        """
        inside = [mention for mention in self._named() if draft.start <= mention.start < draft.end]
        if draft.recipients:
            named = [mention for mention in inside if _stands_in(mention, *draft.recipients)]
        else:
            named = [mention for mention in inside if not mention.aside] or inside
            if draft.introduces:
                named = [] if draft.pronoun else named[:1]
        if draft.pronoun and not named:
            meant = self.spoken_of()
            if draft.pronoun != "them" and len(meant.people) > 1:
                return replace(meant, pronoun=draft.pronoun)
            return meant
        return Group(tuple(named)) if named else self.spoken_of()

    def owner(self, draft: OccasionDraft | WishDraft) -> Group:
        """Whose an occasion or a wish is."""
        if draft.whose_at is None:
            return self.spoken_of()
        return Group(tuple(mention for mention in self._named() if _stands_in(mention, draft.whose_at)))

    def _named(self) -> list[Mention]:
        return [mention for mention in self.mentions if not mention.left_out]

    def _group(self, mentions: Sequence[Mention]) -> Group:
        return Group(tuple(mentions), None if mentions else self.selected)


def once(people: Iterable[Named]) -> tuple[Named, ...]:
    """Each person once, in order."""
    return tuple({person.id: person for person in people}.values())


def without_relatives(mentions: Sequence[Mention], drafts: Sequence[OccasionDraft]) -> list[Mention]:
    """The names without those of relatives in an occasion: ``Grace's son Leo`` is no Leo of the book."""
    return [
        mention
        for mention in mentions
        if not any(
            draft.start <= mention.start < draft.end
            and not (draft.whose_at is not None and _stands_in(mention, draft.whose_at))
            for draft in drafts
        )
    ]


def problems_of_names(groups: Sequence[Group]) -> list[str]:
    """What must be said of the names before the line can be saved."""
    problems: list[str] = []
    for mention in (mention for group in groups for mention in group.mentions):
        if mention.ambiguous:
            problems.append(f"“{mention.text}” could be {_either(mention.candidates)}.")
        elif mention.unknown and mention.near:
            problems.append(f"Nobody is called “{mention.text}” yet; {_either(mention.near)} comes near.")
        elif mention.unknown:
            problems.append(f"Nobody is called “{mention.text}” yet.")
    problems += [
        f"“{group.pronoun}” could be {_either(Group(group.mentions).people)}."
        for group in groups
        if group.pronoun
    ]
    if any(not group.mentions and group.selected is None for group in groups):
        problems.append("Nobody is named yet.")
    return problems


_MOST_OFFERED = 3
"""People named in one sentence; a picker shows the others."""


def _either(people: Sequence[Named]) -> str:
    offered = [person.name for person in people[:_MOST_OFFERED]]
    if len(people) > _MOST_OFFERED:
        offered.append(f"{len(people) - _MOST_OFFERED} more")
    return " or ".join([", ".join(offered[:-1]), offered[-1]]) if len(offered) > 1 else offered[0]


def _stands_in(mention: Mention, *stretches: tuple[int, int]) -> bool:
    return any(start <= mention.start < end for start, end in stretches)
