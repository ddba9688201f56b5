"""Notes of one's own, and groups, in the log line. Today is Sunday, 22 November 2026."""

from collections.abc import Sequence
from datetime import date

import pytest

from netcrm.domain.logline import Understood, understand
from netcrm.domain.mentions import marked
from netcrm.domain.people import Named
from netcrm.domain.timeline import CONTACT_KINDS, Entry
from tests.domain.test_logline import BOOK, CHRISTINA, HANK, HOPPER, LINDQVIST, TODAY, parts

DESIGNERS = Named(1, "Lisbon Designers")
RUST = Named(2, "Rust & Pastéis")
CIRCUS = Named(3, "Circus")
GROUPS = (DESIGNERS, RUST, CIRCUS)


def read(
    line: str, groups: Sequence[Named] = GROUPS, selected: Named | None = CHRISTINA, **chosen: Named | None
) -> Understood:
    """What is understood of a line, with someone selected who must not come into it."""
    return understand(line, today=TODAY, book=BOOK, selected=selected, chosen=chosen, groups=groups)


class TestJournal:
    """A note about no one in particular."""

    @pytest.mark.parametrize("begin", ["journal: ", "Journal: ", "diary: ", "@ ", " @  "])
    def test_how_it_begins(self, begin: str) -> None:
        """With a word before a colon, or with an ``@`` that stands alone; nobody is guessed."""
        line = read(f"{begin}long walk by the river; thought of @Hank and his kites")
        assert line.journal
        assert line.people == (HANK,)
        assert line.entry == Entry(
            day=TODAY,
            people=(HANK.id,),
            kind="note",
            text="Long walk by the river; thought of @Hank and his kites",
        )
        assert parts(line, "person") == ["@Hank"]

    def test_without_saying_so(self) -> None:
        """The prompt for one needs no word; it resets no rhythm."""
        line = understand("thinking", today=TODAY, book=BOOK, selected=HANK, journal=True)
        assert line.entry == Entry(day=TODAY, people=(), kind="note", text="Thinking")
        assert line.kind not in CONTACT_KINDS

    def test_nobody_without_a_sign(self) -> None:
        """A name without an ``@`` is a word."""
        line = read("journal: saw Hank, called Zed, met the Lisbon Designers")
        assert line.people == () and line.group is None and line.ready

    @pytest.mark.parametrize(
        "line", ["@ yesterday: rain", "journal: yesterday: rain", "yesterday, journal: rain"]
    )
    def test_its_day(self, line: str) -> None:
        """A day before a colon counts as always."""
        assert read(line).entry == Entry(day=date(2026, 11, 21), people=(), kind="note", text="Rain")

    def test_marks(self) -> None:
        """Place, tags and stars as always."""
        line = read("journal: rain at _Ribeira_ #walks **")
        assert (line.text, line.place, line.tags, line.enjoyment) == (
            "Rain at Ribeira",
            "Ribeira",
            ("walks",),
            2,
        )

    def test_all_of_it_is_told(self) -> None:
        """What would be a promise, a date or another kind elsewhere is part of the note."""
        line = read("journal: call: I'll send @Hank a poem; his son graduates 12 Jun")
        assert (line.kind, line.gives, line.occasions) == ("note", (), ())
        assert line.text == "Call: I'll send @Hank a poem; his son graduates 12 Jun"

    def test_names(self) -> None:
        """A full name, a nickname, a possessive, any case; each once."""
        line = read("@ with @Grace Hopper's notes, @chris, @CHRISTINA and @hank")
        assert line.people == (HOPPER, CHRISTINA, HANK)
        assert parts(line, "person") == ["@Grace Hopper", "@chris", "@CHRISTINA", "@hank"]

    def test_a_name_of_two(self) -> None:
        """It is asked, as elsewhere."""
        line = read("journal: tea with @Grace")
        assert not line.ready and line.mentions[0].candidates == (LINDQVIST, HOPPER)
        assert read("journal: tea with @Grace", grace=HOPPER).people == (HOPPER,)

    @pytest.mark.parametrize("name", ["Zed", "Zed Brown", "home", "Hank Brown"])
    def test_a_name_of_nobody(self, name: str) -> None:
        """It is asked, and may be left as words."""
        line = f"journal: thought of @{name}"
        assert [mention.text for mention in read(line).mentions if mention.unknown] == [name]
        left = understand(line, today=TODAY, book=BOOK, chosen={name.lower(): None})
        assert left.ready and left.people == () and left.text == f"Thought of @{name}"

    def test_an_address_mentions_nobody(self) -> None:
        """Nor does an ``@`` inside a word."""
        assert read("journal: wrote to me@hank.example and hank@grace").people == ()

    def test_a_line_that_begins_with_a_name(self) -> None:
        """``@Hank …`` is a note on Hank as it always was, and so is ``Hank: journal: …``."""
        assert not read("@Hank likes kites").journal
        assert not read("Hank: journal: likes kites").journal

    def test_nothing_said(self) -> None:
        """An empty one waits for words."""
        assert read("journal:").problems == ("Say what happened.",)


class TestMentions:
    """The names found again in a text that is drawn."""

    def test_as_far_as_the_name_goes(self) -> None:
        """A part of a full name, however long; a possessive ends it."""
        text = "With @Grace Hopper's cat, @Hank and @Hank Morrow Kites"
        found = [
            (text[one.start : one.end], one.name) for one in marked(text, ["Grace Hopper", "Hank Morrow"])
        ]
        assert found == [
            ("@Grace Hopper", "Grace Hopper"),
            ("@Hank", "Hank Morrow"),
            ("@Hank Morrow", "Hank Morrow"),
        ]

    def test_a_nickname(self) -> None:
        """It is one word, whose it is can't be seen."""
        assert [(one.start, one.end, one.name) for one in marked("Saw @Chris there", ["Christina Vale"])] == [
            (4, 10, "")
        ]

    def test_no_name(self) -> None:
        """An address, an hour, a sign alone."""
        assert not list(marked("me@acme.example @ 5pm @@x @5", []))


class TestGroup:
    """A group named by its whole name."""

    def test_before_a_colon(self) -> None:
        """The group alone took part."""
        line = read("yesterday: Lisbon Designers: talked about posters")
        assert line.entry == Entry(
            day=date(2026, 11, 21), people=(), kind="met", text="Talked about posters", group_id=DESIGNERS.id
        )
        assert parts(line, "group") == ["Lisbon Designers"]

    def test_in_the_sentence(self) -> None:
        """Its name stays in the text."""
        line = read("met the Lisbon Designers about posters")
        assert (line.group, line.kind, line.people) == (DESIGNERS, "met", ())
        assert line.text == "Met the Lisbon Designers about posters"

    @pytest.mark.parametrize(
        "line",
        ["Lisbon Designers, Hank: posters", "lisbon designers: posters by Hank", "Hank: Lisbon Designers: x"],
    )
    def test_with_people(self, line: str) -> None:
        """Those who are named took part."""
        assert (read(line).group, read(line).people) == (DESIGNERS, (HANK,))

    def test_what_it_is_called(self) -> None:
        """Accents and case are folded, a sign between words stays."""
        assert read("rust & pasteis: two hours on memory").group == RUST
        assert read("evening with the Rust & Pastéis").group == RUST
        assert read("Lisbon: rain").group is None

    def test_without_a_word_for_it(self) -> None:
        """Something with a group is an event, unless it is said otherwise."""
        assert read("Lisbon Designers: posters").kind == "event"
        assert read("note: Lisbon Designers: posters").kind == "note"
        assert read("Lisbon Designers: didn't meet after all").kind == "note"

    def test_spoken_of(self) -> None:
        """A group that one only speaks of was not there."""
        assert read("coffee with Hank about the Lisbon Designers").group is None
        assert read("coffee with Hank of the Lisbon Designers").group is None

    def test_one_word(self) -> None:
        """A name of one word has to be written as a name."""
        assert read("saw a circus with Hank").group is None
        assert read("met the Circus").group == CIRCUS

    def test_names_of_people_come_first(self) -> None:
        """And of two groups called alike, none is guessed."""
        assert read("Hank Morrow: tea", groups=(Named(9, "Hank Morrow"),)).group is None
        assert read("Lisbon Designers: x", groups=(DESIGNERS, Named(9, "lisbon designers"))).group is None

    def test_a_promise_to_it(self) -> None:
        """It is queued for the group, by its name or by ``them``."""
        talk = read("talk to the Lisbon Designers; I'll send them the link by Friday")
        assert talk.ready and [(give.group_id, give.person_id) for give in talk.drafts] == [(1, None)]
        alone = read("I'll send Lisbon Designers the paper")
        assert alone.ready and not alone.logs and alone.give is not None
        assert (alone.give.words, alone.drafts[0].group_id) == ("Send the paper", 1)
        both = read("coffee with Hank; I'll send the Lisbon Designers the link")
        assert (both.people, both.group, both.drafts[0].group_id) == ((HANK,), None, 1)

    def test_a_date_is_a_persons(self) -> None:
        """A group has no birthday."""
        assert read("Lisbon Designers: birthday 14 Dec").problems == ("Nobody is named yet.",)
