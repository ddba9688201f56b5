"""``netcrm encrypt`` and ``decrypt``, and where the key comes from: a prompt, a command, a file."""

import os
import pty
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from netcrm.store import Store
from netcrm.store.recoding import is_encrypted
from tests.ciphered import PASSPHRASE, given, needs_sqlcipher, plain_only
from tests.cli.conftest import Netcrm
from tests.world import a_store, added, frozen, logged, names

pytestmark = [needs_sqlcipher, plain_only]

SECRET = "marmalade in the observatory"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book that is not encrypted, closed."""
    with a_store(tmp_path) as store:
        logged(store, added(store, "Hank Morrow"), text=SECRET)
    return tmp_path / "netcrm.db"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """A file with the key in its first line, for its owner alone."""
    file = tmp_path / "the key"
    file.write_text(f"{PASSPHRASE}\nlogin: me\n", "utf-8")
    file.chmod(0o600)
    return file


@pytest.fixture
def encrypted(netcrm: Netcrm, path: Path, key_file: Path) -> Path:
    """The same book, encrypted."""
    ended = netcrm("encrypt", "--key-file", str(key_file))
    assert (ended.code, ended.err) == (0, "")
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost nothing to derive; only this process can use them."""
    monkeypatch.setattr("netcrm.store.cipher._ROUNDS", 10)


def _pipe(name: Path) -> Path:
    os.mkfifo(name, 0o600)
    return name


def configured(text: str) -> None:
    """Write config.toml."""
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "netcrm" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.fixture
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run by a timer: there is nobody to ask."""
    opened = os.open

    def refuse(name: str | Path, *how: int) -> int:
        if str(name) == "/dev/tty":
            raise OSError(6, "No such device or address")
        return opened(name, *how)

    monkeypatch.setattr("netcrm.cli.keys.os.open", refuse)


class AtTheTerminal:
    """netcrm in a terminal of its own, with somebody at the keys."""

    def __init__(self, *args: str) -> None:
        self.said = ""
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            os.execv(sys.executable, [sys.executable, "-m", "netcrm", *args])

    def expect(self, words: str, seconds: float = 20.0) -> None:
        """Read until some words have been said."""
        deadline = time.monotonic() + seconds
        while words not in self.said:
            ready, _, _ = select.select([self._terminal], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{words!r} was not said, but {self.said!r}"
            self.said += self._read() or pytest.fail(f"{words!r} was not said, but {self.said!r}")
        self.said = self.said.partition(words)[2]

    def type(self, text: str) -> None:
        """Type a line."""
        while self.echoes():
            time.sleep(0.01)
        os.write(self._terminal, f"{text}\n".encode())

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self._terminal)[3] & termios.ECHO)

    def end(self) -> int:
        """Read the rest; return the exit code, negative for a signal."""
        while more := self._read():
            self.said += more
        _, status = os.waitpid(self.process, 0)
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> str:
        try:
            return os.read(self._terminal, 4096).decode("utf-8", "replace")
        except OSError:
            return ""


@contextmanager
def not_longer_than(seconds: float) -> Iterator[None]:
    """What is done inside takes no longer."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


class TestAtThePrompt:
    """Somebody is there to ask."""

    def test_there_and_back(self, path: Path) -> None:
        """The key is asked for twice, then once for each command; nothing typed is shown."""
        one = AtTheTerminal("encrypt")
        one.expect("New key: ")
        one.type(PASSPHRASE)
        one.expect("The same again: ")
        one.type(PASSPHRASE)
        one.expect("is encrypted now")
        assert one.end() == 0
        assert PASSPHRASE not in one.said
        assert "An SSD" in one.said
        assert is_encrypted(path)
        two = AtTheTerminal("show", "hank")
        two.expect(f"Key of {path}: ")
        two.type(PASSPHRASE)
        two.expect("marmalade")
        assert two.end() == 0
        three = AtTheTerminal("decrypt")
        three.expect("Key of")
        three.type(PASSPHRASE)
        three.expect("is no longer encrypted")
        assert three.end() == 0
        with Store(path, frozen) as store:
            assert names(store, store.people.ids()) == ["Hank Morrow"]

    def test_three_tries(self, encrypted: Path) -> None:
        """A slip is no reason to begin anew; after the third it says so, and nothing is changed."""
        before = encrypted.read_bytes()
        one = AtTheTerminal("find", "hank")
        for again in range(3):
            one.expect("Key of" if not again else "Once more:")
            one.type("wrong")
        one.expect(f"That key does not open {encrypted}.")
        assert one.end() == 1
        assert encrypted.read_bytes() == before
        two = AtTheTerminal("find", "hank")
        two.expect("Key of")
        two.type("wrong")
        two.expect("Once more:")
        two.type(PASSPHRASE)
        two.expect("Hank Morrow")
        assert two.end() == 0

    @pytest.mark.parametrize(
        ("typed", "why"),
        [(("",), "An empty key protects nothing"), (("one", "other"), "The two were not the same")],
        ids=["empty", "two"],
    )
    def test_no_new_key(self, path: Path, typed: tuple[str, ...], why: str) -> None:
        """A key that is none, or a slip, encrypts nothing."""
        before = path.read_bytes()
        one = AtTheTerminal("encrypt")
        for words, line in zip(("New key: ", "The same again: "), typed, strict=False):
            one.expect(words)
            one.type(line)
        one.expect(why)
        assert one.end() == 1
        assert path.read_bytes() == before

    def test_no_text(self, encrypted: Path) -> None:
        """Bytes that are no UTF-8, as a key bound to something odd sends: a sentence."""
        one = AtTheTerminal("find", "hank")
        one.expect("Key of")
        while one.echoes():
            time.sleep(0.01)
        os.write(one._terminal, b"\xff\xfe\n")
        one.expect("What was typed is no text in UTF-8")
        assert one.end() == 1

    def test_a_short_key(self, path: Path) -> None:
        """Is said to be one, and taken: it is theirs."""
        one = AtTheTerminal("encrypt")
        one.expect("New key: ")
        one.type("kites")
        one.expect("again: ")
        one.type("kites")
        one.expect("This key is short")
        assert one.end() == 0

    @pytest.mark.parametrize(
        ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
    )
    def test_ended_in_the_prompt(self, encrypted: Path, number: signal.Signals, code: int) -> None:
        """The terminal shows again what is typed."""
        one = AtTheTerminal("find", "hank")
        one.expect("Key of")
        while one.echoes():
            time.sleep(0.01)
        os.kill(one.process, number)
        deadline = time.monotonic() + 10
        while not one.echoes() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert one.echoes()
        assert one.end() == code

    def test_the_app(self, encrypted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It asks before it fills the screen, and then shows the book."""
        monkeypatch.setenv("TERM", "xterm-256color")
        one = AtTheTerminal()
        one.expect("Key of")
        assert "\x1b[?1049h" not in one.said
        one.type(PASSPHRASE)
        one.expect("\x1b[?1049h")
        one.expect("Hank Morrow")
        os.write(one._terminal, b"q")
        assert one.end() == 0


@pytest.mark.usefixtures("quick")
class TestElsewhere:
    """A key that a command prints, or that stands in a file."""

    def test_the_settings(self, netcrm: Netcrm, encrypted: Path, key_file: Path) -> None:
        """config.toml says which; its first line counts, whatever follows."""
        configured(f"[encryption]\nkey_command = \"cat '{key_file}'\"")
        assert "Hank Morrow" in netcrm("find", "hank").out
        configured(f'[encryption]\nkey_file = "{key_file}"')
        assert "Hank Morrow" in netcrm("find", "hank").out

    def test_the_environment(
        self, netcrm: Netcrm, encrypted: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Wins over the settings."""
        configured('[encryption]\nkey_command = "false"')
        monkeypatch.setenv("NETCRM_KEY_FILE", str(key_file))
        assert "Hank Morrow" in netcrm("find", "hank").out
        monkeypatch.setenv("NETCRM_KEY_COMMAND", f"cat '{key_file}'")
        ended = netcrm("find", "hank")
        assert (ended.code, "can't both be set" in ended.err) == (2, True)
        monkeypatch.delenv("NETCRM_KEY_FILE")
        assert "Hank Morrow" in netcrm("find", "hank").out

    def test_it_is_never_the_key_itself(self, netcrm: Netcrm, encrypted: Path, no_terminal: None) -> None:
        """No variable and no argument takes it."""
        for name in ("NETCRM_KEY", "NETCRM_PASSPHRASE", "NETCRM_PASSWORD"):
            os.environ[name] = PASSPHRASE
            try:
                assert netcrm("find", "hank").code == 1
            finally:
                del os.environ[name]
        assert netcrm("--key", PASSPHRASE, "find", "hank").code == 2
        assert netcrm("encrypt", "--key", PASSPHRASE).code == 2

    def test_no_shell(self, netcrm: Netcrm, encrypted: Path, tmp_path: Path, no_terminal: None) -> None:
        """A command is a program and its arguments, and what a shell would do with them is not done."""
        configured(f"[encryption]\nkey_command = \"echo '{PASSPHRASE}' ; touch {tmp_path}/made\"")
        assert netcrm("find", "hank").code == 1
        assert not (tmp_path / "made").exists()

    @pytest.mark.parametrize(
        ("command", "why"),
        [
            ("false", "ended with 1, and gave no key"),
            ("true", "gives no key: its first line is empty"),
            ("no-such-program-anywhere", "could not be run: no such file or directory"),
            ("echo 'open", "has an open quotation mark"),
            ("printf '\\377\\n'", "gives something that is no text"),
            ("yes", "prints far more than a key"),
            ("head -c 9000 /dev/zero", "gives a line that is too long"),
            ("echo wrong", "That key does not open"),
        ],
    )
    def test_a_command_that_does_not_help(
        self, netcrm: Netcrm, encrypted: Path, monkeypatch: pytest.MonkeyPatch, command: str, why: str
    ) -> None:
        """One sentence, and nothing is changed."""
        before = encrypted.read_bytes()
        monkeypatch.setenv("NETCRM_KEY_COMMAND", command)
        with not_longer_than(5.0):
            ended = netcrm("find", "hank")
        assert ended.code == 1
        assert why in ended.err
        assert ended.err.count("\n") == 1
        assert encrypted.read_bytes() == before

    @pytest.mark.parametrize("command", ["sleep 30", "sh -c 'sleep 30 & wait'"])
    def test_a_command_that_does_not_end(
        self, netcrm: Netcrm, encrypted: Path, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        """It is not waited for for ever, nor is what it started."""
        monkeypatch.setattr("netcrm.cli.keys._COMMAND_SECONDS", 0.3)
        monkeypatch.setenv("NETCRM_KEY_COMMAND", command)
        with not_longer_than(5.0):
            ended = netcrm("find", "hank")
        assert (ended.code, "did not end within" in ended.err) == (1, True)

    def test_what_is_piped_in_is_not_the_commands(
        self,
        netcrm: Netcrm,
        encrypted: Path,
        key_file: Path,
        monkeypatch: pytest.MonkeyPatch,
        no_terminal: None,
    ) -> None:
        """``cat card.vcf | netcrm import -`` imports the card."""
        script = f"import sys; sys.stdin.read(); print(open({str(key_file)!r}).readline(), end='')"
        monkeypatch.setenv("NETCRM_KEY_COMMAND", f'{sys.executable} -c "{script}"')
        card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Zora Bell\nN:Bell;Zora;;;\nEND:VCARD\n"
        assert netcrm("import", "-", stdin=card).code == 0
        assert "Zora Bell" in netcrm("find", "zora").out

    @pytest.mark.parametrize(
        ("harm", "why"),
        [
            (lambda file: file.chmod(0o640), "is open to others. Close it: chmod 600 '"),
            (lambda file: file.chmod(0o604), "is open to others. Close it: chmod 600 '"),
            (lambda file: file.unlink(), "can't be read: no such file or directory"),
            (lambda file: (file.unlink(), file.mkdir(0o700)), "can't be read: is a directory"),
            (lambda file: (file.unlink(), _pipe(file)), "is no ordinary file"),
            (lambda file: file.write_text("\n"), "gives no key: its first line is empty"),
            (lambda file: file.write_bytes(b"\xff\xfe"), "gives something that is no text"),
        ],
        ids=["group", "others", "none", "a folder", "a pipe", "empty", "no text"],
    )
    def test_a_file_that_does_not_help(
        self,
        netcrm: Netcrm,
        encrypted: Path,
        key_file: Path,
        monkeypatch: pytest.MonkeyPatch,
        harm: Callable[[Path], object],
        why: str,
    ) -> None:
        """Above all one that others may read."""
        harm(key_file)
        monkeypatch.setenv("NETCRM_KEY_FILE", str(key_file))
        ended = netcrm("find", "hank")
        assert ended.code == 1
        assert why in ended.err
        assert ended.err.count("\n") == 1

    def test_nobody_to_ask(self, netcrm: Netcrm, encrypted: Path, no_terminal: None) -> None:
        """Where there is neither, it says what to set; standard input is never taken for a key."""
        ended = netcrm("find", "hank", stdin=f"{PASSPHRASE}\n".encode())
        assert ended.code == 1
        assert ended.err.startswith(
            f"{encrypted} is encrypted, and there is no terminal to ask for the key: set"
        )


@pytest.mark.usefixtures("quick")
class TestBackups:
    """Copies of an encrypted book are encrypted, and are put back like any other."""

    @pytest.fixture(autouse=True)
    def known(self, monkeypatch: pytest.MonkeyPatch, key_file: Path) -> None:
        """The key is at hand."""
        monkeypatch.setenv("NETCRM_KEY_FILE", str(key_file))

    def test_made_listed_and_put_back(self, netcrm: Netcrm, encrypted: Path, tmp_path: Path) -> None:
        """No word of it shows in them, even of what was put back."""
        assert netcrm("backup").code == 0
        assert netcrm("add", "Amara Quillfeather").code == 0
        assert netcrm("backup", "elsewhere.db").code == 0
        assert [row[-1] for row in netcrm("backup", "--list").rows] == ["1"]
        assert netcrm("restore", "latest").code == 0
        assert netcrm("find", "quillfeather").out == ""
        assert netcrm("restore", "elsewhere.db").code == 0
        assert "Amara Quillfeather" in netcrm("find", "quillfeather").out
        assert is_encrypted(encrypted)
        for file in tmp_path.rglob("*"):
            if file.is_file():
                assert b"marmalade" not in file.read_bytes().lower()
                assert b"quillfeather" not in file.read_bytes().lower()

    def test_check(self, netcrm: Netcrm, encrypted: Path) -> None:
        """Every page is looked at, and a changed one found."""
        assert netcrm("backup").code == 0
        ended = netcrm("check")
        assert (ended.code, ended.err) == (0, ""), ended.out
        content = bytearray(encrypted.read_bytes())
        content[5 * 4096 + 17] ^= 1
        encrypted.write_bytes(content)
        assert netcrm("check").code == 1

    @pytest.mark.parametrize("harm", ["gone", "its first page", "all of it"])
    def test_a_damaged_book(self, netcrm: Netcrm, encrypted: Path, harm: str) -> None:
        """A backup brings it back, though nothing of the book says what it was."""
        assert netcrm("backup").code == 0
        content = encrypted.read_bytes()
        encrypted.unlink()
        if harm == "its first page":
            encrypted.write_bytes(content[:16] + bytes(4080) + content[4096:])
        elif harm == "all of it":
            encrypted.write_bytes(bytes(len(content)))
        if encrypted.exists():
            encrypted.chmod(0o600)
        ended = netcrm("restore", "latest")
        assert (ended.code, ended.err) == (0, "")
        assert "Hank Morrow" in netcrm("find", "hank").out
        assert is_encrypted(encrypted)

    @pytest.mark.parametrize("harm", [b"\xfd\x81" + bytes(range(60, 94)), bytes(4096)])
    def test_its_beginning(self, netcrm: Netcrm, encrypted: Path, harm: bytes) -> None:
        """The key opens a backup, so it is the right one: it is the file that is damaged, salt and all."""
        assert netcrm("backup").code == 0
        encrypted.write_bytes(harm + encrypted.read_bytes()[len(harm) :])
        for command in ("find", "add Zora"):
            ended = netcrm(*command.split())
            assert ended.code == 1
            assert "its beginning can't be read" in ended.err and "puts it back." in ended.err
        assert "puts it back." in netcrm("check").out
        assert netcrm("restore", "latest").code == 0
        assert "Hank Morrow" in netcrm("find", "hank").out
        assert is_encrypted(encrypted)

    def test_its_salt(self, netcrm: Netcrm, encrypted: Path) -> None:
        """A backup has the same: nothing else is damaged, and the book opens."""
        assert netcrm("backup").code == 0
        encrypted.write_bytes(bytes(range(190, 206)) + encrypted.read_bytes()[16:])
        assert "Hank Morrow" in netcrm("find", "hank").out

    def test_its_beginning_without_a_backup(self, netcrm: Netcrm, encrypted: Path) -> None:
        """Nothing tells whether it is the key or the file; both are said."""
        encrypted.write_bytes(bytes(range(190, 222)) + encrypted.read_bytes()[32:])
        said = netcrm("find").err
        assert "That key does not open" in said and "the beginning of the file is damaged" in said

    def test_a_plain_book_from_elsewhere(self, netcrm: Netcrm, encrypted: Path, tmp_path: Path) -> None:
        """It is encrypted as it is put back; the other way round it would be plain."""
        (tmp_path / "other").mkdir()
        with a_store(tmp_path / "other") as store:
            added(store, "Zora Bell")
        plain = tmp_path / "other" / "netcrm.db"
        before = plain.read_bytes()
        ended = netcrm("restore", str(plain))
        assert (ended.code, ended.err) == (0, "")
        assert is_encrypted(encrypted)
        assert "Zora Bell" in netcrm("find", "zora").out
        assert plain.read_bytes() == before


@pytest.mark.usefixtures("quick")
class TestEncrypt:
    """What the commands refuse, and what they say."""

    def test_twice(self, netcrm: Netcrm, encrypted: Path, key_file: Path) -> None:
        """What is encrypted already is told how to get another key."""
        ended = netcrm("encrypt", "--key-file", str(key_file))
        assert (ended.code, "netcrm encrypt --change-key" in ended.err) == (1, True)

    def test_what_is_not(self, netcrm: Netcrm, path: Path, key_file: Path) -> None:
        """What is not encrypted can't be decrypted, nor have another key."""
        assert netcrm("decrypt").err == f"{path} is not encrypted.\n"
        assert "is not encrypted yet" in netcrm("encrypt", "--change-key", "--key-file", str(key_file)).err

    def test_another_key(self, netcrm: Netcrm, encrypted: Path, key_file: Path, tmp_path: Path) -> None:
        """The old one comes from where it always does, the new one from the option."""
        new = tmp_path / "new"
        new.write_text("tea with seven astronomers")
        new.chmod(0o600)
        configured(f'[encryption]\nkey_file = "{key_file}"')
        ended = netcrm("encrypt", "--change-key", "--key-file", str(new))
        assert (ended.code, ended.err) == (0, "")
        assert "has another key now" in ended.out
        assert netcrm("find", "hank").err.startswith(f"That key does not open {encrypted}.")
        configured(f'[encryption]\nkey_file = "{new}"')
        assert "Hank Morrow" in netcrm("find", "hank").out

    def test_from_the_beginning(self, netcrm: Netcrm, tmp_path: Path, key_file: Path) -> None:
        """Where there is no book yet, one is made: so nothing of it was ever plain."""
        ended = netcrm("--db", "new.db", "encrypt", "--key-file", str(key_file))
        assert ended.code == 0
        with Store(tmp_path / "new.db", frozen, key=given(PASSPHRASE)) as store:
            assert store.people.count() == 0

    def test_the_settings_are_used(self, netcrm: Netcrm, path: Path, key_file: Path) -> None:
        """Where they say where the key comes from, nothing is asked."""
        configured(f'[encryption]\nkey_file = "{key_file}"')
        assert netcrm("encrypt").code == 0
        assert "Hank Morrow" in netcrm("find", "hank").out
        assert netcrm("decrypt").code == 0
        assert not is_encrypted(path)

    def test_it_is_open(self, netcrm: Netcrm, path: Path, key_file: Path) -> None:
        """Not while the app has the book."""
        with Store(path, frozen):
            ended = netcrm("encrypt", "--key-file", str(key_file))
        assert (ended.code, "is open elsewhere" in ended.err) == (1, True)
        assert not is_encrypted(path)

    def test_what_was_stopped(self, netcrm: Netcrm, path: Path) -> None:
        """The next command says that it has been put in order, and is done."""
        path.with_name("netcrm.db-recoding").touch()
        ended = netcrm("find", "hank")
        assert ended.code == 0
        assert "had been stopped half-way" in ended.err
        assert "Hank Morrow" in ended.out

    @pytest.mark.parametrize("line", ["check", "backup --list", "restore latest"])
    def test_what_was_stopped_before_the_file_as_a_whole(self, netcrm: Netcrm, path: Path, line: str) -> None:
        """So does a command that works on the file rather than on what is in it."""
        netcrm("backup")
        mark = path.with_name("netcrm.db-recoding")
        mark.touch()
        assert "had been stopped half-way" in netcrm(*line.split()).err
        assert not mark.exists()

    def test_no_key_in_what_is_said(
        self, netcrm: Netcrm, encrypted: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Not even in the traceback of an error that nobody expected."""
        monkeypatch.setenv("NETCRM_DEBUG", "1")
        monkeypatch.setenv("NETCRM_KEY_FILE", str(key_file))
        monkeypatch.setattr("netcrm.store.cipher.Key.unlock", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError) as caught:
            netcrm("find", "hank")
        said = str(caught.getrepr(showlocals=False))
        assert PASSPHRASE not in said
