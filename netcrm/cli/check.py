"""``netcrm check``: whether the book is whole, and putting it in order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from netcrm.cli.asking import command, json_option
from netcrm.cli.book import book_file, to_type, way_back
from netcrm.cli.clock import now
from netcrm.cli.output import dim, on_terminal, say, say_json, say_rows, styled

if TYPE_CHECKING:
    from netcrm.store.checking import Finding
    from netcrm.store.repairing import Repaired


@command("check", "netcrm check", "netcrm check --repair")
@click.option("--repair", is_flag=True, help="Put in order what can be; a backup is kept first.")
@json_option
@click.pass_context
def check_command(ctx: click.Context, repair: bool, as_json: bool) -> None:
    """See whether the book is whole, and put it in order.

    It looks at every page of the file, at what records refer to, at what search and lists say of the records,
    at what undo needs, at the newest backup, and at who can read the files; the book may be open elsewhere.
    The exit code is 0 if all is well, and 1 if not, or if a repair could not read all that was there.

    --repair makes search, lists and indexes again from the records, settles references to what is not there,
    and takes the files from everybody else. Of a damaged file it reads what can be read into a new one; what
    was there is kept beside its backups, byte for byte.

    --json prints {ok, findings, done}: findings is a list of {name, ok, said, todo}; lost
    says what a repair could not read.
    """
    from netcrm.store.checking import check
    from netcrm.store.errors import Damaged, StoreError

    file = book_file()
    lost = False
    if not repair:
        findings = check(file, now())
        _tell(findings, as_json)
    else:
        from netcrm.store.repairing import repair as put_in_order

        try:
            done = put_in_order(file, now())
        except Damaged as error:
            raise StoreError(f"It can't be repaired. {error} {way_back()}".strip()) from error
        findings = done.findings
        _tell(findings, as_json, done)
        lost = bool(done.lost)
    if lost or not all(finding.good for finding in findings):
        ctx.exit(1)


def _tell(findings: Sequence["Finding"], as_json: bool, done: "Repaired | None" = None) -> None:
    if as_json:
        kept, aside = (done.kept, done.aside) if done else (None, None)
        say_json(
            {
                "ok": all(finding.good for finding in findings),
                "findings": [
                    {"name": one.name, "ok": one.good, "said": one.said, "todo": _todo(one)}
                    for one in findings
                ],
                "done": list(done.done) if done else [],
                "kept": kept.name if kept else None,
                "aside": str(aside) if aside else None,
                "lost": _lost(done),
            }
        )
        return
    if done and done.done:
        lines = [f"· {line}" for line in done.done]
        if done.kept:
            lines.append(f"· What was there is kept: {to_type('restore', done.kept.name)} brings it back.")
        if done.aside:
            lines.append(f"· The damaged file is kept as it was: {done.aside}")
        if done.lost:
            lines.append(f"✗ {_lost(done)}")
        say([*lines, ""] if on_terminal() else lines)
    if on_terminal():
        say(_lines(findings))
    else:
        say_rows(("ok" if one.good else "not", one.name, one.said, _todo(one)) for one in findings)


def _lost(done: "Repaired | None") -> str | None:
    """What a repair could not read, and what has it; None where it read all."""
    return f"{done.lost} {way_back()}".strip() if done and done.lost else None


def _lines(findings: Sequence["Finding"]) -> list[str]:
    lines = []
    for one in findings:
        sign = styled("✓", fg="green") if one.good else styled("✗", fg="yellow")
        lines.append(f"{sign} {one.said}")
        if not one.good:
            lines.append(f"  {dim('→')} {_todo(one)}")
    return lines


def _todo(finding: "Finding") -> str:
    """What mends it, as one would type it."""
    if finding.todo == "repair":
        return f"{to_type('check', '--repair')} puts it in order."
    if finding.todo == "backup":
        return f"{to_type('backup')} makes one."
    if finding.todo in ("restore", "salvage"):
        salvage = f"{to_type('check', '--repair')} reads what can be read into a new file."
        nothing = "Nothing can be read of it any more."
        said = (way_back(), salvage) if finding.todo == "salvage" else (nothing, way_back())
        return " ".join(filter(None, said))
    return finding.todo
