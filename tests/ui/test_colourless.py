"""Without colour: what a colour said is said by how the text is set."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from netcrm.store import Store
from netcrm.ui.app import NetcrmApp
from netcrm.ui.colourless import Colourless
from netcrm.ui.themes import NIGHT
from tests.world import TODAY

GROUND = str(NIGHT.background)


def without(style: str) -> Style:
    """A style of the theme, without its colours."""
    (segment,) = Colourless(NIGHT).apply([Segment("x", Style.parse(style))], Color.parse(GROUND))
    assert segment.style is not None
    assert segment.style.color is None
    assert segment.style.bgcolor is None
    return segment.style


class TestStyles:
    """What a colour means, in the theme of the night."""

    def test_plain(self) -> None:
        """Text as it is, on any of the plain surfaces, whatever hue it has."""
        for text in (NIGHT.foreground, NIGHT.accent, NIGHT.success, NIGHT.error, NIGHT.secondary):
            for ground in (NIGHT.background, NIGHT.surface, NIGHT.panel):
                style = without(f"{text} on {ground}")
                assert not (style.dim or style.reverse or style.underline)

    def test_back(self) -> None:
        """What stands back is dim."""
        assert without(f"#707792 on {GROUND}").dim

    def test_here_and_there(self) -> None:
        """Where one is, is reversed; where one was, in a pane left, is underlined."""
        here = without(f"{NIGHT.foreground} on #4a4164")
        assert (here.reverse, here.underline, here.dim) == (True, False, False)
        there = without(f"{NIGHT.foreground} on #302d43")
        assert (bool(there.reverse), there.underline) == (False, True)

    def test_kept(self) -> None:
        """Bold stays bold, and what a click does stays."""
        assert without(f"bold {NIGHT.primary} on {GROUND}").bold
        assert Colourless(NIGHT).apply([Segment("x")], Color.parse(GROUND)) == [Segment("x")]


class TestApp:
    """When the app is without colour."""

    @pytest.mark.parametrize(("said", "colourless"), [("1", True), ("no", True), ("", False)])
    def test_said(self, store: Store, monkeypatch: pytest.MonkeyPatch, said: str, colourless: bool) -> None:
        """NO_COLOR set to anything; set to nothing it is not set (no-color.org)."""
        monkeypatch.setenv("NO_COLOR", said)
        monkeypatch.setenv("NETCRM_THEME", "netcrm-day")
        app = NetcrmApp(store, lambda: TODAY)
        assert any(isinstance(one, Colourless) for one in app.get_line_filters()) is colourless
        assert app.theme == ("netcrm-night" if colourless else "netcrm-day")
