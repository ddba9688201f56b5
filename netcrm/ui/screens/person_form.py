"""A person's form: everything that can be said of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from textual.app import ComposeResult

from netcrm.domain.fieldoccasions import read_occasions, say_occasions
from netcrm.domain.fields import (
    Naming,
    find_person,
    read_cadence,
    read_date,
    read_lines,
    read_nicknames,
    read_points,
    read_relations,
    read_tags,
    say_cadence,
    say_date,
    say_in_full,
    say_lines,
    say_nicknames,
    say_points,
    say_relations,
    say_tags,
)
from netcrm.domain.people import Further, Profile, Relation, full_name
from netcrm.domain.relations import refuse_oneself
from netcrm.domain.rhythm import every
from netcrm.domain.text import fold, words
from netcrm.ui.ink import Part, part
from netcrm.ui.screens.form_base import Changes, Form, Unfit
from netcrm.ui.screens.form_rows import Field, Group, Heading
from netcrm.ui.widgets.words import Words

_NAME_PARTS = ("prefix", "given", "additional", "family", "suffix")

_FURTHER_MOST = 200
"""Characters shown of a further field: a photo has a hundred thousand."""


class PersonForm(Form[Profile]):
    """Asks for everything about a person; answers with the profile, or None.

    Args:
        profile: What is known.
        title: What stands on the border.
        today: The day.
        named: Finds people by name.
        name_of: A person's name by id.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        title: str,
        today: date,
        named: Naming,
        name_of: Callable[[int], str],
    ) -> None:
        self._profile = profile
        self._said: Callable[[Profile], Sequence[Group]] = lambda said: _groups(said, today, named, name_of)
        super().__init__(title, self._said(profile))

    def made(self, changed: Changes) -> Profile:
        """The profile with what was changed."""
        profile = in_step(self._profile, replace(self._profile, **changed), changed)
        if not full_name(profile):
            raise Unfit("name", "Write a name, or at least a way to reach them.")
        return profile

    def opened(self) -> Profile:
        """What was known."""
        return self._profile

    def groups_of(self, value: Profile) -> Sequence[Group]:
        """The fields of another profile."""
        return self._said(value)

    def more(self) -> ComposeResult:
        """What an import brought that has no field here: kept, and given back by an export."""
        further = self._profile.further
        if further:
            yield Heading("Kept from the import")
            kept = Words(
                [[part(one.name, "dim"), Part("  "), part(_value_of(one), "dim")] for one in further]
            )
            kept.styles.height = len(further)
            yield kept


def in_step(before: Profile, after: Profile, changed: Changes) -> Profile:
    """Keep the name that is shown, its parts and what sorts it in step, where only one of them was changed.

    A part that stood in the name before and does no longer is cleared; a name that was made of its parts is
    made of them again.
    """
    if "name" not in changed:
        made_of_parts = full_name(replace(before, name="", nicknames=(), organisation="", points=()))
        if before.name and made_of_parts == " ".join(before.name.split()) and changed.keys() & {*_NAME_PARTS}:
            return replace(after, name=full_name(replace(after, name="")))
        return after
    if not after.name:
        return after
    stale: Changes = {
        name: ""
        for name in (*_NAME_PARTS, "sort")
        if name not in changed
        and _occurs(getattr(before, name), before.name)
        and not _occurs(getattr(before, name), after.name)
    }
    return replace(after, **stale)


def _occurs(piece: str, name: str) -> bool:
    """Whether all words of a part of a name stand in the name."""
    return set(words(piece)) <= set(words(name))


def _groups(profile: Profile, today: date, named: Naming, name_of: Callable[[int], str]) -> Sequence[Group]:
    def met_on(text: str) -> date | None:
        return read_date(text, today, prefer="past")

    def introducer(text: str) -> int | None:
        return find_person(text.strip(), named).id if text.strip() else None

    def in_the_book(name: str) -> int | None:
        """The id of the one person of exactly this name; nobody is related to themselves."""
        found = called(name)
        return found[0] if len(found) == 1 and fold(name) != fold(profile.name) else None

    def called(name: str) -> Sequence[int]:
        return [person.id for person in named(fold(name)) if fold(person.name) == fold(name)]

    def relations(text: str) -> tuple[Relation, ...]:
        read = read_relations(text, profile.relations, find=in_the_book, today=today)
        others = max(0, len(called(profile.name)) - 1)
        for relation in read:
            if relation not in profile.relations:
                refuse_oneself(relation, profile.name, others)
        return read

    return (
        Group(
            "Who",
            (
                Field(name="name", label="Name", shown=profile.name, help="As you say it: Christina Vale"),
                Field(
                    name="nicknames",
                    label="Nicknames",
                    shown=say_nicknames(profile.nicknames),
                    read=lambda text: read_nicknames(text, profile.nicknames),
                    help="With commas between: Chris, Tina. The log line knows them too.",
                ),
            ),
        ),
        Group(
            "Work",
            (
                Field(name="title", label="Title", shown=profile.title, help="What they do: Head of Talent"),
                Field(
                    name="organisation", label="Organisation", shown=profile.organisation, help="Where: Acme"
                ),
                Field(name="city", label="City", shown=profile.city, help="Where they live: Lisbon"),
            ),
        ),
        Group(
            "Reach",
            (
                Field(
                    name="points",
                    label="Ways",
                    shown=say_points(profile.points),
                    read=lambda text: read_points(text, profile.points),
                    help="One a line: email work: a@b.example, phone: +44…, address home: …, signal: @a;"
                    " a mail, a number or a link may stand alone.",
                    lines=True,
                    means=_ways,
                ),
            ),
        ),
        Group(
            "Rhythm and tags",
            (
                Field(
                    name="cadence",
                    label="Rhythm",
                    shown=say_cadence(profile.cadence),
                    read=read_cadence,
                    help="How often you would like to be in touch: 6 weeks, monthly, every 10 days; never for"
                    " no reminders; empty while undecided.",
                    means=lambda text: every(read_cadence(text)),
                ),
                Field(
                    name="tags",
                    label="Tags",
                    shown=say_tags(profile.tags),
                    read=read_tags,
                    help="With spaces between: #design #lisbon; with commas when one holds a space:"
                    " #book club, #lisbon",
                ),
            ),
        ),
        Group(
            "How you met",
            (
                Field(
                    name="met",
                    label="Met",
                    shown=profile.met,
                    help="Where and how, in your words",
                    lines=True,
                ),
                Field(
                    name="met_on",
                    label="On",
                    shown=say_date(profile.met_on),
                    read=met_on,
                    help="A day in words: 3 May 2024, last friday, 2 weeks ago",
                    means=lambda text: say_in_full(met_on(text)),
                ),
                Field(
                    name="introduced_by",
                    label="Introduced by",
                    shown=name_of(profile.introduced_by) if profile.introduced_by is not None else "",
                    read=introducer,
                    help="Someone in the book, by name",
                    means=lambda text: find_person(text.strip(), named).name,
                ),
            ),
        ),
        Group(
            "Family and dates",
            (
                Field(
                    name="relations",
                    label="Relations",
                    shown=say_relations(profile.relations),
                    read=relations,
                    help="One a line: daughter: Ana, 18 (or born 2008), manager: Hank Morrow",
                    lines=True,
                ),
                Field(
                    name="occasions",
                    label="Occasions",
                    shown=say_occasions(profile.occasions),
                    read=lambda text: read_occasions(text, today, profile.occasions),
                    help="One a line: birthday: 14 Dec 1971, daughter Ana: graduates 12 Dec 2026 (once),"
                    " anniversary: 4 Jul, 7 days (of notice)",
                    lines=True,
                ),
            ),
        ),
        Group(
            "Wants and offers",
            (
                Field(
                    name="wants",
                    label="Wants",
                    shown=say_lines(profile.wants),
                    read=lambda text: read_lines(text, profile.wants),
                    help="What they look for, one a line: a designer for the Lisbon team",
                    lines=True,
                ),
                Field(
                    name="offers",
                    label="Offers",
                    shown=say_lines(profile.offers),
                    read=lambda text: read_lines(text, profile.offers),
                    help="What they can give, one a line: knows every luthier in Cremona",
                    lines=True,
                ),
            ),
        ),
        Group(
            "Notes",
            (Field(name="note", label="Notes", shown=profile.note, help="Anything else", lines=True),),
        ),
        Group(
            "The name in parts",
            (
                Field(
                    name="prefix", label="Prefix", shown=profile.prefix, help="What goes before: Dr., Prof."
                ),
                Field(name="given", label="Given", shown=profile.given, help="The first name: Christina"),
                Field(
                    name="additional", label="Middle", shown=profile.additional, help="Further given names"
                ),
                Field(name="family", label="Family", shown=profile.family, help="The last name: Vale"),
                Field(name="suffix", label="Suffix", shown=profile.suffix, help="What comes after: Jr., PhD"),
                Field(
                    name="sort",
                    label="Sort as",
                    shown=profile.sort,
                    help="What orders them among the others; empty for the name as it is shown",
                ),
            ),
        ),
    )


def _ways(text: str) -> str:
    """How many ways of each kind were understood."""
    kinds = [point.kind if point.kind != "handle" else point.label for point in read_points(text)]
    return ", ".join(dict.fromkeys(kinds))


def _value_of(further: Further) -> str:
    """What a further field holds: an imported line without the name that stands before it."""
    return further.raw[:_FURTHER_MOST].removeprefix(further.name).lstrip(":;")
