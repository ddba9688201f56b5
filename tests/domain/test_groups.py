"""Groups: how one stands, which one is meant, and a group in a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from netcrm.domain.groupline import of_group, read_group_line, understand_meeting
from netcrm.domain.groups import Group, GroupDraft, Pulse, meant, pulse
from netcrm.domain.logline import Understood
from netcrm.domain.people import Named
from netcrm.domain.rhythm import Warmth

TODAY = date(2026, 11, 22)
"""A Sunday."""


def group(name: str = "Choir", *, days_ago: int | None = None, cadence: int | None = 30, kind: str = "met",
          key: int = 1) -> Group:  # fmt: skip
    """A group of which there was last something some days ago."""
    last_on = None if days_ago is None else TODAY - timedelta(days=days_ago)
    return Group(id=key, uuid="", name=name, cadence=cadence, last_on=last_on, last_kind=kind)


class TestPulse:
    """How lively a group is."""

    @pytest.mark.parametrize(
        ("kind", "days_ago", "words"),
        [
            ("met", 0, "met today"),
            ("event", 1, "met Sat"),
            ("event", 6, "met Mon"),
            ("event", 7, "met 1w ago"),
            ("met", 24, "met 3w ago"),
            ("call", 4, "spoke Wed"),
            ("message", 3, "posted 3d ago"),
            ("message", 0, "posted today"),
            ("email", 14, "wrote 2w ago"),
            ("learned", 2, "learned 2d ago"),
            ("gave", 2, "gave 2d ago"),
            ("met", 60, "met 8w ago"),
            ("met", 65, "quiet 9 weeks"),
            ("met", 90, "quiet 12 weeks"),
            ("met", 91, "quiet 3 months"),
            ("met", 800, "quiet 2 years"),
            ("met", -3, "met today"),
        ],
    )
    def test_words(self, kind: str, days_ago: int, words: str) -> None:
        """What was last, and when; past twice its cadence, how long it has been quiet."""
        assert pulse(group(days_ago=days_ago, kind=kind), TODAY).words == words

    def test_quiet_for_a_few_days(self) -> None:
        """Of a group that meets daily, in days."""
        assert pulse(group(days_ago=3, cadence=1), TODAY).words == "quiet 3 days"

    def test_nothing_yet(self) -> None:
        """A new group is neither quiet nor lively."""
        stands = pulse(group(), TODAY)
        assert (stands.words, stands.gauge, stands.quiet) == ("nothing yet", "▱▱▱▱", False)

    def test_the_gauge_says_what_the_words_say(self) -> None:
        """All on the day itself, two or more in rhythm, one while it is ripe, none when it is quiet."""
        gauges: dict[Warmth, set[int]] = {}
        for days_ago in range(70):
            stands = pulse(group(days_ago=days_ago), TODAY)
            gauges.setdefault(stands.warmth, set()).add(stands.filled)
            assert len(stands.gauge) == Pulse.BLOCKS
            assert stands.quiet == stands.words.startswith("quiet")
        assert gauges == {Warmth.IN_RHYTHM: {2, 3, 4}, Warmth.RIPE: {1}, Warmth.DRIFTING: {0}}

    def test_it_only_falls(self) -> None:
        """With each day that passes the gauge stays or falls."""
        for cadence in (1, 7, 30, 365, None):
            filled = [pulse(group(days_ago=days, cadence=cadence), TODAY).filled for days in range(800)]
            assert filled == sorted(filled, reverse=True)

    @pytest.mark.parametrize("cadence", [None, 0])
    def test_nothing_is_expected(self, cadence: int | None) -> None:
        """A group without a cadence is never quiet."""
        stands = pulse(group(days_ago=400, cadence=cadence), TODAY)
        assert (stands.words, stands.filled, stands.warmth) == ("met 1y ago", 0, Warmth.NONE)

    def test_no_guilt(self) -> None:
        """Nothing it says scolds anybody."""
        said = {pulse(group(days_ago=days), TODAY).words for days in range(900)}
        for word in ("overdue", "neglect", "fail", "late", "miss"):
            assert not any(word in words for words in said)


class TestMeant:
    """Which group a name means."""

    GROUPS = tuple(
        group(name, key=key)
        for key, name in enumerate(
            ["Circus Marketers", "Lisbon Designers", "Lisbon", "Rust & Pastéis", "Amateur Astronomers"], 1
        )
    )

    @pytest.mark.parametrize(
        ("said", "names"),
        [
            ("circus marketers", ["Circus Marketers"]),
            ("circ", ["Circus Marketers"]),
            ("lisbon", ["Lisbon"]),
            ("lis", ["Lisbon Designers", "Lisbon"]),
            ("pasteis", ["Rust & Pastéis"]),
            ("des lis", ["Lisbon Designers"]),
            ("Lisbn Designrs", ["Lisbon Designers"]),
            ("astro", ["Amateur Astronomers"]),
            ("&", []),
            ("zither", []),
            ("", []),
        ],
    )
    def test_found(self, said: str, names: Sequence[str]) -> None:
        """The whole name before its beginning, that before its words, and these before a slip of the hand."""
        assert [found.name for found in meant(self.GROUPS, said)] == names


class TestGroupLine:
    """A group in a line."""

    def test_all_of_it(self) -> None:
        """Name, kind, cadence, topics, link and next day, in any order."""
        line = (
            "Lisbon Designers: #design, meetup monthly? no, monthly, https://l.example/a#b, next 3 Dec, type"
        )
        assert read_group_line(line, TODAY) == GroupDraft(
            name="Lisbon Designers",
            kind="meetup monthly? no",
            cadence=30,
            topics=("design", "type"),
            link="https://l.example/a#b",
            next_on=date(2026, 12, 3),
        )

    @pytest.mark.parametrize(
        ("line", "draft"),
        [
            ("Rust & Pastéis", GroupDraft(name="Rust & Pastéis")),
            ("Choir:", GroupDraft(name="Choir")),
            ("Choir: club, never", GroupDraft(name="Choir", kind="club", topics=("never",))),
            ("Choir: next yesterday", GroupDraft(name="Choir", kind="next yesterday")),
            ("Choir: #a #a, every 6 weeks", GroupDraft(name="Choir", topics=("a",), cadence=42)),
            ("Re:Start forum: forum", GroupDraft(name="Re:Start forum", kind="forum")),
            ("  Choir ,", GroupDraft(name="Choir")),
        ],
    )
    def test_parts_of_it(self, line: str, draft: GroupDraft) -> None:
        """A name is enough, and a colon within a word is none."""
        assert read_group_line(line, TODAY) == draft

    @pytest.mark.parametrize("line", ["", "  ", ":", " : , "])
    def test_no_name(self, line: str) -> None:
        """Without a name there is no group."""
        assert read_group_line(line, TODAY) is None


HANK, LEO, BELA = Named(1, "Hank Morrow"), Named(2, "Leo Brandt"), Named(3, "Bela Kovács")


@dataclass(frozen=True)
class Book:
    """Three people."""

    people: Mapping[str, Named]

    def named(self, folded: str) -> Sequence[Named]:
        """Whoever is called so."""
        return [found for name, found in self.people.items() if name == folded]


BOOK = Book({"hank": HANK, "leo": LEO, "bela": BELA})


def read(line: str, *there: Named, kind: str = "met", missed: frozenset[int] = frozenset()) -> Understood:
    """What a line about a group means."""
    return understand_meeting(
        line, group(), there, today=TODAY, book=BOOK, chosen={}, kind=kind, missed=missed
    )


class TestMeeting:
    """A line of what happened in a group."""

    def test_who_was_there(self) -> None:
        """Those who were marked; day, place, tags and stars as in any log line."""
        said = read("yesterday: talked about posters at _Café Lisboa_ #type **", HANK, BELA)
        entry = of_group(said, group()).entry
        assert entry
        assert (entry.people, entry.group_id, entry.kind, entry.day) == (
            (HANK.id, BELA.id),
            1,
            "met",
            TODAY - timedelta(days=1),
        )
        assert (entry.text, entry.place, entry.tags, entry.enjoyment) == (
            "Talked about posters at Café Lisboa",
            "Café Lisboa",
            ("type",),
            2,
        )

    def test_who_else(self) -> None:
        """Whoever the line names came too, but those who are known to have missed it."""
        said = read("drew with Leo; Hank sent his love", BELA, missed=frozenset({HANK.id}))
        assert said.people == (BELA, LEO)

    def test_nobody(self) -> None:
        """It may be that nobody was there: it is the group's all the same."""
        entry = of_group(read("the room was locked"), group()).entry
        assert entry
        assert (entry.people, entry.group_id) == ((), 1)

    @pytest.mark.parametrize(
        ("line", "kind", "said"),
        [
            ("talked about posters", "met", "met"),
            ("call about the moon", "met", "call"),
            ("message: the room is free", "met", "message"),
            ("note: the room is locked", "met", "note"),
            ("Bela: posters sell better with one face", "learned", "learned"),
            ("coffee is better cold", "learned", "learned"),
            ("taught: how to read a spectrum", "learned", "taught"),
        ],
    )
    def test_kind(self, line: str, kind: str, said: str) -> None:
        """What the line says wins, but for a lesson it is one."""
        assert read(line, kind=kind).kind == said

    def test_a_promise_to_the_group(self) -> None:
        """What is promised to nobody by name is the group's; else it is theirs."""
        to_all = of_group(read("drew; I'll send them the slides by Friday", BELA), group()).drafts
        assert [(draft.person_id, draft.group_id, draft.words) for draft in to_all] == [
            (None, 1, "Send the slides")
        ]
        to_one = of_group(read("drew; I'll send Leo the slides", BELA), group()).drafts
        assert [(draft.person_id, draft.group_id) for draft in to_one] == [(LEO.id, None)]

    def test_only_a_promise(self) -> None:
        """Then nothing is written down."""
        assert of_group(read("I'll send them the slides", BELA), group()).entry is None

    def test_nobody_s_day(self) -> None:
        """A group has no birthday."""
        assert not read("birthday 12 Dec").ready
        assert read("Leo: birthday 12 Dec").ready

    def test_what_somebody_wants(self) -> None:
        """It is noted with them; what the group itself looks for is only told, since nobody is named."""
        wants = read("drew; Leo wants a tent", BELA).wants
        assert [(want.person_id, want.text) for want in wants] == [(LEO.id, "a tent")]
        told = of_group(read("drew; they want a tent", BELA), group())
        assert (told.wants, told.ready) == ((), True)
        assert told.entry
        assert told.entry.text == "Drew; they want a tent"
        assert not read("looking for a tent", BELA).ready
