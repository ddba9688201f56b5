"""Merging: a source's news, taken without overwriting what the user wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.merging import canonical, job_change, merged, point_key, said_by
from netcrm.domain.people import ContactPoint, Profile
from tests.world import day, person


class TestSingleValues:
    """Title, city, note and the other fields that hold one value."""

    @pytest.mark.parametrize(
        ("mine", "theirs", "before", "kept"),
        [
            ("", "new", None, "new"),
            ("", "new", "new", ""),
            ("", "newer", "new", "newer"),
            ("", "", "new", ""),
            ("mine", "new", None, "mine"),
            ("mine", "new", "old", "mine"),
            ("old", "new", "old", "new"),
            ("old", "", "old", "old"),
            ("mine", "mine", "old", "mine"),
        ],
    )
    def test_whose_word_counts(self, mine: str, theirs: str, before: str | None, kept: str) -> None:
        """The source's where there was none, or where only it has changed; else ours."""
        seen = None if before is None else {"city": before}
        assert merged(person(city=mine), person(city=theirs), seen).city == kept

    def test_the_first_meeting_of_two_notes(self) -> None:
        """Two notes are kept below each other the first time; one that is within the other, once."""
        assert merged(person(note="a"), person(note="b")).note == "a\n\nb"
        assert merged(person(note="a and b"), person(note="b")).note == "a and b"
        assert merged(person(note="a"), person(note="b"), {"note": "c"}).note == "a"

    def test_days(self) -> None:
        """A day is compared as it was written down."""
        first, second = person(met_on=day("2024-04-01")), person(met_on=day("2025-04-01"))
        assert merged(first, second).met_on == day("2024-04-01")
        assert merged(first, second, said_by(first)).met_on == day("2025-04-01")

    def test_what_is_the_users_alone(self) -> None:
        """No source has a say in rhythm, or in who introduced you."""
        mine = person(cadence=30, introduced_by=1)
        assert merged(mine, person(cadence=7, introduced_by=2)) == mine


class TestLists:
    """Addresses, tags, dates and the other fields that hold many values."""

    def test_joined(self) -> None:
        """New ones come after those that are there; the same ones, however written, come once."""
        mine = person(
            points=(ContactPoint("email", "A@x.example", "work"),),
            tags=("Sky",),
            nicknames=("Ama",),
            wants=("tea",),
        )
        theirs = person(
            points=(
                ContactPoint("email", "a@X.example"),
                ContactPoint("phone", "+1 2"),
                ContactPoint("phone", "+12"),
            ),
            tags=("sky", "sea"),
            nicknames=("AMA",),
            wants=("cake",),
        )
        both = merged(mine, theirs)
        assert both.points == (ContactPoint("email", "A@x.example", "work"), ContactPoint("phone", "+1 2"))
        assert (both.tags, both.nicknames, both.wants) == (("Sky", "sea"), ("Ama",), ("tea", "cake"))

    def test_what_was_said_before(self) -> None:
        """What is missing here though it was said before was removed; an older record holds no lists."""
        theirs = person(tags=("Sky", "sea"), wants=("tea",))
        said = said_by(person(tags=("sky",)))
        assert merged(person(), theirs, said) == person(tags=("sea",), wants=("tea",))
        assert merged(person(), theirs, {"city": "Bonn"}) == theirs

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (("phone", "+49 (89) 12-3"), ("phone", "+49 89 123")),
            (("url", "HTTPS://www.x.example/"), ("url", "http://x.example")),
            (("email", " A@X.example"), ("email", "a@x.example")),
            (("phone", "call Hank"), ("phone", "CALL HANK")),
        ],
    )
    def test_the_same_point(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Two ways of writing one address or number."""
        assert point_key(ContactPoint(*one)) == point_key(ContactPoint(*other))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (("phone", "123"), ("handle", "123")),
            (("email", "a@x.example"), ("email", "b@x.example")),
            (("url", "x.example/a"), ("url", "x.example/b")),
        ],
    )
    def test_not_the_same_point(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Two things that only look alike."""
        assert point_key(ContactPoint(*one)) != point_key(ContactPoint(*other))


profiles = st.builds(
    person,
    st.sampled_from(["Amara", "Bela"]),
    city=st.sampled_from(["", "Bonn", "Bath"]),
    note=st.sampled_from(["", "a", "b"]),
    tags=st.lists(st.sampled_from(["x", "X", "y"]), max_size=3).map(tuple),
    wants=st.lists(st.sampled_from(["tea", "cake"]), max_size=2).map(tuple),
)


class TestLaws:
    """What holds for any two profiles."""

    @given(profiles, profiles)
    def test_hearing_the_same_again(self, mine: Profile, theirs: Profile) -> None:
        """What was heard once brings nothing the second time."""
        once = merged(mine, theirs)
        assert merged(once, theirs, said_by(theirs)) == once

    @given(profiles)
    def test_with_oneself(self, mine: Profile) -> None:
        """Someone merged with themselves, or with nothing, stays as they are."""
        assert merged(mine, mine) == mine
        assert merged(mine, Profile()) == mine

    @given(profiles, profiles)
    def test_canonical(self, one: Profile, other: Profile) -> None:
        """Two profiles that say the same have one canonical form, and others have others."""
        assert (canonical(one) == canonical(other)) == (one == other)

    def test_canonical_leaves_out_what_is_not_said(self) -> None:
        """So that a field thought of later does not make every record look changed."""
        assert canonical(person("Amara")) == "[('name', 'Amara')]"

    def test_canonical_stays_as_it_is(self) -> None:
        """Digests of it are in people's files: another form would make every record look changed."""
        said = (
            "[('name', 'Amara'), ('points', [[('kind', 'email'), ('label', ''), ('value', 'a@x.example')]])]"
        )
        assert canonical(person("Amara", email="a@x.example")) == said


class TestNewJobs:
    """What a source tells of a new job."""

    @pytest.mark.parametrize(
        ("then", "mine", "now", "words"),
        [
            (("Recruiter", "Fjord"), None, ("Head of Talent", "Acme"), "Head of Talent at Acme"),
            (("Recruiter", "Fjord"), None, ("Head of Talent", "Fjord"), "Head of Talent at Fjord"),
            (("Recruiter", "Fjord"), None, ("Recruiter", "Acme"), "Recruiter at Acme"),
            (("Recruiter", ""), None, ("Head of Talent", ""), "Head of Talent"),
            (("Recruiter", "Fjord"), None, ("recruiter", " FJORD "), None),
            (("Recruiter", "Fjord"), None, ("", ""), None),
            (("", "Fjord"), None, ("Recruiter", "Fjord"), None),
            (("Recruiter", "Fjord"), ("Head of Talent", "Acme"), ("Head of Talent", "Acme"), None),
            (("Recruiter", "Fjord"), ("head of talent", "acme"), ("Head of Talent", "Acme"), None),
            (("Recruiter", "Fjord"), ("Sabbatical", "Fjord"), ("Head of Talent", "Fjord"), None),
        ],
    )
    def test_examples(
        self,
        then: tuple[str, str],
        mine: tuple[str, str] | None,
        now: tuple[str, str],
        words: str | None,
    ) -> None:
        """Another title or organisation than it said before; not what the user knew or holds otherwise."""
        seen, news = (person(title=title, organisation=place) for title, place in (then, now))
        title, place = mine or then
        before = person(title=title, organisation=place)
        after = merged(before, news, said_by(seen))
        job = job_change(before, after, news, said_by(seen))
        assert (job and job.after) == words
        if job:
            assert job.words == f"New job: {words} (before: {job.before})"
