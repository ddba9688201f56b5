"""Fields of a form as text. Today is Sunday, 22 November 2026."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.fieldoccasions import read_occasions, say_occasions
from netcrm.domain.fields import (
    find_person,
    read_cadence,
    read_clock,
    read_date,
    read_lines,
    read_nicknames,
    read_people,
    read_points,
    read_relations,
    read_tags,
    say_cadence,
    say_date,
    say_lines,
    say_nicknames,
    say_people,
    say_points,
    say_relations,
    say_tags,
    say_time,
)
from netcrm.domain.occasions import OCCASION_KINDS, Occasion
from netcrm.domain.people import POINT_KINDS, ContactPoint, Named, Relation
from netcrm.domain.text import fold
from netcrm.ui.safety import typed

TODAY = date(2026, 11, 22)

_ODD = st.sampled_from(
    [
        "work",
        "email",
        "https://a.example",
        "a@b.example",
        "+44 20 7946 0000",
        "daughter Ana",
        "graduates on",
        "Fri",
        "12 Dec",
        "[red]",
        "[/]",
        "\x1b[31m",
        "\u202eabc",
        "李",
        "👩\u200d🚀",
        "12 Rua Garrett\nLisboa",
        "a, b: c",
        "\\",
        "\\n",
        "\\u{1b}",
        "↵",
        "#",
        "(once)",
        ", 7 days",
        " ",
        "",
    ]
)
TEXT = st.one_of(_ODD, st.text(max_size=12), st.lists(_ODD, max_size=4).map(" ".join))
"""Texts that a field may hold, with what its own marks are made of."""

NAMES = st.one_of(TEXT, st.sampled_from(["Ana, 18", "Ana, born 2008", "Ana: b. 1999", ", 7", "Ana, 18 "]))
"""Names, and what looks like one with an age."""

WORDS = TEXT.filter(lambda text: text != "")


def shown(text: str, *, lines: bool = True) -> str:
    """What a form shows of a text: if it were not the same, it could not be read back."""
    assert typed(text, lines=lines) == text
    return text


class TestNothingIsLost:
    """What is said is read back as it was, and can be shown in a form as it is."""

    @given(st.lists(TEXT, max_size=4).map(tuple))
    def test_lines(self, items: tuple[str, ...]) -> None:
        """Wants and offers."""
        assert read_lines(shown(say_lines(items))) == items

    @given(st.lists(TEXT, max_size=4).map(tuple))
    def test_nicknames(self, names: tuple[str, ...]) -> None:
        """Nicknames."""
        assert read_nicknames(shown(say_nicknames(names), lines=False)) == names

    @given(st.lists(TEXT, max_size=4).map(tuple))
    def test_tags(self, tags: tuple[str, ...]) -> None:
        """Tags, with spaces in them or not."""
        assert read_tags(shown(say_tags(tags), lines=False)) == tags

    @given(
        st.lists(
            st.builds(ContactPoint, kind=st.sampled_from(POINT_KINDS), value=WORDS, label=TEXT), max_size=4
        ).map(tuple)
    )
    def test_points(self, points: tuple[ContactPoint, ...]) -> None:
        """Ways to reach someone."""
        assert read_points(shown(say_points(points))) == points

    @given(
        st.lists(
            st.builds(Relation, kind=TEXT, name=NAMES, born=st.none() | st.integers(1, 9999)), max_size=4
        ).map(tuple)
    )
    def test_relations(self, relations: tuple[Relation, ...]) -> None:
        """Relations to people outside of the book, whatever looks like an age in a name."""
        assert read_relations(shown(say_relations(relations)), today=TODAY) == relations

    @given(
        st.lists(
            st.builds(Relation, kind=TEXT, name=TEXT, person_id=st.none() | st.integers(1, 3)), max_size=4
        ).map(tuple)
    )
    def test_linked_relations(self, relations: tuple[Relation, ...]) -> None:
        """Relations to people in the book keep their link, though it is not written."""
        assert read_relations(say_relations(relations), relations) == relations

    def test_an_occasion_called_like_a_weekday(self) -> None:
        """``work: Fri 1 Jan`` was read as a day alone, in a year whose first of January is a Friday."""
        friday = Occasion(kind="birthday", label="Fri", month=1, day=1, whose="work")
        assert read_occasions(say_occasions([friday]), TODAY) == (friday,)

    @given(
        st.lists(
            st.builds(
                lambda day, **rest: Occasion(month=day.month, day=day.day, **rest),
                day=st.dates(date(2001, 1, 1), date(2001, 12, 31)) | st.just(date(2000, 2, 29)),
                kind=st.sampled_from(OCCASION_KINDS),
                label=TEXT,
                whose=TEXT,
                year=st.none() | st.sampled_from([4, 1904, 1972, 2024]),
                yearly=st.booleans(),
                notice=st.integers(0, 400),
            ),
            max_size=3,
        ).map(tuple)
    )
    def test_occasions(self, occasions: tuple[Occasion, ...]) -> None:
        """Occasions, whoever's and however odd."""
        assert read_occasions(shown(say_occasions(occasions)), TODAY) == occasions

    @given(st.none() | st.integers(0, 36_500))
    def test_cadence(self, cadence: int | None) -> None:
        """Rhythms."""
        assert read_cadence(say_cadence(cadence)) == cadence

    @given(st.none() | st.dates())
    def test_dates(self, day: date | None) -> None:
        """Days."""
        assert read_date(say_date(day), TODAY, prefer="past") == day

    @given(st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)))
    def test_times(self, at: time | None) -> None:
        """Times."""
        assert read_clock(say_time(at)) == at

    @given(st.lists(st.builds(Named, st.integers(1, 9), WORDS), max_size=4).map(tuple))
    def test_people(self, people: tuple[Named, ...]) -> None:
        """Those who stood there stay who they were, though others have the same name."""
        assert read_people(shown(say_people(people), lines=False), lambda folded: (), people) == people

    def test_an_impossible_day_stays_while_another_line_changes(self) -> None:
        """A file may have said 31 Feb: its line is kept as it stands."""
        odd = Occasion(kind="birthday", label="birthday", month=2, day=31)
        text = say_occasions([odd]) + "\nname day: 4 Jul"
        assert read_occasions(text, TODAY, [odd])[0] == odd


class TestWaysToReach:
    """Ways to reach someone, written as one would."""

    @pytest.mark.parametrize(
        ("line", "point"),
        [
            ("a@b.example", ContactPoint("email", "a@b.example")),
            ("+44 20 7946 0000", ContactPoint("phone", "+44 20 7946 0000")),
            ("(020) 7946-0000 ext 12", ContactPoint("phone", "(020) 7946-0000 ext 12")),
            ("https://x.example/a", ContactPoint("url", "https://x.example/a")),
            ("www.x.example", ContactPoint("url", "www.x.example")),
            ("x.example/me", ContactPoint("url", "x.example/me")),
            ("email: a@b.example", ContactPoint("email", "a@b.example")),
            ("Email Work : a@b.example", ContactPoint("email", "a@b.example", "Work")),
            ("email a@b.example", ContactPoint("email", "a@b.example")),
            ("mailto:a@b.example", ContactPoint("email", "a@b.example")),
            ("tel:+442079460000", ContactPoint("phone", "+442079460000")),
            ("mobile: 0171", ContactPoint("phone", "0171", "mobile")),
            ("work: a@b.example", ContactPoint("email", "a@b.example", "work")),
            ("linkedin: https://l.example/in/a", ContactPoint("url", "https://l.example/in/a", "linkedin")),
            ("address home: 12 Rua: 3", ContactPoint("address", "12 Rua: 3", "home")),
            ("address: 12 Rua ↵Lisboa", ContactPoint("address", "12 Rua \nLisboa")),
            ("signal: @a", ContactPoint("handle", "@a", "signal")),
            ("Matrix chat: a.b", ContactPoint("handle", "a.b", "Matrix chat")),
            ("skype: a.name", ContactPoint("handle", "a.name", "skype")),
        ],
    )
    def test_reads(self, line: str, point: ContactPoint) -> None:
        """What is plain needs no word before it."""
        assert read_points(line) == (point,)

    def test_reads_several(self) -> None:
        """One a line; blank ones do not count."""
        assert len(read_points("a@b.example\n\n  signal: @a \n")) == 2

    @pytest.mark.parametrize(
        ("line", "word"),
        [("@ana", "signal: @ana"), ("Lisbon", "email: a@b.example"), ("email:", "half"), (": x", "half")],
    )
    def test_says_what_to_write(self, line: str, word: str) -> None:
        """What is not plain is asked about."""
        with pytest.raises(ValueError, match=word):
            read_points(line)


class TestOccasions:
    """Occasions, written as one would."""

    @pytest.mark.parametrize(
        ("line", "occasion"),
        [
            (
                "birthday: 14 Dec 1971",
                Occasion(kind="birthday", label="birthday", month=12, day=14, year=1971),
            ),
            ("birthday 14 Dec", Occasion(kind="birthday", label="birthday", month=12, day=14)),
            (
                "daughter Ana: graduates 12 Dec 2026 (once)",
                Occasion(
                    kind="graduation",
                    label="graduates",
                    whose="daughter Ana",
                    month=12,
                    day=12,
                    year=2026,
                    yearly=False,
                ),
            ),
            (
                "daughter Ana graduates 12 Jun",
                Occasion(
                    kind="graduation",
                    label="graduates",
                    whose="daughter Ana",
                    month=6,
                    day=12,
                    year=2027,
                    yearly=False,
                ),
            ),
            (
                "anniversary: 4 Jul, 7 days",
                Occasion(kind="anniversary", label="anniversary", month=7, day=4, notice=7),
            ),
            (
                "ten years at Acme: 1 March 2027 (once)",
                Occasion(kind="other", label="ten years at Acme", month=3, day=1, year=2027, yearly=False),
            ),
            (
                "son Ben: birthday May 3rd, 2 weeks",
                Occasion(kind="birthday", label="birthday", whose="son Ben", month=5, day=3),
            ),
        ],
    )
    def test_reads(self, line: str, occasion: Occasion) -> None:
        """The label says the kind, and whether it comes again."""
        assert read_occasions(line, TODAY) == (occasion,)

    @pytest.mark.parametrize(
        ("occasion", "line"),
        [
            (
                Occasion(kind="birthday", label="birthday", month=12, day=14, year=1971),
                "birthday: 14 Dec 1971",
            ),
            (
                Occasion(
                    kind="graduation",
                    label="graduates",
                    whose="daughter Ana",
                    month=12,
                    day=12,
                    year=2026,
                    yearly=False,
                ),
                "daughter Ana: graduates 12 Dec 2026 (once)",
            ),
            (
                Occasion(kind="anniversary", label="anniversary", month=7, day=4, notice=7),
                "anniversary: 4 Jul, 7 days",
            ),
            (Occasion(kind="other", label="birthday", month=7, day=4), "birthday: 4 Jul (other)"),
        ],
    )
    def test_says(self, occasion: Occasion, line: str) -> None:
        """No more than is needed."""
        assert say_occasions([occasion]) == line

    @pytest.mark.parametrize(
        "line", ["birthday", "birthday: 31 Feb", "14 Dec", "birthday: 14 Dec (sometimes)", "x: 03/04/2026"]
    )
    def test_says_what_to_write(self, line: str) -> None:
        """A line without words or without a day is asked about."""
        with pytest.raises(ValueError, match="write birthday: 14 Dec 1971"):
            read_occasions(line, TODAY)


class TestWords:
    """The shorter fields."""

    @pytest.mark.parametrize(
        ("text", "tags"),
        [
            ("#design #lisbon", ("design", "lisbon")),
            ("design lisbon", ("design", "lisbon")),
            ("design, book club", ("design", "book club")),
            ("#book club,", ("book club",)),
            ("C# #C++", ("C#", "C++")),
            (" # , ", ()),
        ],
    )
    def test_tags(self, text: str, tags: tuple[str, ...]) -> None:
        """With spaces, or with commas."""
        assert read_tags(text) == tags

    @pytest.mark.parametrize(
        ("text", "relation"),
        [
            ("daughter: Ana", Relation("daughter", "Ana")),
            ("daughter Ana", Relation("daughter", "Ana")),
            ("Ana", Relation("", "Ana")),
            ("daughter Ana, 18", Relation("daughter", "Ana", born=2008)),
            ("daughter: Ana, born 2008", Relation("daughter", "Ana", born=2008)),
            ("son: Bo, 3 years old", Relation("son", "Bo", born=2023)),
            ("boss: Sam, Jr.", Relation("boss", "Sam, Jr.")),
            ("boss: Sam, 999", Relation("boss", "Sam, 999")),
        ],
    )
    def test_relations(self, text: str, relation: Relation) -> None:
        """With a colon, or with a word that is one for kin; an age is kept as the year of birth."""
        assert read_relations(text, today=TODAY) == (relation,)
        assert read_relations(say_relations([relation])) == (relation,)

    def test_a_relation_is_linked_to_someone_in_the_book(self) -> None:
        """By the one who is called so; one renamed in kind only stays linked."""
        kept = (Relation("boss", "Hank", 7),)
        read = read_relations("manager: Hank\nfriend: Ana", kept, find={"Ana": 3}.get)
        assert read == (Relation("manager", "Hank", 7), Relation("friend", "Ana", 3))

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("6 weeks", 42),
            ("every 6 weeks", 42),
            ("monthly", 30),
            ("every 10 days", 10),
            ("every other week", 14),
            ("every month", 30),
            ("3 months", 90),
            ("6w", 42),
            ("2 years", 730),
            ("twice a year", 180),
            ("never", 0),
            ("no reminders", 0),
            ("", None),
            ("45", 45),
        ],
    )
    def test_cadences(self, text: str, days: int | None) -> None:
        """As one says them."""
        assert read_cadence(text) == days

    @pytest.mark.parametrize("text", ["often", "every", "0 weeks", "999 years", "weeks 6"])
    def test_what_is_no_rhythm(self, text: str) -> None:
        """Is asked about."""
        with pytest.raises(ValueError, match="write 6 weeks"):
            read_cadence(text)

    def test_days_and_times(self) -> None:
        """In words, and asked about when they are none."""
        assert read_date("last friday", TODAY, prefer="past") == date(2026, 11, 20)
        assert read_clock("2pm") == time(14)
        with pytest.raises(ValueError, match="“soon” is no day; write tomorrow"):
            read_date("soon", TODAY, prefer="future")
        with pytest.raises(ValueError, match="write 14:30"):
            read_clock("25:00")


class TestNames:
    """People by name."""

    PEOPLE = (
        Named(1, "Ana Lopes"),
        Named(2, "Ana Vale"),
        Named(3, "Ana"),
        Named(4, "Bo Li"),
        Named(5, "Bo Li"),
    )

    def named(self, folded: str) -> list[Named]:
        return [person for person in self.PEOPLE if folded in fold(person.name)]

    def test_the_whole_name_goes_first(self) -> None:
        """Ana is Ana, though two others begin so."""
        assert find_person("ana", self.named) == Named(3, "Ana")
        assert read_people("ana lopes, Ana", self.named) == (Named(1, "Ana Lopes"), Named(3, "Ana"))

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("An", "“An” could be Ana Lopes, Ana Vale, Ana; write the whole name."),
            ("Zoe", "Nobody here is called “Zoe”"),
            ("Bo Li", "2 people are called “Bo Li”"),
        ],
    )
    def test_says_who_it_could_be(self, name: str, sentence: str) -> None:
        """Nothing is guessed."""
        with pytest.raises(ValueError, match=sentence):
            find_person(name, self.named)
