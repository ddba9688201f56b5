"""``netcrm spark``."""

import hashlib
import io
import json
from pathlib import Path

import pytest

from netcrm.domain.groups import GroupDraft
from netcrm.domain.sparks import SPARK_KINDS, SparkDraft
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, added, only, person

LINE = "job: SRE lead at Acme, Berlin #kubernetes https://acme.example/7 until 4 Dec"


@pytest.fixture
def people(book: Store) -> list[int]:
    """Two people whom the line would interest, and others whom it would not."""
    for number in range(12):
        added(book, person(f"Somebody {number}", title="Baker"))
    return [
        added(book, person("Grace Adeyemi", wants=("an SRE role",), tags=("kubernetes",))),
        added(
            book, person("Fatou Diop", organisation="Acme", wants=("an SRE lead for kubernetes in Berlin",))
        ),
        added(book, person("Don Orlando", title="Baker")),
    ]


class TestJson:
    """What scripts read."""

    def test_exactly(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """The matches, best first, with the words and where each was found."""
        ended = netcrm(
            "spark", "--json", "--dry-run", "--kind", "opening", "-", stdin=b"SRE #kubernetes at Acme"
        )
        assert ended.code == 0
        assert list(ended.json) == ["spark", "matches", "groups"]
        assert ended.json["spark"] == {
            "kind": "opening",
            "title": "SRE kubernetes at Acme",
            "link": "",
            "until": None,
        }
        first, second = ended.json["matches"]
        assert (first["name"], first["id"]) == ("Grace Adeyemi", people[0])
        assert {"word": "sre", "where": "want"} in first["because"]
        assert {"word": "kubernetes", "where": "tag"} in first["because"]
        assert 1 > first["fit"] > second["fit"] > 0
        assert {"word": "kubernetes", "where": "want"} in second["because"]

    def test_works_there(self, netcrm: Netcrm, people: list[int]) -> None:
        """Who works at the firm is told apart."""
        matches = netcrm("spark", "--json", "--dry-run", LINE).json["matches"]
        assert {match["name"]: match["works_there"] for match in matches} == {
            "Grace Adeyemi": False,
            "Fatou Diop": True,
        }

    def test_nobody(self, netcrm: Netcrm, people: list[int]) -> None:
        """An empty list, not an error."""
        assert netcrm("spark", "--json", "--dry-run", "zzyzx").json["matches"] == []

    def test_all_that_are_found(self, netcrm: Netcrm, book: Store) -> None:
        """As many as there are, unless one asks for fewer."""
        for number in range(15):
            added(book, person(f"Person {number}", tags=("moons",)))
        for number in range(80):
            added(book, person(f"Other {number}"))
        assert len(netcrm("spark", "--json", "--dry-run", "moons").json["matches"]) == 15
        assert len(netcrm("spark", "--json", "--dry-run", "--limit", "3", "moons").json["matches"]) == 3
        assert len(netcrm("spark", "--dry-run", "moons").rows) == 10

    def test_saved(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """Without a dry run: what was kept and queued as well."""
        said = netcrm("spark", "--json", "--to", "grace", LINE).json
        assert said["id"] == book.sparks.all()[0].id
        (queued,) = said["queued"]
        assert (queued["person"], queued["id"]) == (people[0], book.gives.queue(TODAY)[0].id)
        assert said["saved"] == "queued for Grace Adeyemi: “SRE lead at Acme, Berlin”"
        assert said["spark"] == {
            "kind": "opening",
            "title": "SRE lead at Acme, Berlin",
            "link": "https://acme.example/7",
            "until": "2026-12-04",
        }


class TestKeeping:
    """What is written, and what is not."""

    def test_kept(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """A spark is kept with all that was understood of it."""
        ended = netcrm("spark", *LINE.split())
        assert ended.code == 0
        assert ended.rows[0][:2] == ["Grace Adeyemi", "5"]
        assert ended.rows[0][2].startswith("because wants “an SRE role”")
        (spark,) = book.sparks.all()
        assert (spark.kind, spark.title) == ("opening", "SRE lead at Acme, Berlin")
        assert (spark.link, spark.until) == ("https://acme.example/7", TODAY.replace(month=12, day=4))

    def test_a_dry_run_writes_nothing(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """Not a byte of the file changes, not even with somebody to pass it on to."""
        path = book.path
        book.close()
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        assert netcrm("spark", "--dry-run", "--to", "Grace", LINE).code == 0
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before

    def test_to(self, netcrm: Netcrm, seen: Netcrm, book: Store, people: list[int]) -> None:
        """Gives are queued in the spark's words, in one act of their own: taken back, the spark stays."""
        said = seen("spark", "--to", "Grace", "--to", str(people[2]), LINE)
        assert "Queued for Grace Adeyemi and Don Orlando: “SRE lead" in said.out
        queue = {give.whom.name: give for give in book.gives.queue(TODAY)}
        words = "Tell Grace of the opening: SRE lead at Acme, Berlin"
        assert queue["Grace Adeyemi"].words == words
        assert f"{queue['Grace Adeyemi'].id}\x1b[0m  {words}" in said.out
        assert queue["Grace Adeyemi"].why.startswith("because wants")
        assert queue["Don Orlando"].why == ""
        assert netcrm("undo").code == 0
        assert book.sparks.all() and not book.gives.queue(TODAY)
        assert netcrm("undo").code == 0
        assert not book.sparks.all()

    def test_never_twice(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """The same again is the same spark, and whoever has it is not suggested."""
        netcrm("spark", "--to", "Grace", LINE)
        again = netcrm("spark", LINE)
        assert [row[0] for row in again.rows] == ["Fatou Diop"]
        assert len(book.sparks.all()) == 1

    def test_somebody_unknown(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """For a name of nobody nothing is done."""
        ended = netcrm("spark", "--to", "Zebedee", LINE)
        assert (ended.code, ended.out) == (1, "")
        assert "Nobody is called “Zebedee”" in ended.err
        assert not book.sparks.all()


class TestGroups:
    """In which groups it would be welcome."""

    @pytest.fixture
    def group(self, book: Store, people: list[int]) -> int:
        """A group that talks of it."""
        draft = GroupDraft(name="Outage Supper", kind="meetup", topics=("kubernetes", "soup"))
        return only(book.groups.found(draft).groups)

    def test_json(self, netcrm: Netcrm, group: int) -> None:
        """They stand beside the matches, with the words."""
        (found,) = netcrm("spark", "--json", "--dry-run", LINE).json["groups"]
        assert (found["name"], found["id"]) == ("Outage Supper", group)
        assert 0 < found["fit"] < 1
        assert {"word": "kubernetes", "where": "tag"} in found["because"]

    def test_to(self, netcrm: Netcrm, seen: Netcrm, book: Store, group: int) -> None:
        """By its name, accents and case aside; then it is suggested no more."""
        assert "because talks of kubernetes" in seen("spark", "--dry-run", LINE).out
        said = netcrm("spark", "--json", "--to", "outage supper", "--to", "grace", LINE).json
        assert said["queued"][0]["group"] == group and said["queued"][0]["person"] is None
        give = next(give for give in book.gives.queue(TODAY) if give.group)
        assert give.words == "Post the opening in Outage Supper: SRE lead at Acme, Berlin"
        assert (give.kind, give.why) == ("opening", "because talks of kubernetes")
        assert netcrm("spark", "--json", LINE).json["groups"] == []

    def test_a_person_of_that_name(self, netcrm: Netcrm, book: Store, group: int) -> None:
        """Goes before the group."""
        added(book, "Outage Supper")
        said = netcrm("spark", "--json", "--to", "Outage Supper", LINE).json
        assert said["queued"][0]["group"] is None


class TestText:
    """Where the text comes from."""

    def test_a_file(self, netcrm: Netcrm, book: Store, tmp_path: Path) -> None:
        """The path of a file is read; what is no UTF-8 in it is replaced, control characters go."""
        (tmp_path / "page.txt").write_bytes(b"\xef\xbb\xbfMoons\n\xff and \x1b[2Jrain")
        assert netcrm("spark", "page.txt").code == 0
        (spark,) = book.sparks.all()
        assert spark.title == "Moons"
        assert spark.text == "Moons\n\ufffd and [2Jrain"

    def test_a_big_file(self, netcrm: Netcrm, book: Store, tmp_path: Path) -> None:
        """Of a file that never ends only the first part is read."""
        (tmp_path / "page.txt").write_bytes(b"moons and rain\n" * 100_000)
        assert netcrm("spark", "page.txt").code == 0
        assert len(book.sparks.all()[0].text) <= 200_000

    def test_words_that_are_no_file(self, netcrm: Netcrm, book: Store) -> None:
        """A folder, or a text longer than any path, is only words."""
        for text in (".", "moons " * 2000, "a/b: c"):
            assert netcrm("spark", text).code == 0
        assert len(book.sparks.all()) == 3

    @pytest.mark.parametrize("said", ["opening.txt", "/nowhere/at/all", "../page", "~/page.md"])
    def test_a_file_that_is_not_there(self, netcrm: Netcrm, book: Store, said: str) -> None:
        """A path that was mistyped was kept, as a spark of that title."""
        ended = netcrm("spark", said)
        assert ended.code == 1 and f"no file {said}" in ended.err
        assert not book.sparks.all()

    @pytest.mark.parametrize("said", ["", " \n", "job: ", "\x00"])
    def test_nothing(self, netcrm: Netcrm, book: Store, said: str) -> None:
        """There is nothing in nothing."""
        ended = netcrm("spark", "-", stdin=said.encode())
        assert ended.code == 1 and "nothing in it" in ended.err
        assert not book.sparks.all()

    def test_a_wrong_kind(self, netcrm: Netcrm, book: Store) -> None:
        """Is wrongly asked, and the kinds are listed."""
        ended = netcrm("spark", "--kind", "poem", "moons")
        assert ended.code == 2
        assert all(kind in ended.err for kind in SPARK_KINDS)

    def test_no_file_yet(self, netcrm: Netcrm) -> None:
        """Without a book nobody can be found."""
        ended = netcrm("spark", "moons")
        assert ended.code == 1 and "no file" in ended.err


class TestListing:
    """Without a text."""

    def test_columns(self, netcrm: Netcrm, book: Store, people: list[int]) -> None:
        """The newest first: title, kind, until, how many got it, id."""
        book.sparks.keep(SparkDraft(kind="delight", title="An owl"))
        book._connection.execute("UPDATE sparks SET created = '2026-11-21T09:00:00.000+00:00'")
        netcrm("spark", "--to", "Grace", LINE)
        assert netcrm("spark").rows == [
            ["SRE lead at Acme, Berlin", "opening", "2026-12-04", "1", "2"],
            ["An owl", "delight", "", "0", "1"],
        ]

    def test_json(self, netcrm: Netcrm, book: Store) -> None:
        """Everything of each."""
        book.sparks.keep(SparkDraft(kind="event", title="Comet", until=TODAY.replace(day=1)))
        (spark,) = netcrm("spark", "--json").json["sparks"]
        assert (spark["title"], spark["until"], spark["expired"], spark["got"]) == (
            "Comet",
            "2026-11-01",
            True,
            0,
        )

    def test_seen(self, seen: Netcrm, book: Store) -> None:
        """On a terminal with what a person wants to know; of none, how to keep one."""
        assert "Nothing is kept yet" in seen("spark").out
        book.sparks.keep(SparkDraft(kind="event", title="Comet", until=TODAY.replace(day=1)))
        assert "was of use until 1 Nov" in seen("spark").out

    def test_to_nothing(self, netcrm: Netcrm, book: Store) -> None:
        """A name without a text is wrongly asked."""
        assert netcrm("spark", "--to", "Grace").code == 2


class TestSynonyms:
    """The user's own list."""

    def test_made_once(self, netcrm: Netcrm, book: Store, tmp_path: Path) -> None:
        """Its path is printed; it is made with an example, and never written over."""
        path = Path(netcrm("spark", "--synonyms").out.strip())
        assert path == tmp_path / "synonyms.txt"
        assert all(not line or line.startswith("#") for line in path.read_text("utf-8").splitlines())
        path.write_text("zymurgy = brewing\n", "utf-8")
        assert netcrm("spark", "--synonyms").code == 0
        added(book, person("Hank", tags=("brewing",)))
        matches = netcrm("spark", "--json", "--dry-run", "zymurgy").json["matches"]
        assert [match["name"] for match in matches] == ["Hank"]


class TestSeen:
    """On a terminal."""

    def test_lines(self, seen: Netcrm, people: list[int]) -> None:
        """Title, then a line each with the gauge and why, then what was done."""
        lines = seen("spark", LINE).out.splitlines()
        assert "SRE lead at Acme" in lines[0] and "until 4 Dec" in lines[0]
        assert "Grace Adeyemi" in lines[2] and "▰▰▰▰▰" in lines[2] and "because wants" in lines[2]
        assert lines[-1].startswith("Kept “SRE lead")
        assert "dry run" in seen("spark", "--dry-run", LINE).out

    def test_hostile(self, seen: Netcrm, netcrm: Netcrm, book: Store) -> None:
        """Nothing in the book or the text reaches the terminal as a command."""
        bad = "moons \x1b]52;c;x\x07 \u202e"
        added(book, person(f"Eve {bad}", wants=(bad,)))
        for out in (seen("spark", bad).out, netcrm("spark", "--json", bad).out, seen("spark").out):
            assert "\x1b]52" not in out and "\u202e" not in out


def test_json_is_one_value(netcrm: Netcrm, people: list[int]) -> None:
    """Nothing else is printed with it."""
    json.load(io.StringIO(netcrm("spark", "--json", LINE).out))
