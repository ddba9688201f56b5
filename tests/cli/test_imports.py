"""``netcrm import``."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm

TWO = """BEGIN:VCARD
VERSION:3.0
UID:one
FN:Grace Hopper
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:two
FN:Hank Morrow
END:VCARD
"""

BARE = "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"
"""A card that says nothing of anyone."""


def write(text: str, name: str = "people.vcf") -> str:
    """A file in the test's folder."""
    Path(name).write_text(text, encoding="utf-8")
    return name


class TestReport:
    """What it says."""

    def test_sentence(self, netcrm: Netcrm) -> None:
        """The counts, in a sentence."""
        ended = netcrm("import", write(TWO))
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == "Added 2, updated 0, same 0, skipped 0.\n"

    def test_twice(self, netcrm: Netcrm) -> None:
        """The same file again adds nothing."""
        netcrm("import", write(TWO))
        assert netcrm("import", "people.vcf").out == "Added 0, updated 0, same 2, skipped 0.\n"

    def test_updated(self, netcrm: Netcrm) -> None:
        """Who has something new is updated."""
        netcrm("import", write(TWO))
        assert netcrm(
            "import", write(TWO.replace("FN:Grace Hopper", "FN:Grace Hopper\nTITLE:Admiral"))
        ).out == ("Added 0, updated 1, same 1, skipped 0.\n")

    def test_json(self, netcrm: Netcrm) -> None:
        """One object, with the line of every record that was not taken."""
        ended = netcrm("import", write(TWO + BARE), "--json")
        assert ended.code == 0
        (problem,) = ended.json["problems"]
        assert problem["file"] == "people.vcf"
        assert problem["line"] == 11
        assert problem["why"].endswith(".")
        assert {name: ended.json[name] for name in ("added", "updated", "same", "skipped")} == {
            "added": 2,
            "updated": 0,
            "same": 0,
            "skipped": 1,
        }

    def test_skipped(self, netcrm: Netcrm) -> None:
        """Reasons are said once, with the first lines and how many more there are."""
        lines = netcrm("import", write(BARE * 8 + TWO)).out.splitlines()
        assert lines[0] == "Added 2, updated 0, same 0, skipped 8."
        assert len(lines) == 2
        assert lines[1].startswith("Skipped 8: ")
        assert lines[1].endswith("(lines 1, 4, 7, 10, 13 and 3 more)")

    def test_several_files(self, netcrm: Netcrm) -> None:
        """Several files are counted together, and their lines told apart."""
        ended = netcrm("import", write(TWO), write(BARE, "bare.vcf"), "people.vcf")
        assert ended.out.splitlines()[0] == "Added 2, updated 0, same 2, skipped 1."
        assert "(line bare.vcf:1)" in ended.out

    def test_hostile_reason(self, seen: Netcrm) -> None:
        """The name of a file does not reach the terminal raw."""
        write(BARE, "\x1b]0;x\x07.vcf")
        ended = seen("import", "\x1b]0;x\x07.vcf", write(BARE, "b.vcf"), "none\x1b[2J")
        assert "\x1b]" not in ended.out
        assert "\x1b" not in ended.err


HERE_TWICE = TWO.replace("FN:", "EMAIL:g@x.example\nFN:").replace("Hank Morrow", "G. Hopper")
"""Two cards with one mail address: the second may be the first."""


class TestHereTwice:
    """How many may now be in the book twice."""

    def test_is_said(self, netcrm: Netcrm) -> None:
        """After the counts, in one line that says what shows them; as many as ``netcrm merge`` lists."""
        ended = netcrm("import", write(HERE_TWICE))
        assert ended.out.splitlines()[1:] == ["1 may be here twice: netcrm merge shows them."]
        assert len(netcrm("merge", "--json").json) == 1

    def test_is_dim(self, seen: Netcrm) -> None:
        """It is dim on a terminal."""
        assert seen("import", write(HERE_TWICE)).out.splitlines()[-1].startswith("\x1b[2m1 may be")

    def test_when_nothing_came(self, netcrm: Netcrm) -> None:
        """It is not said again by an import that brings nothing, nor where nobody is."""
        assert "twice" not in netcrm("import", write(TWO.replace("UID:", "UID:x"))).out
        assert "twice" in netcrm("import", write(HERE_TWICE)).out
        assert netcrm("import", write(HERE_TWICE)).out == "Added 0, updated 0, same 2, skipped 0.\n"

    def test_json(self, netcrm: Netcrm) -> None:
        """As a number; null where nothing was brought in."""
        assert netcrm("import", write(HERE_TWICE), "--json", "--dry-run").json["twice"] is None
        assert netcrm("import", write(HERE_TWICE), "--json").json["twice"] == 1
        assert netcrm("import", write(HERE_TWICE), "--json").json["twice"] == 1

    def test_too_many_to_compare(self, netcrm: Netcrm, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a book of more people than are compared by the way, it is left to ``netcrm merge``."""
        monkeypatch.setattr("netcrm.cli.imports._COMPARED_MOST", 1)
        assert netcrm("import", write(HERE_TWICE)).out == "Added 2, updated 0, same 0, skipped 0.\n"
        assert netcrm("import", write(HERE_TWICE), "--json").json["twice"] is None


class TestDryRun:
    """``--dry-run``."""

    def test_says_it(self, netcrm: Netcrm, book: Store) -> None:
        """It says what would happen, and nothing happens."""
        ended = netcrm("import", write(TWO), "--dry-run")
        assert ended.out == "Would add 2, update 0, leave as they are 0, skip 0.\n"
        assert book.people.count() == 0
        assert not book.history.acts()

    def test_makes_no_file(self, netcrm: Netcrm) -> None:
        """Where there is no file yet, none is made."""
        ended = netcrm("import", write(TWO), "--dry-run", "--json")
        assert ended.json["added"] == 2
        assert not Path("netcrm.db").exists()


class TestUndo:
    """An import is one act."""

    def test_one_undo(self, netcrm: Netcrm, book: Store) -> None:
        """One undo takes all of a file back."""
        netcrm("import", write(TWO))
        assert book.people.count() == 2
        assert netcrm("undo").code == 0
        assert book.people.count() == 0


class TestRefused:
    """Files that can't be read."""

    @pytest.mark.parametrize("name", ["none.vcf", ".", "/dev/null", "", "x/y", "a" * 300])
    def test_one_sentence(self, netcrm: Netcrm, name: str) -> None:
        """What is no file gets a sentence, and nothing is made."""
        ended = netcrm("import", name)
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.err.splitlines()) == 1
        assert not Path("netcrm.db").exists()

    def test_pipe(self, netcrm: Netcrm) -> None:
        """A named pipe that nobody writes to is not waited for."""
        os.mkfifo("pipe.vcf")
        ended = netcrm("import", "pipe.vcf")
        assert ended.code == 1
        assert "pipe it in" in ended.err

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_not_allowed(self, netcrm: Netcrm) -> None:
        """A file that one may not read gets a sentence."""
        Path(write(TWO)).chmod(0)
        assert "you may not read it" in netcrm("import", "people.vcf").err

    def test_no_address_book(self, netcrm: Netcrm) -> None:
        """A file of another kind is refused, and says what to do."""
        ended = netcrm("import", write("a shopping list\n"))
        assert ended.code == 1
        assert "people.vcf: " in ended.err

    def test_json(self, netcrm: Netcrm) -> None:
        """The object comes all the same, with the file as a problem."""
        ended = netcrm("import", "none.vcf", "--json")
        assert ended.code == 1
        (problem,) = ended.json["problems"]
        assert (problem["file"], problem["line"]) == ("none.vcf", 0)
        assert ended.json["added"] == ended.json["skipped"] == 0

    def test_others_come_in(self, netcrm: Netcrm, book: Store) -> None:
        """The other files come in; that not all did shows in the exit code."""
        ended = netcrm("import", "none.vcf", write(TWO))
        assert ended.code == 1
        assert ended.out.startswith("Added 2,")
        assert book.people.count() == 2


class TestInput:
    """``-``, the standard input."""

    def test_it_is_read(self, netcrm: Netcrm) -> None:
        """- is the standard input."""
        ended = netcrm("import", "-", stdin=TWO.encode())
        assert ended.out.startswith("Added 2,")
        assert "the standard input" in netcrm("undo").out

    def test_empty(self, netcrm: Netcrm) -> None:
        """Nothing on it is said in a sentence."""
        ended = netcrm("import", "-")
        assert ended.code == 1
        assert "empty" in ended.err


class TestProgress:
    """Progress on a terminal."""

    def test_none_when_piped(self, netcrm: Netcrm) -> None:
        """Where nobody reads along, nothing is said of it."""
        many = "".join(f"BEGIN:VCARD\nFN:Person {number}\nEND:VCARD\n" for number in range(3000))
        assert netcrm("import", write(many)).err == ""

    def test_erased(self) -> None:
        """On a terminal a long file shows how far it is, and what it drew is erased."""
        many = "".join(f"BEGIN:VCARD\nFN:Person {number}\nEND:VCARD\n" for number in range(6000))
        write(many)
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "netcrm", "import", "people.vcf"], stdout=subprocess.PIPE, stderr=theirs
        ) as running:
            out, _ = running.communicate(timeout=60)
        os.close(theirs)
        drawn = os.read(ours, 100_000)
        os.close(ours)
        assert out == b"Added 6,000, updated 0, same 0, skipped 0.\n"
        assert b"people.vcf" in drawn
        assert drawn.endswith(b"\r\x1b[K")
