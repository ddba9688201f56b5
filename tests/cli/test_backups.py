"""``netcrm backup``, ``restore`` and ``check``, and the backups that are made by themselves."""

import os
import re
import stat
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from netcrm.store import Store
from netcrm.store.backups import kept
from netcrm.store.file import File
from tests.cli.conftest import Netcrm
from tests.store.test_backups import backup, damage
from tests.world import NOW, a_store, added, names

CARD = b"BEGIN:VCARD\nFN:Grace Hopper\nEND:VCARD\n"


@pytest.fixture
def file(tmp_path: Path) -> File:
    """The file that the commands use, with someone in it, closed."""
    with a_store(tmp_path) as store:
        added(store, "Amara Okafor")
    return File(tmp_path / "netcrm.db")


def whys(file: File) -> list[str]:
    """Why the backups were made, newest first."""
    return [one.why for one in kept(file)]


class TestBackup:
    """``netcrm backup``."""

    def test_now(self, netcrm: Netcrm, file: File) -> None:
        """One is made, and it is said where."""
        ended = netcrm("backup")
        (made,) = kept(file)
        assert ended.out == f"Kept a copy with 1 person: {made.file.path}\n"
        assert made.why == "asked"

    def test_who_is_put_away_is_in_it(self, netcrm: Netcrm, book: Store) -> None:
        """And is counted, here as in the list and in a copy elsewhere."""
        book.people.archive([added(book, "Hank Morrow")])
        assert "with 1 person:" in netcrm("backup").out
        assert "with 1 person:" in netcrm("backup", "copy.db").out
        assert netcrm("backup", "--list").rows[0][4] == "1"

    def test_json(self, netcrm: Netcrm, file: File) -> None:
        """For scripts."""
        said = netcrm("backup", "--json").json
        (made,) = kept(file)
        assert said == {"file": str(made.file.path), "size": made.file.path.stat().st_size, "people": 1}

    def test_elsewhere(self, netcrm: Netcrm, file: File, tmp_path: Path) -> None:
        """To a stick, say; never over anything, and it is no backup of the folder's."""
        assert netcrm("backup", "copy.db").code == 0
        ended = netcrm("backup", "copy.db")
        assert (ended.code, ended.err.count("is there already")) == (1, 1)
        assert kept(file) == []
        assert netcrm("--db", "copy.db", "find").out.startswith("Amara")

    def test_into_a_folder(self, netcrm: Netcrm, file: File, tmp_path: Path) -> None:
        """Under the book's name; a second one is not written over it."""
        stick = tmp_path / "stick"
        stick.mkdir()
        assert netcrm("backup", str(stick)).out.endswith(f"{stick / file.path.name}\n")
        assert netcrm("--db", str(stick / file.path.name), "find").out.startswith("Amara")
        ended = netcrm("backup", str(stick))
        assert (ended.code, ended.err.count(f"{stick / file.path.name} is there already")) == (1, 1)

    def test_list(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """Newest first: name, time, size, why, people."""
        for days, why in ((40, "daily"), (1, "import"), (0, "asked")):
            added(book, f"Person {days}")
            backup(book, why, NOW - timedelta(days=days))
        rows = netcrm("backup", "--list").rows
        assert [(row[0], row[3], row[4]) for row in rows] == [
            ("2026-11-22T090000Z-asked", "asked", "3"),
            ("2026-11-21T090000Z-import", "import", "2"),
            ("2026-10-13T090000Z-daily", "daily", "1"),
        ]
        assert [one["people"] for one in netcrm("backup", "--list", "--json").json] == [3, 2, 1]
        lines = [re.sub(r"\x1b\[\d*m", "", line) for line in seen("backup", "--list").out.splitlines()]
        assert all(word in lines[1] for word in ("yesterday", "2 people", "before an import", "kB"))
        assert "40 days ago" in lines[2]

    def test_an_unreadable_one_is_listed(self, netcrm: Netcrm, seen: Netcrm, book: Store) -> None:
        """So that one knows."""
        damage(backup(book).file.path, 1)
        assert netcrm("backup", "--list").rows[0][4] == ""
        assert "can't be read" in seen("backup", "--list").out

    def test_nothing_to_list(self, netcrm: Netcrm, seen: Netcrm, file: File) -> None:
        """Piped nothing, on a terminal what makes one."""
        assert netcrm("backup", "--list").out == ""
        assert netcrm("backup", "--list", "--json").json == []
        assert "netcrm backup makes one" in seen("backup", "--list").out

    def test_one_thing_at_a_time(self, netcrm: Netcrm, file: File) -> None:
        """A file and a list are two wishes."""
        assert netcrm("backup", "copy.db", "--list").code == 2
        assert not Path("copy.db").exists()


class TestByItself:
    """Backups that nobody asked for."""

    def test_the_day_a_command_first_writes(
        self, netcrm: Netcrm, file: File, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Once, after it; reading makes none."""
        netcrm("find")
        assert whys(file) == []
        for name in ("Hank", "Cleo"):
            assert netcrm("add", name).err == ""
        assert whys(file) == ["daily"]
        monkeypatch.setenv("NETCRM_TODAY", "2026-11-23")
        netcrm("find")
        netcrm("add", "Zoe")
        netcrm("undo")
        assert whys(file) == ["daily", "daily"]

    def test_of_a_large_book(
        self, netcrm: Netcrm, file: File, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """It is made behind the command, by a program that nobody waits for."""
        monkeypatch.setattr("netcrm.cli.book._AT_ONCE", 0)
        assert netcrm("add", "Hank").code == 0
        until = time.monotonic() + 30
        while not kept(file) and time.monotonic() < until:
            time.sleep(0.05)
        assert whys(file) == ["daily"]

    def test_asked_for_by_a_script(self, netcrm: Netcrm, file: File) -> None:
        """--daily is for cron: a second time it makes none."""
        assert "Kept a copy" in netcrm("backup", "--daily").out
        assert "Today has a backup already" in netcrm("backup", "--daily").out
        assert netcrm("backup", "--daily", "--json").json is None
        assert whys(file) == ["daily"]

    def test_before_an_import(self, netcrm: Netcrm, file: File) -> None:
        """Without those that it brings in; one for several files."""
        Path("one.vcf").write_bytes(CARD)
        Path("two.vcf").write_bytes(CARD.replace(b"Grace", b"Ada"))
        assert netcrm("import", "one.vcf", "two.vcf").code == 0
        assert whys(file) == ["import"]
        assert netcrm("backup", "--list").rows[0][4] == "1"

    def test_not_before_a_rehearsal(self, netcrm: Netcrm, file: File) -> None:
        """A dry run changes nothing, nor does a file that can't be read."""
        Path("one.vcf").write_bytes(CARD)
        netcrm("import", "--dry-run", "one.vcf")
        netcrm("import", "nothing.vcf")
        assert whys(file) == []

    def test_not_of_nothing(self, netcrm: Netcrm, tmp_path: Path) -> None:
        """The first import of all has nothing to keep; the day's backup follows it."""
        Path("one.vcf").write_bytes(CARD)
        netcrm("import", "one.vcf")
        assert whys(File(tmp_path / "netcrm.db")) == ["daily"]

    def test_without_a_backup_no_import(self, netcrm: Netcrm, file: File) -> None:
        """What can't be kept first is not brought in."""
        file.beside("-backups").write_text("mine")
        Path("one.vcf").write_bytes(CARD)
        assert netcrm("import", "one.vcf").code == 1
        assert "Grace" not in netcrm("find").out


class TestRestore:
    """``netcrm restore``."""

    @pytest.fixture
    def two(self, file: File, tmp_path: Path) -> File:
        """A book with backups of two days, and Hank and Cleo since."""
        for days, name in ((2, "Hank"), (1, "Cleo")):
            with a_store(tmp_path) as store:
                backup(store, "daily", NOW - timedelta(days=days))
                added(store, name)
        return file

    @pytest.mark.parametrize(
        ("which", "who"),
        [
            ("latest", ["Amara Okafor", "Hank"]),
            ("2026-11-21", ["Amara Okafor", "Hank"]),
            ("2026-11-20", ["Amara Okafor"]),
            ("2026-11-20T090000Z-daily", ["Amara Okafor"]),
            ("netcrm.db-backups/2026-11-20T090000Z-daily.db", ["Amara Okafor"]),
        ],
    )
    def test_which(self, netcrm: Netcrm, two: File, tmp_path: Path, which: str, who: list[str]) -> None:
        """Latest, a day, a name, a path; said again it is the same, and not what was there in between."""
        for _ in range(2):
            assert netcrm("restore", which).code == 0
            with a_store(tmp_path) as store:
                assert names(store, store.people.ids()) == who

    def test_it_says_the_way_back(self, netcrm: Netcrm, two: File) -> None:
        """And that is the way back."""
        said = netcrm("restore", "2026-11-20").out
        command = re.search(r"netcrm (restore \S+) brings it back", said)
        assert command
        assert netcrm(*command[1].split()).code == 0
        assert [row[0] for row in netcrm("find").rows] == ["Amara Okafor", "Cleo", "Hank"]

    def test_of_another_file(self, netcrm: Netcrm, two: File) -> None:
        """What it says to type names the file, where one was named."""
        said = netcrm("--db", "netcrm.db", "restore", "latest").out
        assert "netcrm --db netcrm.db restore 2026" in said

    def test_json(self, netcrm: Netcrm, two: File) -> None:
        """For scripts."""
        said = netcrm("restore", "latest", "--json").json
        assert said["people"] == 2
        assert said["kept"] == kept(two)[0].name
        assert said["aside"] is None

    def test_without_which(self, netcrm: Netcrm, seen: Netcrm, two: File) -> None:
        """They are listed, nothing is done, and on a terminal it is said how."""
        before = two.path.read_bytes()
        assert len(netcrm("restore").rows) == 2
        assert "netcrm restore NAME puts one back" in seen("restore").out
        assert two.path.read_bytes() == before

    def test_several(self, netcrm: Netcrm, two: File) -> None:
        """None is guessed."""
        ended = netcrm("restore", "2026-11")
        assert ended.code == 1
        assert "2026-11-20T090000Z-daily" in ended.err and "2026-11-21T090000Z-daily" in ended.err
        assert whys(two) == ["daily", "daily"]

    @pytest.mark.parametrize("which", ["2025", "nothing.db", "./nothing.db"])
    def test_none(self, netcrm: Netcrm, two: File, which: str) -> None:
        """It is said, and what lists them."""
        ended = netcrm("restore", which)
        assert (ended.code, len(ended.err.splitlines())) == (1, 1)

    def test_there_is_none(self, netcrm: Netcrm, file: File) -> None:
        """Nor of a book that has no backup."""
        assert "netcrm backup makes one" in netcrm("restore", "latest").err


class TestCheck:
    """``netcrm check``."""

    def test_well(self, netcrm: Netcrm, seen: Netcrm, file: File) -> None:
        """A line for each thing, and exit code 0."""
        netcrm("backup")
        ended = netcrm("check")
        assert ended.code == 0
        assert {row[0] for row in ended.rows} == {"ok"}
        assert netcrm("check", "--json").json["ok"] is True
        assert seen("check").out.count("✓") == len(ended.rows)

    def test_not_well(self, netcrm: Netcrm, seen: Netcrm, file: File) -> None:
        """Exit code 1, and beneath it what mends it."""
        file.path.chmod(0o644)
        ended = netcrm("check")
        assert ended.code == 1
        assert [row[1] for row in ended.rows if row[0] == "not"] == ["privacy", "backups"]
        shown = re.sub(r"\x1b\[\d*m", "", seen("check").out)
        assert "✗ Others can get at netcrm.db.\n  → netcrm check --repair puts it in order." in shown
        said = netcrm("check", "--json").json
        assert said["ok"] is False
        assert said["findings"][0] == {
            "name": "privacy",
            "ok": False,
            "said": "Others can get at netcrm.db.",
            "todo": "netcrm check --repair puts it in order.",
        }

    def test_repair(self, netcrm: Netcrm, file: File) -> None:
        """What was done is said, and how everything is now."""
        netcrm("backup")
        file.path.chmod(0o644)
        ended = netcrm("check", "--repair")
        assert ended.code == 0
        assert ended.out.startswith("· Took the book and its backups from everybody else.\n")
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600

    def test_beyond_repair(self, netcrm: Netcrm, file: File) -> None:
        """It is said what helps, and nothing is changed."""
        netcrm("backup")
        os.truncate(file.path, 9000)
        ended = netcrm("check", "--repair")
        assert (ended.code, len(ended.err.splitlines())) == (1, 1)
        assert "puts it back" in ended.err
        assert file.path.stat().st_size == 9000


class TestModes:
    """Whatever netcrm writes is its owner's alone, whatever the umask, through the real program."""

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
    def test_every_file(self, tmp_path: Path, umask: int) -> None:
        """The book and what lies beside it, backups, exports and temporary files, and every new folder."""
        (tmp_path / "one.vcf").write_bytes(CARD)
        script = (
            "import os, pathlib, sys\n"
            f"os.umask({umask})\n"
            "import netcrm.cli as program\n"
            "from netcrm.cli import starting\n"
            "starting._end = sys.exit\n"
            "for line in pathlib.Path('commands').read_text().splitlines():\n"
            "    sys.argv = ['netcrm', *line.split()]\n"
            "    try:\n"
            "        program.main()\n"
            "    except SystemExit as ended:\n"
            "        assert not ended.code, line\n"
            f"    os.umask({umask})\n"
        )
        lines = (
            "add Hank",
            "import one.vcf",
            "backup",
            "backup copy.db",
            "review --html year.html --year 2026",
        )
        (tmp_path / "commands").write_text("\n".join((*lines, "config --init", "restore latest")))
        mine = {"one.vcf", "commands"}
        watched = tmp_path / "new"
        environment = {"NETCRM_HOME": str(watched), "NETCRM_DB": str(watched / "data" / "netcrm.db")}
        ended = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        found = {
            path.relative_to(tmp_path).as_posix(): stat.S_IMODE(path.stat().st_mode)
            for path in tmp_path.rglob("*")
            if path.name not in mine
        }
        assert {"new/data/netcrm.db", "new/data/netcrm.db-open", "year.html", "copy.db"} <= found.keys()
        assert "new/config.toml" in found
        assert len([name for name in found if "-backups/" in name]) >= 3
        assert found == {name: 0o700 if (tmp_path / name).is_dir() else 0o600 for name in found}

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o200, 0o777])
    def test_through_the_store(self, tmp_path: Path, umask: int) -> None:
        """So it is where nothing has set a umask before, as the program does at its start."""
        script = (
            "import os, pathlib, datetime\n"
            f"os.umask({umask})\n"
            "from netcrm.store import Store\n"
            "from netcrm.domain.people import Profile\n"
            "now = lambda: datetime.datetime.now(datetime.UTC)\n"
            "for name in ('Hank', 'Ibrahim'):\n"
            "    store = Store(pathlib.Path('data/netcrm.db'), now)\n"
            "    store.people.add(Profile(name=name))\n"
            "    store.back_up('asked')\n"
            "    for path in pathlib.Path().rglob('*'):\n"
            "        print(path, f'{path.stat().st_mode & 0o777:o}')\n"
            "    store.close()\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        found = dict(line.split() for line in ended.stdout.splitlines())
        assert {"data/netcrm.db", "data/netcrm.db-wal", "data/netcrm.db-shm", "data/netcrm.db-open"} <= {
            *found
        }
        assert len(found) >= 8
        assert found == {name: "700" if (tmp_path / name).is_dir() else "600" for name in found}
