"""That what is measured is what is said: frames, books, and the verdicts on them."""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from netcrm.store import Store
from tests.benchmarks import network
from tests.benchmarks.measuring import Line, Machine, alternately, at_most, ratio
from tests.benchmarks.network import ENTRIES, REGULAR, TODAY, Maker, now
from tests.benchmarks.parts.imports import connections, vcards
from tests.benchmarks.report import combined, markdown, printed, record
from tests.benchmarks.terminal import NotShown, Screen, Terminal


def script(tmp_path: Path, *lines: str) -> list[str]:
    """A program of these lines, in which ``frame(text)`` draws a frame and ``key()`` waits for one."""
    path = tmp_path / "drawing.py"
    begin = (
        "import os, sys, time, tty",
        "tty.setraw(0)",
        "def frame(text):",
        "    os.write(1, b'\\x1b[?2026h' + text.encode() + b'\\x1b[?2026l')",
        "def key():",
        "    return os.read(0, 100)",
    )
    path.write_text("\n".join((*begin, *lines, "key()")))
    return [sys.executable, str(path)]


class TestTerminal:
    """A program's frames, as a terminal shows them."""

    def test_a_frame_counts_at_its_last_byte(self, tmp_path: Path) -> None:
        """The time is that of the end of the first frame which shows the effect, not of its beginning."""
        drawing = script(
            tmp_path,
            *("frame('ready')", "key()", "frame('\\x1b[1;1Hnot yet')"),
            *(
                "os.write(1, b'\\x1b[?2026h\\x1b[2;1Hthere')",
                "time.sleep(0.15)",
                "os.write(1, b'\\x1b[?2026l')",
            ),
        )
        terminal = Terminal(drawing)
        try:
            terminal.until(lambda screen: screen.find("ready") is not None, terminal.started)
            seen = terminal.until(lambda screen: screen.find("there") is not None, terminal.press("x"))
        finally:
            terminal.end()
        assert seen.frames == 2
        assert 150 <= seen.milliseconds < 1000

    def test_what_does_not_come_is_said(self, tmp_path: Path) -> None:
        """An effect that never comes ends the measurement, with what stood there instead."""
        terminal = Terminal(script(tmp_path, "frame('something else')"))
        try:
            with pytest.raises(NotShown, match="something else"):
                terminal.until(lambda screen: screen.find("there") is not None, terminal.started, seconds=1)
        finally:
            terminal.end()

    def test_looking_takes_no_time_from_a_frame(self, tmp_path: Path) -> None:
        """However long it takes to look at a frame, the next one has the time at which it came."""
        drawing = script(tmp_path, "key()", "frame('one')", "time.sleep(0.005)", "frame('\\x1b[1;1Htwo')")
        terminal = Terminal(drawing)

        def slowly(screen: Screen) -> bool:
            time.sleep(0.2)
            return screen.find("two") is not None

        try:
            time.sleep(0.2)
            seen = terminal.until(slowly, terminal.press("x"))
        finally:
            terminal.end()
        assert seen.milliseconds < 150

    def test_the_colour_behind_tells_a_highlight(self) -> None:
        """A row's background is known, whether it was said in colours of 24 bits, of 256, or of 16."""
        screen = Screen()
        screen.take(b"\x1b[1;1H\x1b[38;2;1;2;3;48;2;10;20;30mA\x1b[0mB\x1b[48;5;7mC\x1b[44mD\x1b[49mE")
        assert screen.line(0, 0, 5) == "ABCDE"
        assert [screen.ground(0, column) for column in range(5)] == ["2;10;20;30", "", "5;7", "44", ""]

    def test_wide_letters_take_two_cells(self) -> None:
        """What stands behind a wide letter stands where the terminal has it."""
        screen = Screen()
        screen.take("\x1b[1;1H伟 Wei".encode())
        assert screen.find("Wei") == (0, 2)
        assert screen.rows[0][3] == "W"


class TestNetwork:
    """The books that everything is measured on."""

    def test_the_same_each_time(self) -> None:
        """A size gives one book, whatever order Python's sets have in this process."""
        assert Maker(300).seed() == Maker(300).seed()

    def test_ten_interactions_each(self, tmp_path: Path) -> None:
        """Everybody has ten of their own; a few share some of others."""
        with Store(tmp_path / "netcrm.db", now) as store:
            seed = Maker(200).seed()
            store.seed(seed)
            assert len(seed.timeline) == 200 * ENTRIES
            entries = [person.entries for key in store.people.ids() if (person := store.people.get(key))]
        assert min(entries) == ENTRIES
        assert sum(entries) < 200 * ENTRIES * 1.1

    def test_names_are_as_they_are_in_the_world(self) -> None:
        """Common names repeat, most names do not, and there are letters of many alphabets."""
        names = Counter(profile.name for profile in Maker(5_000)._profiles())
        assert names.most_common(1)[0][1] >= 3
        assert 0.6 < sum(often == 1 for often in names.values()) / 5_000 < 0.95
        letters = {letter for name in names for letter in name}
        assert set("ãçéñöøşżЖ伟") & letters >= set("ãçéñöøşż")
        assert names[REGULAR.full] == 1

    def test_a_book_is_kept(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is made once, and made anew when what it would hold is another."""
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        network._digest.cache_clear()
        made = network.kept(60)
        at = made.stat().st_mtime_ns
        assert network.kept(60) == made
        assert made.stat().st_mtime_ns == at
        monkeypatch.setattr(network, "ENTRIES", 11)
        network._digest.cache_clear()
        assert network.kept(60) != made
        network._digest.cache_clear()

    def test_its_people_come_in_from_files(self, tmp_path: Path) -> None:
        """The cards and the rows of LinkedIn that imports are measured with bring everybody in."""
        from netcrm.exchange.reading import read

        profiles = list(Maker(120)._profiles())
        for number, data in enumerate((vcards(profiles), connections(profiles))):
            with Store(tmp_path / f"{number}.db", now) as store:
                report, _ = store.imports.bring_in(read(data).records, "file", today=TODAY)
            assert (report.added, report.skipped) == (120, ())


class TestVerdicts:
    """What is said of samples."""

    def test_a_ratio_is_of_medians(self) -> None:
        """One bad sample changes nothing."""
        line = ratio("", "", {"ours": [12, 12, 900], "theirs": [10, 10, 10]}, "ours", "theirs", 1.25)
        assert line.figure == pytest.approx(1.2)
        assert line.reached is True
        assert ratio("", "", line.samples, "ours", "theirs", 1.1).reached is False

    def test_a_limit_is_kept_or_not(self) -> None:
        """What is just within it is reached."""
        assert at_most("", "", 60, 60, "ms", samples={}).reached is True
        assert at_most("", "", 60.1, 60, "ms", samples={}).reached is False

    def test_the_sign_is_the_verdict(self) -> None:
        """On the screen, in the file and in README's table stands the same verdict."""
        within, beyond = (
            at_most("", name, 60.0, limit, "ms", samples={}) for name, limit in (("a", 61), ("b", 59))
        )
        unasked = Line(part="", what="c", measured="not built")
        lines = (within, beyond, unasked)
        assert [next(printed(line))[0] for line in lines] == ["✓", "✗", "·"]
        run = record(Machine(), lines, {"": (0.0, 0.0, 0.0)}, quick=True)
        assert [line["reached"] for line in run["lines"]] == [True, False, None]
        assert list(markdown(run))[-3:] == [
            "| a | 60.0 ms | ≤ 61 ms | ✓ |",
            "| b | 60.0 ms | ≤ 59 ms | 🔴 ✗ |",
            "| c | not built |  |  |",
        ]

    def test_a_busy_machine_is_said(self) -> None:
        """The table then shows beside what was measured what it is by the processor's time."""
        samples = {
            name: [value] for name, value in (("a", 9), ("b", 3), ("a, processor", 4), ("b, processor", 2))
        }
        line = ratio("", "a beside b", samples, "a", "b", 2)
        run = record(Machine(), [line], {"start": (99.0, 9.0, 9.0)}, quick=True)
        told = list(markdown(run))
        assert "load average up to 99" in told[1]
        assert told[-1] == "| a beside b | 3.00 ×: 9.0 to 3.0 ms | 2.00 × | ≤ 2 × | 🔴 ✗ |"

    def test_runs_are_put_together(self, tmp_path: Path) -> None:
        """A part that was measured again counts as it was measured last; the others stay."""
        files = []
        for number, parts in enumerate((("start", "keys"), ("keys",))):
            lines = [Line(part=part, what=part, measured=str(number)) for part in parts]
            files.append(tmp_path / f"{number}.json")
            files[-1].write_text(json.dumps(record(Machine(), lines, {}, quick=True)), "utf-8")
        assert [line["measured"] for line in combined(files)["lines"]] == ["0", "1"]

    def test_things_are_measured_in_turn(self) -> None:
        """Each round begins with another one, so that none is always the first."""
        order: list[str] = []

        def note(name: str) -> float:
            order.append(name)
            return 0.0

        alternately(2, {"one": lambda _: note("one"), "two": lambda _: note("two")})
        assert order == ["one", "two", "two", "one"]


def test_nothing_of_this_process_changes_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program is measured as users run it: with its compiled modules kept."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    terminal = Terminal(script(tmp_path, "frame(f'kept {sys.dont_write_bytecode}')"))
    try:
        terminal.until(lambda screen: screen.find("kept False") is not None, terminal.started)
    finally:
        terminal.end()
    assert os.environ["PYTHONDONTWRITEBYTECODE"] == "1"
