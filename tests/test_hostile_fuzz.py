"""Whatever is typed or set: a refusal in a sentence or none, text kept as it was, drawn clean, in time.

``pytest -m long tests/test_hostile_fuzz.py`` tries a hundred times as much.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from netcrm.config import ConfigError, read
from netcrm.domain.groupline import read_group_line
from netcrm.domain.logline import understand
from netcrm.domain.people import Further, Profile
from netcrm.domain.query import parse
from netcrm.domain.rhythmline import read_away, read_rhythm
from netcrm.domain.sparktext import read_spark, written
from netcrm.domain.text import fold, plain, words
from netcrm.domain.wants import read_wants
from netcrm.store import Store
from netcrm.store.write import whole
from netcrm.ui.ink import Part, cut, fit, part, spread, width_of, wrap
from netcrm.ui.safety import _gated, typed
from netcrm.ui.screens.form_rows import Field, Row
from tests.hostility import HARMLESS, MARKUP, SEQUENCES, unclean
from tests.world import TODAY, a_store, entry, only

_PIECES = (
    *(*MARKUP, *SEQUENCES, HARMLESS, "\ud800", "\x00", '"', "*", "AND", "NEAR(", "name:", "-", "'", "\\"),
    *("tag:", "since:", "kind:", "#x", "@Ana", "tomorrow", "every", "9" * 400, "31 Feb", "_Caf\xe9_", "**"),
    *(
        "wants",
        "offers:",
        "weekly",
        "until",
        "https://x.example/",
        "javascript:x",
        "(",
        "Ana",
        "\n",
        "\t",
        ",",
    ),
)

HOSTILE = st.one_of(
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), max_size=8).map(" ".join),
    st.text(st.characters(), max_size=60),
    st.builds(lambda piece, times: piece * times, st.sampled_from(_PIECES), st.integers(1, 300)),
)
"""Texts that look as if they meant something, and some that mean nothing."""

_CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
quick = settings(max_examples=25, deadline=None, suppress_health_check=_CALM)
thorough = settings(max_examples=2500, deadline=None, suppress_health_check=_CALM)

READERS: dict[str, Callable[[Store, str], object]] = {
    "a log line": lambda store, text: understand(text, today=TODAY, book=store.people),
    "a note of one's own": lambda store, text: understand(text, today=TODAY, book=store.people, journal=True),
    "a search": lambda store, text: store.search.people(parse(text), 50, today=TODAY),
    "a search of everything": lambda store, text: list(store.everything.entries(parse(text), today=TODAY)),
    "a spark": lambda store, text: written(read_spark(text, TODAY)),
    "a want": lambda store, text: read_wants(text),
    "a rhythm": lambda store, text: read_rhythm(text),
    "a sabbatical": lambda store, text: read_away(text, TODAY),
    "a group": lambda store, text: read_group_line(text, TODAY),
    "a name": lambda store, text: store.people.named(fold(text)),
}
"""What reads what is typed."""

LONGEST: dict[str, float] = {}
"""The most seconds of the processor that reading one text took."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A book with a few people in it."""
    with a_store(tmp_path_factory.mktemp("fuzz")) as store:
        for name in ("Ana Silva", "Ana Vale", "Bob [/] \x1b[2J"):
            person = only(store.people.add(Profile(name=name, wants=("a designer",))).people)
            store.timeline.log(entry(person, text="coffee"))
        yield store


def is_read(store: Store, what: str, text: str) -> None:
    """Read a text, and see that nothing but a sentence comes out, soon.

    What it takes is the processor's time, so that nothing else that runs here has a say.
    """
    begun = time.process_time()
    try:
        READERS[what](store, text)
    except ValueError as error:
        assert type(error) is ValueError, repr(error)
        assert str(error).rstrip().endswith((".", "?", "!")), str(error)
    taken = time.process_time() - begun
    assert taken < 2, text
    LONGEST[what] = max(LONGEST.get(what, 0.0), taken)


def comes_back(store: Store, text: str) -> None:
    """Keep a text in many a field, and see that it comes back as it was, but for lone surrogates."""
    profile = Profile(
        name=f"N{text}", organisation=text, city=text, note=text, further=(Further(f"X{text}", text),)
    )
    person = only(store.people.add(profile).people)
    kept = store.people.get(person)
    assert kept is not None
    assert kept.profile.name == " ".join(whole(f"N{text}").split())
    for field in ("organisation", "city", "note"):
        assert getattr(kept.profile, field) == whole(getattr(profile, field))
    assert kept.profile.further == (Further(whole(f"X{text}"), whole(text)),)
    logged = only(store.timeline.log(entry(person, text=text, place=text)).interactions)
    (found,) = store.timeline.of(person)
    assert (found.id, found.text, found.place) == (logged, whole(text), whole(text))
    store.history.undo()
    store.history.undo()


def is_drawn(text: str, width: int) -> None:
    """Draw a text in every way there is, and see that it is clean and no wider than its room."""
    for drawn in (plain(text), part(text).text, _gated(text)):
        assert unclean(drawn) == []
    assert plain(plain(text)) == plain(text)
    assert cell_len(_gated(text)) == cell_len(text)
    assert not any(c in typed(text) for c in "\x1b\x9b\u202e\x07\n\r")
    one = [part(text), Part(" "), part(text, "dim")]
    for line in (*wrap(one, width), cut(one, width), spread(one, [part(text)], width)):
        assert width_of(line) <= max(width, 2)
    assert cell_len(fit(plain(text), width)) <= width
    assert wrap(one, width, 2) == wrap(one, width)[:2]


class TestTyped:
    """What is typed is understood, or refused in a sentence."""

    @pytest.mark.parametrize("what", READERS)
    def test_read(self, what: str, book: Store) -> None:
        """Whatever the text."""
        quick(given(HOSTILE)(lambda text: is_read(book, what, text)))()

    @pytest.mark.long
    @pytest.mark.parametrize("what", READERS)
    def test_read_thoroughly(self, what: str, book: Store) -> None:
        """The same, a hundred times as much."""
        thorough(given(HOSTILE)(lambda text: is_read(book, what, text)))()
        sys.stdout.write(f"{what}: {LONGEST[what]:.3f} s of the processor at the most\n")


class TestKept:
    """What is stored stays as it was."""

    def test_comes_back(self, book: Store) -> None:
        """Whatever the text."""
        quick(given(HOSTILE)(lambda text: comes_back(book, text)))()

    @pytest.mark.long
    def test_comes_back_thoroughly(self, book: Store) -> None:
        """The same, a hundred times as much."""
        thorough(given(HOSTILE)(lambda text: comes_back(book, text)))()

    def test_too_long_for_a_form(self) -> None:
        """Of 2 MB a form shows the beginning; the rest is neither lost nor changed by editing it."""
        note = "line\n" * 400_000
        row = Row(Field(name="note", label="Notes", shown=note, lines=True))
        assert row.text == note
        assert not row.changed


class TestDrawn:
    """What is drawn is clean, and as wide as it says."""

    def test_drawn(self) -> None:
        """Whatever the text and the width."""
        quick(given(HOSTILE, st.integers(1, 90))(is_drawn))()

    @pytest.mark.long
    def test_drawn_thoroughly(self) -> None:
        """The same, a hundred times as much."""
        thorough(given(HOSTILE, st.integers(1, 90))(is_drawn))()

    @pytest.mark.parametrize("piece", ["x", "é \n", "李", "\x1b[2J", "a\u0301"])
    def test_in_time(self, piece: str) -> None:
        """Of 2 MB the beginning is drawn, soon; all of it can be found."""
        text = piece * (2_000_000 // len(piece))
        begun = time.process_time()
        assert 0 < len(wrap([part(text)], 40)) < 1500
        assert time.process_time() - begun < 2
        assert words(text)


def is_a_setting(folder: Path, text: str) -> None:
    """Read a text as config.toml: settings, or a sentence."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        read(file)
    except ConfigError as error:
        assert str(error).endswith(".")


CONFIG = st.one_of(
    HOSTILE,
    st.builds(
        lambda section, name, value: f"[{section}]\n{json.dumps(name)} = {value}\n",
        st.sampled_from(["giving", "fills", "notice", "keys", "x"]),
        st.one_of(st.sampled_from(["room", "share", "undo", "birthday", "occasions"]), st.text(max_size=8)),
        st.one_of(st.integers().map(str), st.text(max_size=8).map(json.dumps), st.just("[[1], {}]"), HOSTILE),
    ),
)


class TestConfig:
    """config.toml."""

    def test_config(self, tmp_path: Path) -> None:
        """Whatever stands in it."""
        quick(given(CONFIG)(lambda text: is_a_setting(tmp_path, text)))()

    @pytest.mark.long
    def test_config_thoroughly(self, tmp_path: Path) -> None:
        """The same, a hundred times as much."""
        thorough(given(CONFIG)(lambda text: is_a_setting(tmp_path, text)))()
