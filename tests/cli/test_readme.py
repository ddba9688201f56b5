"""The commands of README run as they stand there, and what it promises has a test."""

import ast
import re
import shlex
from pathlib import Path

from tests.cli.conftest import Netcrm

_HOME = Path(__file__).parents[2]

_README = _HOME / "README.md"


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


def test_the_promises() -> None:
    """Each names a test that is there: a file, or a class of one with tests in it."""
    text = _README.read_text(encoding="utf-8")
    _, _, rest = text.partition("### What it promises")
    rows = re.findall(r"^\| .+ \| `(tests/[^`]+)` \|$", rest.partition("\n## ")[0], re.MULTILINE)
    assert len(rows) > 20
    for row in rows:
        name, _, group = row.partition("::")
        body: list[ast.stmt] = ast.parse((_HOME / name).read_text(encoding="utf-8")).body
        if group:
            (found,) = [one for one in body if isinstance(one, ast.ClassDef) and one.name == group]
            body = found.body
        defined = [one.name for one in ast.walk(ast.Module(body, [])) if isinstance(one, _FUNCTIONS)]
        assert any(one.startswith("test_") for one in defined), row


_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
