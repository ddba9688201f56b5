"""Puts the made-up network into an empty store."""

from dataclasses import replace
from datetime import date

from netcrm.demo.world import World, WorldEntry, WorldGive, WorldIntroduction, WorldPerson, shifted
from netcrm.domain.gives import Give
from netcrm.domain.groups import GroupDraft, Question
from netcrm.domain.introductions import Introduction
from netcrm.domain.occasions import next_on
from netcrm.domain.people import Named, Profile
from netcrm.domain.seed import Seed
from netcrm.domain.sparks import Spark
from netcrm.domain.timeline import Entry
from netcrm.store import Store


def fill(store: Store, world: World, today: date) -> None:
    """Put a world into an empty store, moved so that its anchor is today.

    Its history stays empty, so that undo takes back what the user does and never the world.

    Raises:
        StoreError: If the store is not empty.
    """
    store.seed(_Sower(shifted(world, (today - world.anchor).days)).seed())


class _Sower:
    """Gives everything in a world the id that it will have."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people = {person.name: number for number, person in enumerate(world.people, start=1)}
        held = [(person.name, occasion) for person in world.people for occasion in person.profile.occasions]
        self._occasions = list(enumerate(held, start=1))
        self._sparks = {spark.title: number for number, spark in enumerate(world.sparks, start=1)}
        self._groups = {group.name: number for number, group in enumerate(world.groups, start=1)}

    def seed(self) -> Seed:
        """The whole world as a seed."""
        world = self._world
        return Seed(
            people=[self._person(person) for person in world.people],
            groups=[
                GroupDraft(
                    name=group.name,
                    kind=group.kind,
                    link=group.link,
                    cadence=group.cadence,
                    note=group.note,
                    topics=group.topics,
                    members=tuple(self._people[name] for name in group.members),
                    next_on=group.next_on,
                )
                for group in world.groups
            ],
            questions=[
                Question(
                    id=0,
                    group_id=self._groups[group.name],
                    text=question.text,
                    asked_on=question.asked_on,
                    settled_on=question.settled_on,
                    answer=question.answer,
                )
                for group in world.groups
                for question in group.questions
            ],
            timeline=[self._entry(entry) for entry in world.timeline],
            sparks=[
                Spark(
                    id=number,
                    uuid="",
                    kind=spark.kind,
                    title=spark.title,
                    link=spark.link,
                    text=spark.text,
                    until=spark.until,
                    tags=spark.tags,
                    created_on=spark.created_on,
                )
                for number, spark in enumerate(world.sparks, start=1)
            ],
            gives=[self._give(number, give) for number, give in enumerate(world.gives, start=1)],
            confirmed=[
                (self._people[known.person], text, known.on)
                for known in world.confirmed
                for text in known.texts
            ],
            positions=[(self._people[one.person], one.position) for one in world.worked],
            introductions=[
                self._introduction(number, introduction)
                for number, introduction in enumerate(world.introductions, start=1)
            ],
        )

    def _named(self, name: str) -> Named:
        return Named(self._people[name], name)

    def _person(self, person: WorldPerson) -> Profile:
        """What is known of someone, with those of theirs who are in the world too as links."""
        return replace(
            person.profile,
            introduced_by=self._people[person.introduced_by] if person.introduced_by else None,
            relations=tuple(
                replace(relation, person_id=self._people.get(relation.name))
                for relation in person.profile.relations
            ),
        )

    def _entry(self, entry: WorldEntry) -> Entry:
        return Entry(
            day=entry.day,
            people=tuple(self._people[name] for name in entry.people),
            kind=entry.kind,
            text=entry.text,
            time=entry.at,
            place=entry.place,
            tags=entry.tags,
            group_id=self._groups[entry.group] if entry.group else None,
            enjoyment=entry.enjoyment,
            answer=entry.answer,
            answered_on=entry.answered_on,
        )

    def _give(self, number: int, give: WorldGive) -> Give:
        occasion_id = self._occasion_of(give)
        return Give(
            id=number,
            uuid="",
            person=self._named(give.person),
            words=give.words,
            kind=give.kind,
            link=give.link,
            due=give.due,
            promised=give.promised,
            effort=give.effort,
            source=give.source,
            why=give.why,
            later=give.later,
            state=give.state,
            snoozed_until=give.snoozed_until,
            given_on=give.given_on,
            interaction_id=None if give.entry is None else give.entry + 1,
            dropped_on=give.created_on if give.state == "dropped" else None,
            landed=give.landed,
            created_on=give.created_on,
            occasion_id=occasion_id,
            occasion_year=give.due.year if give.due and occasion_id else None,
            spark_id=self._sparks[give.spark] if give.spark else None,
        )

    def _occasion_of(self, give: WorldGive) -> int | None:
        """The occasion that a give is due on, so that the queue does not suggest it once more."""
        if give.source != "occasion" or give.due is None:
            return None
        on_that_day = (
            number
            for number, (name, occasion) in self._occasions
            if name == give.person and next_on(occasion, give.created_on) == give.due
        )
        return next(on_that_day, None)

    def _introduction(self, number: int, introduction: WorldIntroduction) -> Introduction:
        return Introduction(
            id=number,
            uuid="",
            one=self._named(introduction.first),
            other=self._named(introduction.second),
            why=introduction.why,
            state=introduction.state,
            since=introduction.since,
            asked_one_on=introduction.asked[0],
            asked_other_on=introduction.asked[1],
            one_yes_on=introduction.agreed[0],
            other_yes_on=introduction.agreed[1],
            made_on=introduction.made_on,
            came_of_it=introduction.came_of_it,
        )
