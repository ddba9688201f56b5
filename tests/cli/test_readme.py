"""The commands of README run as they stand there, one after the other, in a new book."""

import shlex
from pathlib import Path

from tests.cli.conftest import Netcrm

_README = Path(__file__).parents[2] / "README.md"


def test_the_command_line(netcrm: Netcrm) -> None:
    """Each of them ends well: whoever copies them is not told that nobody is called so."""
    text = _README.read_text(encoding="utf-8")
    _, _, rest = text.partition("## The command line")
    lines = rest.split("```")[1].removeprefix("sh").strip().splitlines()
    assert len(lines) > 20
    for line in lines:
        said, _, command = line.rpartition(" | ")
        stdin = shlex.split(said)[1].encode() if said else b""
        program, *args = shlex.split(command)
        ended = netcrm(*args, stdin=stdin)
        assert (program, ended.code) == ("netcrm", 0), (line, ended.err)
