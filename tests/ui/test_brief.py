"""The brief, an address to copy and a link to open, through the keyboard."""

import os
from collections.abc import Sequence
from pathlib import Path
from time import sleep

import pytest
from textual.pilot import Pilot

from netcrm.domain.people import ContactPoint
from netcrm.store import Store
from netcrm.ui import opening
from netcrm.ui.screens.brief import BriefScreen
from netcrm.ui.screens.log import LogPrompt
from netcrm.ui.screens.main import MainScreen
from tests.driving import MEDIUM, NARROW, drive, seen, settle
from tests.ui.test_hostile import hostile
from tests.world import added, entry, person, queued

EVIL = "javascript:alert(1)"


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """The links that were handed to the desktop; nothing is really opened."""
    links: list[str] = []
    monkeypatch.setattr(opening, "open_link", links.append)
    return links


class TestTheCard:
    """``b``."""

    def test_reads_and_is_left(self, world: Store) -> None:
        """All that is known stands on it; enter goes back to the same person."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*"jjjjjjjj", "b")
            await settle(pilot)
            assert isinstance(pilot.app.screen, BriefScreen)
            for text in ("Coffee at Café Lisboa", "Introduce to Leo", "lion tamer", "graduates", "walnuts"):
                assert seen(pilot.app, text), text
            await pilot.press("enter")
            assert isinstance(pilot.app.screen, MainScreen)
            assert seen(pilot.app, "Christina Vale")

        drive(world, script, (80, 24))

    def test_copies_it(self, world: Store) -> None:
        """As text, what one could give in it."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*"jjjjjjjj", "b")
            await settle(pilot)
            await pilot.press("y")
            assert pilot.app.clipboard.startswith("Christina Vale\nHead of Talent, Acme · Lisbon\n")
            assert "lion tamer" in pilot.app.clipboard
            assert seen(pilot.app, "Copied")

        drive(world, script)

    def test_logs_how_it_was(self, store: Store) -> None:
        """The log line opens about the same person."""
        added(store, "Hank Morrow")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("b", "l")
            await settle(pilot)
            assert isinstance(pilot.app.screen, LogPrompt)
            assert seen(pilot.app, "Hank Morrow")

        drive(store, script)

    def test_scrolls_where_it_does_not_fit(self, world: Store) -> None:
        """To its end and back."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press(*"jjjjjjjj", "b")
            await settle(pilot)
            assert seen(pilot.app, "last 3 days ago") and seen(pilot.app, "j more")
            await pilot.press("G")
            assert seen(pilot.app, "for feedback on the portfolio") and not seen(pilot.app, "last 3 days")
            await pilot.press("g", "j", "ctrl+d", "k", "ctrl+u")
            assert seen(pilot.app, "last 3 days ago")

        drive(world, script, NARROW)

    @pytest.mark.parametrize("size", [(1, 1), (2, 3), (10, 4), (30, 10)])
    def test_at_any_size(self, store: Store, size: tuple[int, int]) -> None:
        """It never crashes, whatever is written in it."""
        hostile(store)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("b")
            await settle(pilot)
            await pilot.press("j", "G", "y", "escape")

        drive(store, script, size)

    def test_all_of_it(self, world: Store) -> None:
        """What is shortened to fit says so; space shows all of it, and again fits it in."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("slash", *"christina", "enter", "b")
            await pilot.pause()
            assert seen(pilot.app, "space shows all of it")
            assert not seen(pilot.app, "through Bela Kovács, 2023")
            await pilot.press("space")
            assert seen(pilot.app, "j more")
            await pilot.press("pagedown")
            assert seen(pilot.app, "through Bela Kovács, 2023")
            await pilot.press("space")
            assert seen(pilot.app, "space shows all of it")

        drive(world, script, MEDIUM)

    def test_nobody(self, store: Store) -> None:
        """It says what to do first."""

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("b", "y", "o")
            assert isinstance(pilot.app.screen, MainScreen)

        drive(store, script)


class TestCopying:
    """``y`` on the main screen."""

    def test_an_address(self, store: Store) -> None:
        """The mail address first, else the phone; else it says how to add one."""
        phone, mail = ContactPoint("phone", "+44 1"), ContactPoint("email", "hank@x.example")
        added(store, person("Ada", points=(phone, mail)))
        added(store, person("Bob", points=(phone,)))
        added(store, person("Cy"))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("y")
            assert pilot.app.clipboard == "hank@x.example"
            assert seen(pilot.app, "Copied hank@x.example")
            await pilot.press("j", "y")
            assert pilot.app.clipboard == "+44 1"
            await pilot.press("j", "y")
            assert pilot.app.clipboard == "+44 1"
            assert seen(pilot.app, "no way yet to reach Cy")

        drive(store, script)

    def test_in_give(self, store: Store) -> None:
        """The link, else the words; cleaned."""
        ada = added(store, person("Ada", email="ada@x.example"))
        queued(store, ada, "Send \x1b[31mthis", promised=True)
        queued(store, ada, "Share it", link="https://x.example/a")

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("3", "y")
            assert pilot.app.clipboard == "Send \ufffd[31mthis"
            await pilot.press("j", "y")
            assert pilot.app.clipboard == "https://x.example/a"

        drive(store, script)


class TestOpening:
    """``o`` on the main screen."""

    def test_what_is_highlighted(self, store: Store, handed: Sequence[str]) -> None:
        """The link of the give or entry, else the site of the person, else a mail to them."""
        site = ContactPoint("url", "ada.example")
        ada = added(store, person("Ada", points=(ContactPoint("email", "ada@x.example"), site)))
        added(store, person("Bob", email="bob@x.example"))
        queued(store, ada, "Share it", link="https://x.example/give")
        store.timeline.log(entry(ada, text="Nothing", days_ago=2))
        store.timeline.log(entry(ada, text="Sent https://x.example/entry.", days_ago=1))

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("o", "j", "o", "k", "3", "o", "2", "o", "j", "o")
            assert handed == [
                "https://ada.example",
                "mailto:bob@x.example",
                "https://x.example/give",
                "https://x.example/entry",
                "https://ada.example",
            ]
            assert seen(pilot.app, "Opened https://ada.example")

        drive(store, script)

    def test_a_hostile_link(self, store: Store, handed: Sequence[str]) -> None:
        """It is not opened, and neither is anything in its place."""
        ada = added(store, person("Ada", points=(ContactPoint("url", "-h"),), email=""))
        queued(store, ada, "Share it", link=EVIL)

        async def script(pilot: Pilot[None]) -> None:
            await pilot.press("o")
            assert seen(pilot.app, "not opened")
            await pilot.press("3", "o")
            assert seen(pilot.app, "not “javascript:”")
            assert handed == []

        drive(store, script)


class TestHandingOver:
    """How a link reaches the desktop."""

    def test_as_one_argument(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Through no shell: what a shell would act on comes through as it is."""
        said = tmp_path / "said"
        program = tmp_path / "xdg-open"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$1" > {said}.part && mv {said}.part {said}\n')
        program.chmod(0o755)
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        link = "https://x.example/$(reboot);x&y|z?a='b'*"
        opening.open_link(link)
        for _ in range(200):
            if said.exists():
                break
            sleep(0.02)
        assert said.read_text() == f"1\n{link}\n"

    def test_nothing_opens_links_here(self) -> None:
        """Without a desktop, or a program for it, nothing is run."""
        assert opening.opener("linux", {"PATH": os.environ["PATH"]}) is None
        assert opening.opener("linux", {"DISPLAY": ":0", "PATH": "/nowhere"}) is None
        assert opening.opener("win32", {"PATH": os.environ["PATH"]}) is None
