"""Draws the pictures in ``screenshots/`` from the demo world: ``python -m tests.pictures``."""

import asyncio
import os
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from netcrm.demo.fill import fill
from netcrm.demo.world import load
from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from tests.driving import settle, type_text
from tests.world import TODAY, frozen

FOLDER = Path(__file__).resolve().parents[1] / "screenshots"

Picture = tuple[str, tuple[int, int], str, tuple[str, ...], str]

PICTURES: tuple[Picture, ...] = (
    ("main", (132, 36), "netcrm-night", tuple("jjjjjjjj"), ""),
    (
        "log",
        (110, 30),
        "netcrm-night",
        ("l",),
        "yesterday: coffee with Christina and Hank at _Café Lisboa_ #design **",
    ),
    ("spark", (132, 36), "netcrm-night", ("s", "tab", "j", "j", "enter", "space", "space", "space"), ""),
    ("review", (132, 36), "netcrm-night", ("r", "k"), ""),
    ("groups", (132, 36), "netcrm-night", ("c", "j", "j", "tab", *"jjjjjj"), ""),
    ("give", (110, 30), "netcrm-night", ("3", "space"), ""),
    ("everything", (110, 30), "netcrm-night", ("T", "j", "j"), ""),
    ("brief", (110, 30), "netcrm-night", (*"jjjjjjjj", "b"), ""),
    ("relations", (110, 30), "netcrm-night", (*"jjjjjjjj", "R"), ""),
    ("organisations", (110, 30), "netcrm-night", ("O", "enter", *"jjjj"), ""),
    ("form", (110, 30), "netcrm-night", (*"jjjjjjjj", "e"), ""),
    ("day", (110, 30), "netcrm-day", tuple("jjjjjjjj"), ""),
)
"""Name, columns and lines, theme, keys, and what is typed after them."""


def draw(name: str, size: tuple[int, int], theme: str, keys: tuple[str, ...], typed: str) -> None:
    """Draw one picture into the folder."""
    os.environ["NETCRM_THEME"] = theme

    async def run(app: NetcrmApp) -> str:
        async with app.run_test(size=size) as pilot:
            await _play(pilot, keys, typed)
            return app.export_screenshot(title="netcrm")

    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "netcrm.db", frozen) as store:
        fill(store, load(), TODAY)
        drawn = asyncio.run(run(NetcrmApp(store, lambda: TODAY)))
    (FOLDER / f"{name}.svg").write_text(drawn + "\n", encoding="utf-8")


async def _play(pilot: Pilot[None], keys: tuple[str, ...], typed: str) -> None:
    await pilot.pause()
    await pilot.press(*keys)
    await type_text(pilot, typed)
    await settle(pilot)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        draw(*picture)
