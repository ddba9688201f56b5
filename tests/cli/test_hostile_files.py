"""Files that would take all time and memory, or wait for ever: one sentence each, and no change.

The files are small ones of the same shape; ``pytest -m long -s tests/cli/test_hostile_files.py`` has a real
netcrm read them at full size, in a process that may take so much memory and no more.
"""

import errno
import io
import os
import resource
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase

import pytest

from netcrm import files
from netcrm.exchange import limits
from netcrm.files import bounded
from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY, a_store, added, dump

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Silva\n{}\nEND:VCARD\n"
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """How a netcrm of its own ended.

    Attributes:
        code: Its exit code.
        out: What it printed.
        err: What it said.
        seconds: How long the processor worked for it, whatever else runs here.
        megabytes: The most memory that it held.
    """

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int


def run(folder: Path, *args: str, stdin: object = subprocess.DEVNULL, patience: float = 120.0) -> Run:
    """Run netcrm in a process that may have 2 GB of addresses."""
    process = subprocess.Popen(
        [sys.executable, "-m", "netcrm", *args],
        stdin=stdin,  # type: ignore[call-overload]  # a file, or one of subprocess's numbers
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "NETCRM_HOME": str(folder), "NETCRM_TODAY": TODAY.isoformat()},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2000 * MB, 2000 * MB)),
        start_new_session=True,
    )
    watch = threading.Timer(patience, process.kill)
    watch.start()
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    code = process.returncode
    out, err = (said, "") if code == 0 else ("", said)
    return Run(code, out, err, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def photo(size: int) -> Iterator[bytes]:
    """A card with a picture of so many bytes."""
    yield b"BEGIN:VCARD\nFN:Ana\nPHOTO;ENCODING=b:"
    yield from (b"QUJD" * 25_000 for _ in range(size // 100_000))
    yield b"\nEND:VCARD\n"


def zipped(**members: bytes) -> bytes:
    """An archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


def many(piece: bytes, size: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """A piece over and over, up to a size."""
    return before + piece * (size // len(piece)) + after


HUGE: dict[str, tuple[Callable[[int], bytes], str]] = {
    "a line of a card": (
        lambda n: many(b"a", n, b"BEGIN:VCARD\nFN:Ana\nNOTE:", b"\nEND:VCARD\n"),
        "larger than|Added 1",
    ),
    "a picture": (lambda n: b"".join(photo(n)), "PHOTO of this card is larger than|larger than|Added 1"),
    "a line of a table": (lambda n: many(b"a", n, LINKEDIN.encode()), "larger than|row of more than|Added 1"),
    "a table": (
        lambda n: many(b"Ana,Silva,,,Acme,Painter,01 Apr 2024\n", n, LINKEDIN.encode()),
        "larger than|more than 250,000|Added 1",
    ),
    "begins": (lambda n: many(b"BEGIN:VCARD\n", n), "more than 250,000 contacts|says nothing|larger than"),
    "cards": (lambda n: many(b"BEGIN:VCARD\nFN:a\nEND:VCARD\n", n), "more than 250,000|Added 1|larger than"),
    "cards in cards": (
        lambda n: many(b"BEGIN:VCARD\nFN:a\n", n // 2) + many(b"END:VCARD\n", n // 2),
        "more than 250,000|Added|larger than",
    ),
    "properties": (
        lambda n: many(b"X:1\n", n, b"BEGIN:VCARD\nFN:Ana\n", b"END:VCARD\n"),
        "more than 10,000 lines|larger than",
    ),
    "parameters": (
        lambda n: many(b";a=b", n, b"BEGIN:VCARD\nFN:Ana\nTEL", b":1\nEND:VCARD\n"),
        "parameters|larger than|Added",
    ),
    "items": (
        lambda n: many(b"ab,", n, b"BEGIN:VCARD\nFN:Ana\nCATEGORIES:", b"\nEND:VCARD\n"),
        "items|larger than|Added",
    ),
    "a name": (
        lambda n: many(b"ab c", n, b"BEGIN:VCARD\nFN:", b"\nEND:VCARD\n"),
        "single line should be|larger than|was left out|Added 1",
    ),
    "columns": (
        lambda n: many(b"c,", n, b"First Name,Connected On,", b"\nAna,,\n"),
        "columns|larger than",
    ),
    "quotes": (
        lambda n: many(b'a",x,"\n', n, LINKEDIN.encode(), b'"y\n'),
        "never closed|more than 250,000|larger than",
    ),
    "empty lines": (lambda n: many(b"\n", n, LINKEDIN.encode()), "2,000,000 lines|larger than|Added 0"),
    "NULs": (lambda n: many(b"\0", n, b"BEGIN:VCARD\nFN:Ana\n"), "no text|larger than|Added"),
    "UTF-16": (
        lambda n: "BEGIN:VCARD\nFN:Ana\nNOTE:".encode("utf-16") + "é".encode("utf-16-le") * (n // 2),
        "larger than|left out|Added 1",
    ),
    "a bomb": (
        lambda n: zipped(a_vcf=bytes(n * 4)),
        "unpacks to",
    ),
}
"""Contents of so many bytes, and what is said of them at one size or another."""


def refuse(tmp_path: Path, what: str, size: int, seconds: float) -> Run:
    """Read one of the huge files and see that it ends in time, within memory, with one of its sentences."""
    content, said = HUGE[what]
    file = tmp_path / "huge"
    file.write_bytes(content(size))
    ended = run(tmp_path, "import", str(file), patience=4 * seconds)
    assert ended.code in (0, 1), ended
    assert any(each in ended.out + ended.err for each in said.split("|")), ended
    assert "not enough memory" not in ended.err
    assert ended.seconds < seconds
    return ended


class TestHuge:
    """Bounded time and memory."""

    @pytest.mark.parametrize("what", HUGE)
    def test_smaller(
        self, what: str, tmp_path: Path, netcrm: Netcrm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Files of some 500 kB, where the limits are as much smaller."""
        content, said = HUGE[what]
        Path("huge").write_bytes(content(400_000))
        begun = time.process_time()
        ended = netcrm("import", "huge")
        assert time.process_time() - begun < 10
        assert any(each in ended.out + ended.err for each in said.split("|")), ended
        assert len(ended.err.splitlines()) <= 1

    def test_a_name_of_many_words(self, netcrm: Netcrm) -> None:
        """Each word of a name is found, and the book is no larger for it than the name, some times over."""
        name = " ".join("".join(letters) for letters in islice(product(ascii_lowercase, repeat=4), 8000))
        Path("named.vcf").write_text(CARD.replace("Ana Silva", name).format(""))
        assert netcrm("import", "named.vcf").out.startswith("Added 1,")
        assert Path("netcrm.db").stat().st_size < 3 * MB
        for word in (name[:4], name[-4:]):
            assert netcrm("find", word).out.startswith("aaaa aaab")

    @pytest.mark.long
    @pytest.mark.parametrize("what", HUGE)
    @pytest.mark.parametrize("size", [30, 60, 200])
    def test_full_size(self, what: str, size: int, tmp_path: Path) -> None:
        """Files of 30, 60 and 200 MB."""
        ended = refuse(tmp_path, what, size * MB, 90)
        said = (ended.out + ended.err)[:80]
        sys.stdout.write(f"{what}, {size} MB: {ended.seconds:.1f} s, {ended.megabytes} MB, {said}\n")

    @pytest.mark.long
    def test_the_largest_that_is_read(self, tmp_path: Path) -> None:
        """A table of just under the limits comes in, in bounded time and memory."""
        rows = (
            f"P{n},F{n},https://linkedin.com/in/p{n},p{n}@x.example,Acme {n % 99},Painter {n},01 Apr 2024\n"
            for n in range(limits.RECORDS_MOST - 1)
        )
        file = tmp_path / "largest.csv"
        file.write_text(LINKEDIN + "".join(rows), encoding="utf-8")
        ended = run(tmp_path, "import", str(file), patience=300)
        sys.stdout.write(f"the largest: {ended.seconds:.1f} s, {ended.megabytes} MB\n")
        assert ended.out.startswith(f"Added {limits.RECORDS_MOST - 1:,}, "), ended
        assert ended.seconds < 150


class TestNoOrdinaryFile:
    """What is no file is refused before it is read."""

    @pytest.fixture
    def strange(self, tmp_path: Path) -> Iterator[Callable[[str], str]]:
        """Makes a strange file by its name."""
        bound = socket.socket(socket.AF_UNIX)

        def made(name: str) -> str:
            path = tmp_path / name
            if name == "pipe":
                os.mkfifo(path)
            elif name == "socket":
                os.chdir(tmp_path)
                bound.bind(name)
            elif name == "folder":
                path.mkdir()
            elif name == "dangling":
                path.symlink_to("nowhere")
            elif name == "loop":
                path.symlink_to("loop")
            elif name == "grown":
                with path.open("wb") as file:
                    file.truncate(10_000_000_000_000)
            elif name.startswith("/"):
                return name
            return str(path)

        yield made
        bound.close()

    NAMES = (
        *("pipe", "socket", "folder", "dangling", "loop", "grown", "none"),
        *("/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "/dev/stdin", "/proc/self/mem"),
    )

    @pytest.mark.parametrize("name", NAMES)
    def test_import(self, name: str, netcrm: Netcrm, strange: Callable[[str], str], store: Store) -> None:
        """As a file to import: one sentence, exit code 1, and the book is as it was."""
        added(store)
        before, acts = dump(store), store.history.acts()
        ended = netcrm("import", strange(name))
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.err.splitlines()) == 1
        assert ended.err.rstrip().endswith(".")
        assert dump(store) == before
        assert store.history.acts() == acts

    @pytest.mark.parametrize("name", [name for name in NAMES if name not in ("none", "dangling")])
    def test_config(self, name: str, netcrm: Netcrm, strange: Callable[[str], str], tmp_path: Path) -> None:
        """In the place of config.toml: one sentence."""
        (tmp_path / "config" / "netcrm").mkdir(parents=True)
        (tmp_path / "config" / "netcrm" / "config.toml").symlink_to(strange(name))
        ended = netcrm("find")
        assert ended.code in (1, 2)
        assert len(ended.err.splitlines()) == 1

    @pytest.mark.parametrize("name", NAMES)
    def test_synonyms(self, name: str, strange: Callable[[str], str], tmp_path: Path) -> None:
        """In the place of synonyms.txt: they are left out."""
        with a_store(tmp_path) as store:
            (tmp_path / "synonyms.txt").symlink_to(strange(name))
            assert ("telescop",) in store.synonyms


class TestEndless:
    """Streams without an end."""

    @pytest.mark.parametrize("args", [("import", "-"), ("spark", "-"), ("spark", "--dry-run", "-")])
    def test_stdin(self, args: tuple[str, ...], tmp_path: Path) -> None:
        """A command that reads its standard input stops reading it."""
        with Path("/dev/zero").open("rb") as zeros:
            ended = run(tmp_path, *args, stdin=zeros, patience=30)
        assert ended.code in (0, 1)
        assert ended.seconds < 30
        assert len((ended.out + ended.err).splitlines()) <= 12
        assert "Traceback" not in ended.err

    def test_a_file_that_grows(self, netcrm: Netcrm) -> None:
        """A file that grows while it is read is read up to the limit at the most."""
        file = Path("growing.vcf")
        file.write_text(CARD.format(""))
        going = threading.Event()

        def grow() -> None:
            with file.open("a") as end:
                while not going.is_set():
                    end.write("NOTE:x\n" * 1000)

        writer = threading.Thread(target=grow)
        writer.start()
        try:
            assert netcrm("import", "growing.vcf").code in (0, 1)
        finally:
            going.set()
            writer.join()


Meanwhile = Callable[[Callable[[], object]], None]


class TestWhileItIsRead:
    """What happens to a file between its opening and its end."""

    @pytest.fixture
    def meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
        """Has something done behind the first piece that is read of a file."""

        def done(act: Callable[[], object]) -> None:
            def read(read: Callable[[int], bytes | None], most: int) -> bytes:
                first = read(20) or b""
                act()
                return first + bounded(read, most)

            monkeypatch.setattr(files, "bounded", read)

        return done

    def test_it_vanishes(self, netcrm: Netcrm, meanwhile: Meanwhile) -> None:
        """One that is removed is read to its end all the same."""
        file = Path("gone.vcf")
        file.write_text(CARD.format(""))
        meanwhile(file.unlink)
        assert netcrm("import", "gone.vcf").out.startswith("Added 1,")
        assert netcrm("import", "gone.vcf").err == "gone.vcf: It can't be read: there is no such file.\n"

    @pytest.mark.parametrize("size", [0, 30, 60, 100_000])
    def test_it_changes(self, size: int, netcrm: Netcrm, meanwhile: Meanwhile, store: Store) -> None:
        """Of one that is cut off or goes on growing nothing comes in, and it is said."""
        file = Path("changing.vcf")
        file.write_text(CARD.format("NOTE:It is longer than any piece of it."))
        before = dump(store)
        meanwhile(lambda: os.truncate(file, size))
        ended = netcrm("import", "changing.vcf")
        assert (ended.code, ended.out) == (1, "")
        assert "it changed while it was read, so read it again when it is whole.\n" in ended.err
        assert dump(store) == before

    def test_the_disk_gives_up(self, netcrm: Netcrm, meanwhile: Meanwhile) -> None:
        """Whatever the system says in the midst of it is said in a sentence."""

        def fail() -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        Path("bad.vcf").write_text(CARD.format(""))
        meanwhile(fail)
        ended = netcrm("import", "bad.vcf")
        assert (ended.code, ended.err) == (1, "bad.vcf: It can't be read: input/output error.\n")


class TestNothingLeft:
    """A file of which nothing could be read because of limits."""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (CARD.format("X:1\n" * 10_001), "this card has more than 10,000 lines"),
            (CARD.format(f"NICKNAME:{'ab,' * 10_001}"), "this card has more than 10,000 items"),
            (CARD.replace("Ana", "a" * 400_001).format(""), "this record has more than 400,000 letters"),
            (LINKEDIN + "a" * 4_000_001, "a row of more than"),
        ],
        ids=["lines", "items", "name", "row"],
    )
    def test_not_done(self, text: str, said: str, netcrm: Netcrm, store: Store) -> None:
        """It is not done: exit code 1, and the sentence. With someone in it who can be read, it is."""
        before = dump(store)
        file = Path("all.vcf")
        file.write_text(text)
        ended = netcrm("import", "all.vcf")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith(f"all.vcf: Nothing of it could be read: {said}"), ended.err
        assert dump(store) == before
        more = "Bob,Vale,,,,,01 Apr 2024\n" if LINKEDIN in text else CARD.replace("Ana", "Bob").format("")
        file.write_text(f"{text}\n{more}")
        ended = netcrm("import", "all.vcf")
        assert (ended.code, ended.out.splitlines()[0]) == (0, "Added 1, updated 0, same 0, skipped 1.")


class TestHalfAFile:
    """A file that was cut off."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-8-sig"])
    def test_at_every_byte(self, encoding: str) -> None:
        """Cut at every byte, it is a sentence or what is left of it."""
        from netcrm.domain.imports import Card, Skipped, UnreadableFile
        from netcrm.exchange.reading import read

        whole = (
            CARD.format("NOTE:naïve 李\nTEL;TYPE=cell:+1 2") + CARD.format("PHOTO;ENCODING=b:QUJD")
        ).encode(encoding)
        table = (LINKEDIN + 'Ana,Silva,"https://x.example/in/a",,"Acme, Inc.",Painter,01 Apr 2024\n').encode(
            encoding
        )
        archive = zipped(a_vcf=whole, Connections_csv=table)
        for data in (whole, table, archive):
            for end in range(len(data)):
                try:
                    for record in read(data[:end]).records:
                        assert isinstance(record, Card | Skipped)
                except UnreadableFile as error:
                    assert str(error).endswith(".")


class TestArchives:
    """ZIP archives, as LinkedIn and Google Takeout give them."""

    def test_linkedin(self, netcrm: Netcrm, store: Store) -> None:
        """Of LinkedIn's archive the connections come in, and undo takes them back."""
        data = zipped(
            messages_csv=b"CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE\n",
            Connections_csv=(LINKEDIN + "Ana,Silva,,,Acme,Painter,01 Apr 2024\n").encode(),
        )
        Path("export.zip").write_bytes(data)
        assert netcrm("import", "export.zip").out.startswith("Added 1,")
        assert netcrm("import", "-", stdin=data).out.startswith("Added 0, updated 0, same 1")
        assert "export.zip" in netcrm("undo").out

    def test_takeout(self, netcrm: Netcrm) -> None:
        """Of Google's the cards of all folders, nobody twice."""
        card = CARD.format("EMAIL:ana@x.example").encode()
        data = zipped(Takeout__Contacts__All__All_vcf=card, Takeout__Contacts__Friends__Friends_vcf=card)
        Path("takeout.zip").write_bytes(data)
        assert netcrm("import", "takeout.zip").out.startswith("Added 1, updated 0, same 1")

    def test_names_touch_no_disk(self, netcrm: Netcrm, tmp_path: Path) -> None:
        """A member that is called ``../`` or ``/etc`` is read all the same, and written nowhere."""
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("../../evil.vcf", CARD.format(""))
            archive.writestr("/tmp/evil.vcf", CARD.format(""))
            archive.writestr("C:\\evil.vcf", CARD.format(""))
        Path("evil.zip").write_bytes(data.getvalue())
        before = sorted(tmp_path.parent.iterdir())
        assert netcrm("import", "evil.zip").out.startswith("Added 1,")
        assert sorted(tmp_path.parent.iterdir()) == before
        assert not list(tmp_path.glob("evil*.vcf"))
        assert not Path("/tmp/evil.vcf").exists()

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (zipped(inner_zip=zipped(a_vcf=b"BEGIN:VCARD\nFN:a\nEND:VCARD\n")), "another archive"),
            (zipped(a_jpg=b"x"), "without an address book"),
            (zipped(a_vcf=b"hello"), "no address book"),
            (zipped(a_vcf=b""), "empty"),
            (zipped(), "without an address book"),
            (b"PK\x03\x04" + bytes(100), "broken"),
            (zipped(a_vcf=b"BEGIN:VCARD\nFN:a\nEND:VCARD\n")[:-30], "broken"),
            (zipped(xl__workbook_xml=b"x"), "workbook"),
            (zipped(a_vcf=bytes(3_000_000)), "far more"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_refused(self, data: bytes, said: str, netcrm: Netcrm) -> None:
        """What can't be read of an archive is a sentence, and changes nothing."""
        Path("x.zip").write_bytes(data)
        ended = netcrm("import", "x.zip")
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.err.splitlines()) == 1
        assert said in ended.err
        assert not Path("netcrm.db").exists()

    def test_locked(self, netcrm: Netcrm) -> None:
        """One with a password is said to be."""
        data = bytearray(zipped(a_vcf=b"BEGIN:VCARD\nFN:a\nEND:VCARD\n"))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        Path("x.zip").write_bytes(data)
        assert "password" in netcrm("import", "x.zip").err

    def test_a_lie_about_the_size(self, netcrm: Netcrm) -> None:
        """What a member says of its size is not believed."""
        data = bytearray(zipped(a_vcf=bytes(3_000_000)))
        place = data.index(b"PK\x01\x02")
        data[place + 24 : place + 28] = (100).to_bytes(4, "little")
        Path("x.zip").write_bytes(data)
        ended = netcrm("import", "x.zip")
        assert ended.code == 1
        assert len(ended.err.splitlines()) == 1


class TestConfig:
    """config.toml."""

    @pytest.mark.parametrize(
        "text",
        [
            "x = " + "[" * 50_000,
            "[giving]\nroom = " + "9" * 5000,
            "[giving]\nroom = 99999999999999999999",
            "[keys]\n" + ".".join("a" * 5_000) + ' = "x"',
            "[keys]\n" + "a" * 100_000 + ' = "x"',
            "x = 9999-99-99",
            "a" * 300_000,
            "\x1b]0;x\x07 = 1",
            '"\\u001b]0;x\\u0007" = 1',
            "[keys]\nundo = " + '"' + "x" * 100_000 + '"',
        ],
        ids=range(10),
    )
    def test_one_sentence(self, text: str, netcrm: Netcrm, tmp_path: Path) -> None:
        """Whatever stands in it, it is a sentence that a terminal can show."""
        folder = tmp_path / "config" / "netcrm"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(text, encoding="utf-8")
        begun = time.monotonic()
        for args in (("find",), ("config",)):
            ended = netcrm(*args)
            assert ended.code in (1, 2), ended
            assert len(ended.err.splitlines()) == 1
            assert "did not expect" not in ended.err
            assert "\x1b" not in ended.err
            assert len(ended.err) < 1000
        assert time.monotonic() - begun < 5
