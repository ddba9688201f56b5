"""What is known, as JSON has it: plain dicts, days in ISO 8601."""

from datetime import date

from netcrm.domain.gives import Give, section, why_now
from netcrm.domain.groups import Group, pulse
from netcrm.domain.occasions import Occasion, next_on
from netcrm.domain.people import Named, Person, PersonLine
from netcrm.domain.timeline import Interaction

Record = dict[str, object]
"""One record."""


def iso(day: date | None) -> str | None:
    """A day in ISO 8601, or nothing."""
    return day.isoformat() if day else None


def named(one: Named) -> Record:
    """A person by id and name."""
    return {"id": one.id, "name": one.name}


def line(person: PersonLine, today: date) -> Record:
    """What a list shows of a person."""
    return {
        "id": person.id,
        "name": person.name,
        "title": person.title,
        "organisation": person.organisation,
        "cadence": person.cadence,
        "last_contact": iso(person.last_on),
        "due": iso(person.due_on),
        "warmth": person.warmth(today).value,
        "gives_waiting": person.gives_waiting,
    }


def occasion(value: Occasion, today: date | None = None) -> Record:
    """An occasion; with the next day it falls on, if one asks on a day."""
    record: Record = {
        "kind": value.kind,
        "label": value.label,
        "whose": value.whose,
        "month": value.month,
        "day": value.day,
        "year": value.year,
        "yearly": value.yearly,
    }
    return record if today is None else {**record, "next": iso(next_on(value, today))}


def give(value: Give, today: date) -> Record:
    """A give that waits."""
    return {
        "id": value.id,
        "person": named(value.person) if value.person else None,
        "group": named(value.group) if value.group else None,
        "words": value.words,
        "kind": value.kind,
        "link": value.link,
        "due": iso(value.due),
        "snoozed_until": iso(value.snoozed_until),
        "promised": value.promised,
        "effort": value.effort,
        "section": section(value, today),
        "why_now": why_now(value, today),
    }


def group(value: Group, today: date) -> Record:
    """A group, and how it stands."""
    stands = pulse(value, today)
    return {
        "id": value.id,
        "uuid": value.uuid,
        "name": value.name,
        "kind": value.kind,
        "link": value.link,
        "cadence": value.cadence,
        "topics": list(value.topics),
        "note": value.note,
        "members": [named(member) for member in value.members],
        "next": iso(value.next_on),
        "last": iso(value.last_on),
        "pulse": stands.words,
        "quiet": stands.quiet,
        "entries": value.entries,
        "open_questions": value.questions,
        "archived": value.archived,
    }


def interaction(value: Interaction) -> Record:
    """Something that happened."""
    return {
        "id": value.id,
        "day": iso(value.day),
        "time": value.time.strftime("%H:%M") if value.time else None,
        "kind": value.kind,
        "text": value.text,
        "people": [named(one) for one in value.people],
        "group_id": value.group_id,
        "place": value.place,
        "tags": list(value.tags),
        "enjoyment": value.enjoyment,
        "answer": value.answer,
        "answered": iso(value.answered_on),
    }


def person(value: Person, today: date) -> Record:
    """Everything that stands in a person's own record."""
    profile = value.profile
    return {
        "id": value.id,
        "uuid": value.uuid,
        "name": profile.name,
        "given": profile.given,
        "additional": profile.additional,
        "family": profile.family,
        "prefix": profile.prefix,
        "suffix": profile.suffix,
        "nicknames": list(profile.nicknames),
        "title": profile.title,
        "organisation": profile.organisation,
        "city": profile.city,
        "points": [
            {"kind": point.kind, "label": point.label, "value": point.value} for point in profile.points
        ],
        "tags": list(profile.tags),
        "cadence": value.cadence,
        "due": iso(value.due_on),
        "warmth": value.warmth(today).value,
        "last_contact": iso(value.last_on),
        "met": profile.met,
        "met_on": iso(profile.met_on),
        "introduced_by": profile.introduced_by,
        "relations": [
            {
                "kind": relation.kind,
                "name": relation.name,
                "id": relation.person_id,
                "born": relation.born,
            }
            for relation in profile.relations
        ],
        "occasions": [occasion(one, today) for one in profile.occasions],
        "wants": list(profile.wants),
        "offers": list(profile.offers),
        "note": profile.note,
        "further": [{"name": further.name, "raw": further.raw} for further in profile.further],
        "archived": value.archived,
        "gives_waiting": value.gives_waiting,
        "gave": value.gave,
        "asked": value.asked,
        "entries": value.entries,
        "created": value.created.isoformat(),
        "updated": value.updated.isoformat(),
    }
