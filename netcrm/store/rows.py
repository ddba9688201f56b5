"""The only place where rows become domain values.

What the first paint seldom needs is imported where it is made.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from netcrm.domain.gives import Give
from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Named, Person, PersonLine, Profile, Relation
from netcrm.domain.timeline import Interaction

if TYPE_CHECKING:
    from netcrm.domain.groups import Group, Question
    from netcrm.domain.introductions import Introduction
    from netcrm.domain.sparks import Spark
    from netcrm.domain.wants import Want


class PersonParts(NamedTuple):
    """A person's rows in other tables, each in its order."""

    points: Sequence[tuple[str, str, str]]
    tags: Sequence[tuple[str]]
    relations: Sequence[tuple[str, str, int | None, int | None]]
    occasions: Sequence[tuple[str, str, int, int, str, int | None, int, int]]
    wants: Sequence[tuple[str]]
    offers: Sequence[tuple[str]]
    further: Sequence[tuple[str, str]]


PERSON_COLUMNS = """id, uuid, created, updated, name, given, additional, family, prefix, suffix, nicknames,
    sort, organisation, title, city, note, met, met_on, people.cadence, introduced_by, people.archived,
    last_on, person_facts.cadence AS effective, due_on, drifting_on, gives_waiting, gave, asked"""

LINE_COLUMNS = """id, name, title, organisation, person_facts.cadence, last_on, gives_waiting,
    people.archived, due_on, drifting_on"""

GIVE_COLUMNS = """gives.id, gives.uuid, gives.person_id, people.name, gives.group_id, groups.name, words,
    gives.kind, gives.link, due, promised,
    effort, source, why, later, state, snoozed_until, given_on, dropped_on, interaction_id,
    coalesce(landed, ''), substr(gives.created, 1, 10), occasion_id, occasion_year, spark_id,
    introduction_id, iif(gives.group_id IS NULL,
        (SELECT last_on FROM person_facts WHERE person_facts.person_id = gives.person_id),
        (SELECT max(day) FROM interactions
            WHERE interactions.group_id = gives.group_id AND kind NOT IN ('note', 'life event')))"""

GIVES = """gives LEFT JOIN people ON people.id = gives.person_id
    LEFT JOIN groups ON groups.id = gives.group_id"""
"""The tables that `GIVE_COLUMNS` are read from."""

NOT_AWAY = "coalesce(people.archived, groups.archived) = 0"
"""Of which of `GIVES` it is true that whoever they are for has not been put away."""

INTERACTION_COLUMNS = """interactions.id, interactions.uuid, interactions.day, interactions.kind, text, time,
    place, enjoyment, group_id, coalesce(answer, ''), answered_on"""

WANT_COLUMNS = "said.id, side, said.text, confirmed_on, substr(said.created, 1, 10)"


GROUP_COLUMNS = """groups.id, uuid, name, kind, link, cadence, note, topics, next_on, archived,
    (SELECT day || kind FROM interactions WHERE group_id = groups.id AND kind NOT IN ('note', 'life event')
        ORDER BY day DESC, kind IN ('met', 'event', 'call') DESC, id DESC LIMIT 1),
    (SELECT count(*) FROM interactions WHERE group_id = groups.id),
    (SELECT count(*) FROM group_questions WHERE group_id = groups.id AND settled_on IS NULL)"""

QUESTION_COLUMNS = "id, group_id, text, asked_on, settled_on, answer"

SPARK_COLUMNS = """id, uuid, kind, title, link, text, until, tags, substr(created, 1, 10)"""

INTRODUCTION_COLUMNS = """introductions.id, introductions.uuid, one_id, one.name, other_id, other.name, why,
    state, since, introductions.note, came_of_it, asked_one_on, asked_other_on, one_yes_on, other_yes_on,
    made_on, closed_on"""

GroupRow: TypeAlias = tuple[
    int, str, str, str, str, int | None, str, str, str | None, int, str | None, int, int
]
"""A row of `GROUP_COLUMNS`."""

SparkRow: TypeAlias = tuple[int, str, str, str, str, str, str | None, str, str]
"""A row of `SPARK_COLUMNS`."""

IntroductionRow: TypeAlias = tuple[
    int, str, int, str, int, str, str, str, str, str, str, *tuple[str | None, ...]
]
"""A row of `INTRODUCTION_COLUMNS`; at its end, the days."""

LineRow: TypeAlias = tuple[int, str, str, str, int | None, str | None, int, int, str | None, str | None]
"""A row of `LINE_COLUMNS`."""

InteractionRow: TypeAlias = tuple[int, str, str, str, str, str | None, str, int, int | None, str, str | None]
"""A row of `INTERACTION_COLUMNS`."""


def person(row: Sequence[object], parts: PersonParts, beside: Sequence[int]) -> Person:
    """A person from a row of `PERSON_COLUMNS`, the rows of theirs in other tables, and what there is beside.

    Args:
        row: The row.
        parts: The rows of theirs.
        beside: How many entries they have, and whether ties, groups, and gives of which it is known if they
            landed.
    """
    value = dict(zip(_names(PERSON_COLUMNS), row, strict=True))

    def text(name: str) -> str:
        return cast(str, value[name])

    profile = Profile(
        name=text("name"),
        given=text("given"),
        additional=text("additional"),
        family=text("family"),
        prefix=text("prefix"),
        suffix=text("suffix"),
        nicknames=tuple(json.loads(text("nicknames"))),
        sort=text("sort"),
        organisation=text("organisation"),
        title=text("title"),
        city=text("city"),
        note=text("note"),
        met=text("met"),
        met_on=day(value["met_on"]),
        cadence=cast(int | None, value["cadence"]),
        introduced_by=cast(int | None, value["introduced_by"]),
        points=tuple(ContactPoint(*point) for point in parts.points),
        tags=tuple(tag for (tag,) in parts.tags),
        relations=tuple(Relation(*relation) for relation in parts.relations),
        occasions=tuple(occasion(row) for row in parts.occasions),
        wants=tuple(want for (want,) in parts.wants),
        offers=tuple(offer for (offer,) in parts.offers),
        further=tuple(Further(*further) for further in parts.further),
    )
    return Person(
        id=cast(int, value["id"]),
        uuid=text("uuid"),
        profile=profile,
        created=datetime.fromisoformat(text("created")),
        updated=datetime.fromisoformat(text("updated")),
        archived=bool(value["archived"]),
        last_on=day(value["last_on"]),
        cadence=cast(int | None, value["effective"]),
        due_on=day(value["due_on"]),
        drifting_on=day(value["drifting_on"]),
        gives_waiting=cast(int, value["gives_waiting"]),
        gave=cast(int, value["gave"]),
        asked=cast(int, value["asked"]),
        entries=beside[0],
        has_ties=bool(beside[1]),
        has_groups=bool(beside[2]),
        has_landed=bool(beside[3]),
    )


def occasion(row: tuple[str, str, int, int, str, int | None, int, int]) -> Occasion:
    """An occasion from kind, label, month, day, whose, year, yearly, notice."""
    kind, label, month, day_of_month, whose, year, yearly, notice = row
    return Occasion(
        kind=kind,
        label=label,
        month=month,
        day=day_of_month,
        whose=whose,
        year=year,
        yearly=bool(yearly),
        notice=notice,
    )


def line(row: LineRow) -> PersonLine:
    """A person as the list shows them, from a row of `LINE_COLUMNS`."""
    key, name, title, organisation, cadence, last_on, gives_waiting, archived, due_on, drifting_on = row
    return PersonLine(
        id=key,
        name=name,
        title=title,
        organisation=organisation,
        cadence=cadence,
        last_on=day(last_on),
        gives_waiting=gives_waiting,
        archived=bool(archived),
        due_on=day(due_on),
        drifting_on=day(drifting_on),
    )


def give(row: Sequence[object]) -> Give:
    """A give from a row of `GIVE_COLUMNS`."""
    (key, uuid, person_id, name, group_id, group_name, words, kind, link, due, promised, effort, source, why,
     later, state, snoozed, given, dropped, interaction_id, landed, created, occasion_id, occasion_year,
     spark_id, introduction_id, last_on) = row  # fmt: skip
    return Give(
        id=cast(int, key),
        uuid=cast(str, uuid),
        person=Named(cast(int, person_id), cast(str, name)) if person_id is not None else None,
        group=Named(cast(int, group_id), cast(str, group_name)) if group_id is not None else None,
        words=cast(str, words),
        kind=cast(str, kind),
        link=cast(str, link),
        due=day(due),
        promised=bool(promised),
        effort=cast(str, effort),
        source=cast(str, source),
        why=cast(str, why),
        later=bool(later),
        state=cast(str, state),
        snoozed_until=day(snoozed),
        given_on=day(given),
        dropped_on=day(dropped),
        interaction_id=cast(int | None, interaction_id),
        landed=cast(str, landed),
        created_on=day(created),
        occasion_id=cast(int | None, occasion_id),
        occasion_year=cast(int | None, occasion_year),
        spark_id=cast(int | None, spark_id),
        introduction_id=cast(int | None, introduction_id),
        last_on=day(last_on),
    )


def interaction(
    row: InteractionRow,
    people: Sequence[Named],
    tags: Sequence[str],
) -> Interaction:
    """An interaction from a row of `INTERACTION_COLUMNS`, who took part, and its tags."""
    key, uuid, on, kind, text, at, place, enjoyment, group_id, answer, answered_on = row
    return Interaction(
        id=key,
        uuid=uuid,
        day=date.fromisoformat(on),
        kind=kind,
        text=text,
        people=tuple(people),
        time=time.fromisoformat(at) if at else None,
        place=place,
        tags=tuple(tags),
        enjoyment=enjoyment,
        group_id=group_id,
        answer=answer,
        answered_on=day(answered_on),
    )


def want(row: Sequence[object]) -> "Want":
    """A want or an offer from a row of `WANT_COLUMNS`."""
    from netcrm.domain.wants import Want

    key, side, text, confirmed_on, created = row
    return Want(
        id=cast(int, key),
        side=cast(str, side),
        text=cast(str, text),
        created_on=date.fromisoformat(cast(str, created)),
        confirmed_on=day(confirmed_on),
    )


def group(row: GroupRow, members: Sequence[Named]) -> "Group":
    """A group from a row of `GROUP_COLUMNS` and its members."""
    from netcrm.domain.groups import Group

    key, uuid, name, kind, link, cadence, note, topics, next_on, archived, last, entries, questions = row
    last_on, last_kind = (last[:_DAY], last[_DAY:]) if last else (None, "")
    return Group(
        id=key,
        uuid=uuid,
        name=name,
        kind=kind,
        link=link,
        cadence=cadence,
        note=note,
        topics=tuple(json.loads(topics)),
        members=tuple(members),
        next_on=day(next_on),
        last_on=day(last_on),
        last_kind=last_kind,
        entries=entries,
        questions=questions,
        archived=bool(archived),
    )


def question(row: Sequence[object]) -> "Question":
    """A question from a row of `QUESTION_COLUMNS`."""
    from netcrm.domain.groups import Question

    key, group_id, text, asked_on, settled_on, answer = row
    return Question(
        id=cast(int, key),
        group_id=cast(int, group_id),
        text=cast(str, text),
        asked_on=date.fromisoformat(cast(str, asked_on)),
        settled_on=day(settled_on),
        answer=cast(str, answer),
    )


def spark(row: SparkRow) -> "Spark":
    """A spark from a row of `SPARK_COLUMNS`."""
    from netcrm.domain.sparks import Spark

    key, uuid, kind, title, link, text, until, tags, created = row
    return Spark(
        id=key,
        uuid=uuid,
        kind=kind,
        title=title,
        link=link,
        text=text,
        until=day(until),
        tags=tuple(json.loads(tags)),
        created_on=day(created),
    )


def introduction(row: IntroductionRow) -> "Introduction":
    """An introduction from a row of `INTRODUCTION_COLUMNS`."""
    from netcrm.domain.introductions import Introduction

    key, uuid, one_id, one, other_id, other, why, state, since, note, came_of_it, *days = row
    asked_one_on, asked_other_on, one_yes_on, other_yes_on, made_on, closed_on = map(day, days)
    return Introduction(
        id=key,
        uuid=uuid,
        one=Named(one_id, one),
        other=Named(other_id, other),
        why=why,
        state=state,
        since=date.fromisoformat(since),
        note=note,
        came_of_it=came_of_it,
        asked_one_on=asked_one_on,
        asked_other_on=asked_other_on,
        one_yes_on=one_yes_on,
        other_yes_on=other_yes_on,
        made_on=made_on,
        closed_on=closed_on,
    )


def day(value: object) -> date | None:
    """A day from its column."""
    return date.fromisoformat(value) if isinstance(value, str) else None


_DAY = len("2026-11-22")
"""Characters of a day in its column."""


def _names(columns: str) -> list[str]:
    """What columns are called: by the name given to them, else their own."""
    return [column.split()[-1].rpartition(".")[2] for column in columns.split(",")]
