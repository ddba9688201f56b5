"""Search: every field is found, as one types, and nothing typed is an error."""

import string
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netcrm.domain.occasions import Occasion
from netcrm.domain.people import ContactPoint, Further, Profile, Relation
from netcrm.domain.query import Query, parse
from netcrm.store import Store
from tests.ciphered import UNSEEN
from tests.world import a_store, added, day, dump, dump_remade, entry, logged, names, person

SYNTAX = (
    '"',
    "'",
    "*",
    "(",
    ")",
    ":",
    "-",
    "+",
    "^",
    "#",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "tag:",
    "city:",
    "since:",
    "with:",
)
"""Pieces of the search's own syntax, and of FTS5's."""


def found(store: Store, typed: str) -> list[str]:
    """The names that a search finds, in its order."""
    return names(store, store.search.people(parse(typed)))


OF_THE_SEARCH = str.maketrans(':#"', "   ")
"""What means something in a search, turned to spaces."""

DEEDS = ("add", "edit", "tag", "log", "remove", "archive", "undo", "redo")
"""What a run of acts is made of."""

FIELDS: dict[str, Any] = {
    "name": "Zebedee",
    "given": "Wilhelmina",
    "additional": "Xanthippe",
    "family": "Featherstonehaugh",
    "prefix": "Prof.",
    "suffix": "Esq.",
    "nicknames": ("Quill", 'The "Badger"\n\\u0041'),
    "sort": "Aardvark",
    "organisation": "Northwind Traders",
    "title": "Lighthouse keeper",
    "city": "Reykjavík",
    "note": "Breeds alpacas",
    "met": "Under a viaduct",
    "met_on": day("1987-03-14"),
    "points": (
        ContactPoint("email", "zeb@lantern.example", "private"),
        ContactPoint("phone", "+354 555 0199", "mobile"),
        ContactPoint("url", "https://beacons.example/fresnel"),
        ContactPoint("handle", "@fogbell", "mastodon"),
        ContactPoint("address", "12 Harbour Steps", "cottage"),
    ),
    "tags": ("old friends",),
    "relations": (Relation("godmother", "Perpetua"),),
    "occasions": (Occasion(kind="graduation", label="finishes school", whose="nephew Ulf", month=6, day=1),),
    "wants": ("a brass sextant",),
    "offers": ("sailing charts",),
    "further": (Further("X-SHOE-SIZE", "X-SHOE-SIZE:fortyseven"),),
}
"""A value for each field of a person that says anything in words."""

WORDS_OF_FIELDS = [
    *(
        "zebedee",
        "wilhelmina",
        "xanthippe",
        "featherstonehaugh",
        "prof",
        "esq",
        "quill",
        "badger",
        "aardvark",
    ),
    *("northwind traders", "lighthouse", "reykjavik", "alpacas", "viaduct", "1987", "zeb@lantern.example"),
    *("private", "354 555", "0199", "mobile", "fresnel", "@fogbell", "mastodon", "12 harbour", "cottage"),
    *("old friends", "godmother", "perpetua", "graduation", "finishes", "nephew", "ulf", "sextant", "charts"),
    *("shoe", "fortyseven"),
]


class TestEveryField:
    """Whatever is known of someone finds them."""

    @pytest.fixture(scope="class")
    def book(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
        """A store with one person who has every field, and others who have none of it."""
        with a_store(tmp_path_factory.mktemp("fields")) as store:
            added(store, person("Somebody Else", note="Nothing of note"))
            zebedee = added(store, person(**FIELDS))
            store.timeline.log(
                entry(zebedee, text="Mended the foghorn", place="Pier Nine", tags=("brasswork",), kind="met")
            )
            yield store

    @pytest.mark.parametrize("typed", WORDS_OF_FIELDS)
    def test_of_a_person(self, book: Store, typed: str) -> None:
        """A word of any field finds the one person who has it."""
        assert found(book, typed) == ["Zebedee"]

    @pytest.mark.parametrize("typed", ["foghorn", "pier nine", "brasswork"])
    def test_of_the_timeline(self, book: Store, typed: str) -> None:
        """Text, place and tags of what happened find those who were there."""
        assert found(book, typed) == ["Zebedee"]

    def test_no_field_is_forgotten(self) -> None:
        """Every field of a profile is tried here, but for those that are numbers of days and links."""
        assert set(Profile.__dataclass_fields__) - set(FIELDS) == {"cadence", "introduced_by"}

    def test_a_photograph_is_no_text(self, store: Store) -> None:
        """The base64 of a picture finds nobody."""
        added(store, person("Zebedee", further=(Further("PHOTO", "PHOTO:" + "QUJD " * 1000),)))
        assert found(store, "qujd") == []


class TestAsOneTypes:
    """What is typed is met half-way."""

    @pytest.fixture
    def book(self, store: Store) -> Store:
        """People whose names are written in many ways."""
        for name in (
            "Bela Kovács",
            "Søren Holm",
            "李雨桐",
            "Ólafur Jónsson",
            "Małgorzata Zielińska",
            "İpek Işık",
            "ジャン・ポール",
        ):
            added(store, name)
        added(store, person("Ana Straße", note="ﬁne ＦＵＬＬ width"))
        added(store, person("Nguyễn Thu Hà", organisation="株式会社カメラ"))
        return store

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("kovacs", "Bela Kovács"),
            ("KOVÁCS", "Bela Kovács"),
            ("Kova\u0301cs", "Bela Kovács"),
            ("soren", "Søren Holm"),
            ("SØREN", "Søren Holm"),
            ("olafur jonsson", "Ólafur Jónsson"),
            ("malgorzata", "Małgorzata Zielińska"),
            ("ipek", "İpek Işık"),
            ("isik", "İpek Işık"),
            ("strasse", "Ana Straße"),
            ("fine full", "Ana Straße"),
            ("nguyen ha", "Nguyễn Thu Hà"),
        ],
    )
    def test_accents_and_case(self, book: Store, typed: str, name: str) -> None:
        """Neither accents nor case matter, nor how Unicode spells them."""
        assert found(book, typed) == [name]

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("李", "李雨桐"),
            ("雨", "李雨桐"),
            ("李雨桐", "李雨桐"),
            ("会社", "Nguyễn Thu Hà"),
            ("カメ", "Nguyễn Thu Hà"),
            ("ジャン・ポール", "ジャン・ポール"),
            ("「雨」、李。", "李雨桐"),
        ],
    )
    def test_without_spaces(self, book: Store, typed: str, name: str) -> None:
        """Where a script sets no spaces, every character is a word."""
        assert found(book, typed) == [name]

    def test_every_prefix(self, store: Store) -> None:
        """Each letter typed goes on finding whom the whole word finds, in fields and in the timeline."""
        amara = added(store, person("Amara Okafor", organisation="Observatory"))
        logged(store, amara, text="Spectroscopy")
        for word in ("amara", "okafor", "observatory", "spectroscopy"):
            for end in range(1 if word in "amara okafor" else 2, len(word) + 1):
                assert found(store, word[:end]) == ["Amara Okafor"], word[:end]

    def test_a_single_letter_is_a_name(self, store: Store) -> None:
        """One letter looks at names only: every letter begins some word in everybody's notes."""
        added(store, person("Amara", note="bees"))
        added(store, "Bela")
        assert found(store, "b") == ["Bela"]

    def test_a_single_letter_beside_others(self, store: Store) -> None:
        """Beside other words one letter may be a word of its own, anywhere."""
        added(store, person("Amara", note="sells vitamin C"))
        added(store, person("Vitamin Camus"))
        added(store, person("Bela", note="vitamin D cures all"))
        assert found(store, "vitamin c") == ["Vitamin Camus", "Amara"]

    def test_all_terms_have_to_hold(self, store: Store) -> None:
        """Words may come from different fields, in any order, but all have to be there."""
        amara = added(store, person("Amara Okafor", organisation="ESO", tags=("astronomy",)))
        added(store, person("Amara Diop", organisation="Kestrel"))
        logged(store, amara, text="Tea and comets")
        assert found(store, "amara") == ["Amara Diop", "Amara Okafor"]
        assert found(store, "eso amara") == ["Amara Okafor"]
        assert found(store, "comets astro amara") == ["Amara Okafor"]
        assert found(store, "comets kestrel") == []

    def test_names_come_first(self, store: Store) -> None:
        """Whose name is meant stands before whose note mentions it."""
        added(store, person("Aaron", note="friend of Grace"))
        added(store, "Grace Lindqvist")
        assert found(store, "grace") == ["Grace Lindqvist", "Aaron"]

    def test_nothing_typed(self, store: Store) -> None:
        """An empty search finds everybody, by name."""
        for name in ("Bela", "Amara"):
            added(store, name)
        assert found(store, "") == found(store, " \t ") == ["Amara", "Bela"]

    def test_limit(self, store: Store) -> None:
        """No more than asked for, the first of them."""
        for name in ("Bela", "Amara", "Christina"):
            added(store, name)
        assert names(store, store.search.people(Query(), limit=2)) == ["Amara", "Bela"]


class TestTerms:
    """``tag:``, ``city:`` and the others narrow what is found."""

    @pytest.fixture(scope="class")
    def book(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
        """A few people with something to tell them apart by."""
        with a_store(tmp_path_factory.mktemp("terms")) as store:
            amara = added(
                store,
                person("Amara", tags=("Deep Sky",), city="Garching bei München", wants=("rust tutors",)),
            )
            bela = added(
                store,
                person(
                    "Bela",
                    organisation="Acme",
                    title="Head of Talent",
                    city="Lisbon",
                    wants=("trust funds",),
                    offers=("rust lessons",),
                ),
            )
            cleo = added(store, person("Cleo", organisation="Talent Acme", tags=("sky",)))
            store.timeline.log(entry(amara, bela, days_ago=10, kind="call", text="Acme called"))
            store.timeline.log(entry(amara, days_ago=300, kind="met"))
            store.timeline.log(entry(cleo, days_ago=5, kind="met"))
            store.people.archive([added(store, "Dora")])
            yield store

    @pytest.mark.parametrize(
        ("typed", "who"),
        [
            ('tag:"deep sky"', ["Amara"]),
            ("#sky", ["Cleo"]),
            ("#deep", ["Amara"]),
            ("city:munchen", ["Amara"]),
            ("city:lis", ["Bela"]),
            ("org:acme", ["Bela", "Cleo"]),
            ("org:talent", ["Cleo"]),
            ("title:talent", ["Bela"]),
            ("title:head", ["Bela"]),
            ("want:rust", ["Amara"]),
            ("offer:rust", ["Bela"]),
            ("kind:call", ["Amara", "Bela"]),
            ("kind:me", ["Amara", "Cleo"]),
            ("kind:nonsense", ["Amara", "Bela", "Cleo"]),
            ("with:bela", ["Amara"]),
            ("with:amara kind:call", ["Bela"]),
            ("with:amara kind:met", []),
            ("since:2026-11", ["Amara", "Bela", "Cleo"]),
            ("since:2026-11-14", ["Cleo"]),
            ("until:2026-10", ["Amara"]),
            ("since:2026-02 until:2026-10", []),
            ("kind:met until:2026-10", ["Amara"]),
            ("is:archived", ["Dora"]),
            ("acme kind:call", ["Amara", "Bela"]),
            ("tag:sky org:acme kind:met", ["Cleo"]),
        ],
    )
    def test_term(self, book: Store, typed: str, who: list[str]) -> None:
        """Each term, and some together.

        Someone who wants trust was found by ``want:rust`` where they offer rust.
        """
        assert found(book, typed) == who

    def test_archived_people_are_away(self, book: Store) -> None:
        """Who was put away is found only when asked for."""
        assert found(book, "dora") == []
        assert found(book, "dora is:archived") == ["Dora"]


class TestHostileInput:
    """What is typed can be no syntax error, and reaches no SQL."""

    @pytest.fixture(scope="class")
    def book(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
        """A store with one person, who was there once."""
        with a_store(tmp_path_factory.mktemp("hostile")) as store:
            logged(store, added(store, person("Amara Okafor", note="AND near name")), text="or not")
            yield store

    @pytest.mark.parametrize(
        "typed",
        [
            *(
                '"',
                "'",
                '""',
                "*",
                "^",
                "-",
                "(",
                ")",
                "{",
                "}",
                "+",
                ":",
                ",",
                ".",
                "\\",
                "%",
                "_",
                "\0",
                "\ud800",
            ),
            *(
                "AND",
                "OR",
                "NOT",
                "NEAR(",
                "NEAR(a b, 3)",
                "name:",
                "name : a",
                "-name : a",
                "^a",
                "a*",
                'a"b',
            ),
            *(
                "'; DROP TABLE people; --",
                '" OR 1=1 --',
                "a AND",
                "tag:",
                'tag:"',
                "city:(",
                'org:"*"',
                "with:'",
            ),
            *(
                "want:%",
                "offer:_",
                "title:^",
                "since:",
                "since:x",
                "until:9999-99-99",
                "kind:*",
                "is:",
                "x:y",
            ),
            *(
                "https://x.example/?q=a:b",
                "🏳️‍🌈",
                "\u202eabc",
                "ﷺ",
                "a" * 10_000,
                "word " * 5000,
                "tag:a " * 3000,
            ),
            *('with:"' + "a " * 3000 + '"', "a\x00b", "𞤀𞤁", "①②", "Ⅷ", "ﬀ", "न्यू", "\u0345", "२०२६"),
        ],
    )
    def test_typed(self, book: Store, typed: str) -> None:
        """Operators, quotes, statements, page-long pastes and odd letters only find or find not."""
        found(book, typed)
        assert found(book, "amara") == ["Amara Okafor"]

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
    @given(st.text())
    def test_anything(self, book: Store, typed: str) -> None:
        """Whatever can be typed."""
        found(book, typed)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
    @given(st.lists(st.sampled_from([*SYNTAX, *string.ascii_lowercase[:4], " ", " "]), max_size=30))
    def test_anything_like_a_query(self, book: Store, typed: list[str]) -> None:
        """Whatever can be made of the pieces of our syntax and FTS5's."""
        found(book, "".join(typed))

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
    @given(st.text(st.characters(codec="utf-8", exclude_characters=UNSEEN), min_size=1))
    def test_whatever_is_written_is_found(self, book: Store, text: str) -> None:
        """A word that is stored, in any script, is found when it is typed the same way."""
        book.people.edit(1, person("Amara Okafor", note=f"{text} anchor"))
        assert found(book, f"anchor amara {text.translate(OF_THE_SEARCH)}") == ["Amara Okafor"]


class TestKeptRight:
    """What is found follows every change, and every change taken back."""

    def test_edits(self, store: Store) -> None:
        """What a field said is forgotten when it says something else, and found again after undo."""
        amara = added(store, person("Amara", note="comets"))
        store.people.edit(amara, person("Amara", note="galaxies"))
        assert found(store, "comets") == []
        assert found(store, "galaxies") == ["Amara"]
        store.history.undo()
        assert found(store, "comets") == ["Amara"]
        assert found(store, "galaxies") == []

    @pytest.mark.parametrize("field", FIELDS)
    def test_each_field_alone(self, store: Store, field: str) -> None:
        """A change of one field, with nothing else changed, is enough; so is its undoing."""
        amara = added(store, "Zebedee")
        store.people.edit(amara, person(**{"name": "Zebedee", field: FIELDS[field]}))
        assert dump(store) == dump_remade(store)
        store.history.undo()
        assert dump(store) == dump_remade(store)

    def test_timeline(self, store: Store) -> None:
        """So with what happened: edited, moved to another person, removed."""
        amara, bela = added(store, "Amara"), added(store, "Bela")
        tea = logged(store, amara, text="tea")
        store.timeline.edit(tea, entry(bela, text="cocoa"))
        assert (found(store, "tea"), found(store, "cocoa")) == ([], ["Bela"])
        store.timeline.remove(tea)
        assert found(store, "cocoa") == []
        store.history.undo()
        assert found(store, "cocoa") == ["Bela"]
        assert dump(store) == dump_remade(store)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
    @given(
        st.lists(
            st.sampled_from(["add", "edit", "tag", "log", "remove", "archive", "undo", "redo"]), max_size=12
        )
    )
    def test_any_history(self, tmp_path_factory: pytest.TempPathFactory, doing: list[str]) -> None:
        """After any run of acts, undos and redos, what is derived is as if it were made anew."""
        with a_store(tmp_path_factory.mktemp("any")) as store:
            first = added(store, person("Amara", tags=("sky",), note="comets"))
            for number, what in enumerate(doing):
                everyone = [*store.people.ids(), *store.people.ids(archived=True)]
                someone = everyone[number % len(everyone)] if everyone else first
                if what in ("undo", "redo"):
                    getattr(store.history, what)()
                elif what == "add" or not everyone:
                    added(store, person(f"Person {number}", tags=("new",)))
                elif what == "edit":
                    store.people.edit(someone, person(f"Edited {number}", wants=(f"want {number}",)))
                elif what == "tag":
                    store.people.tag([someone], add=[f"tag {number}"], remove=["new"])
                elif what == "log":
                    store.timeline.log(entry(*everyone, text=f"text {number}", days_ago=number))
                elif what == "remove":
                    for interaction in store.timeline.of(someone, limit=1):
                        store.timeline.remove(interaction.id)
                else:
                    store.people.archive([someone], archived=number % 2 == 0)
            assert dump(store) == dump_remade(store)
