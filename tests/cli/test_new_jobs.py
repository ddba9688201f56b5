"""New jobs: LinkedIn's file, imported again months later, through the command line."""

from dataclasses import replace
from pathlib import Path

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm
from tests.world import TODAY

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"

THEN = (
    "Christina,Vale,https://www.linkedin.com/in/cvale,,Fjord,Recruiter,01 Apr 2024\n"
    "Hank,Morrow,https://www.linkedin.com/in/hank,,Northwind,Driver,02 Apr 2024\n"
    "Amara,Okafor,https://www.linkedin.com/in/amara,,ESO,Astronomer,03 Apr 2024\n"
    "Bela,Kovacs,https://www.linkedin.com/in/bela,,Lumiere,Marketer,04 Apr 2024\n"
)

NOW = (
    "Christina,Vale,https://www.linkedin.com/in/cvale,,Acme,Head of Talent,01 Apr 2024\n"
    "Hank,Morrow,https://www.linkedin.com/in/hank,,Northwind,Warehouse lead,02 Apr 2024\n"
    "Amara,Okafor,https://www.linkedin.com/in/amara,,  eso ,astronomer,03 Apr 2024\n"
    "Bela,Kovacs,https://www.linkedin.com/in/bela,,Lumiere,Marketer,04 Apr 2024\n"
    "Grace,Lindqvist,https://www.linkedin.com/in/grace,,Fjord,Designer,05 Nov 2026\n"
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The file as it was, and as it is."""
    for name, content in (("then.csv", THEN), ("now.csv", NOW)):
        (tmp_path / name).write_text(HEADER + content, encoding="utf-8")
    return str(tmp_path / "then.csv"), str(tmp_path / "now.csv")


def test_told_again(netcrm: Netcrm, book: Store, files: tuple[str, str]) -> None:
    """Two new jobs: in the profile, on the timeline, and to be congratulated on; one undo takes all back."""
    then, now = files
    assert netcrm("import", then, "--json").json["new_jobs"] == 0
    rehearsed = netcrm("import", "--dry-run", now, "--json").json
    assert (rehearsed["added"], rehearsed["new_jobs"]) == (1, 2)
    said = netcrm("import", now)
    assert said.code == 0
    assert "2 new jobs" in said.out
    shown = netcrm("show", "Christina Vale", "--json").json
    assert (shown["title"], shown["organisation"]) == ("Head of Talent", "Acme")
    (entry,) = shown["timeline"]
    assert entry["text"] == "New job: Head of Talent at Acme (before: Recruiter at Fjord)"
    assert (entry["kind"], entry["day"]) == ("life event", TODAY.isoformat())
    gives = [(give.words, give.why, give.source, give.effort) for give in book.gives.queue(TODAY)]
    assert gives == [
        ("Congratulate Christina on the new job", "Head of Talent at Acme", "new title", "S"),
        ("Congratulate Hank on the new job", "Warehouse lead at Northwind", "new title", "S"),
    ]
    assert book.history.acts()[0].label == "imported now.csv: 1 added, 3 updated, 2 new jobs"
    assert netcrm("import", now, "--json").json["new_jobs"] == 0
    netcrm("undo")
    assert not book.gives.queue(TODAY)
    assert netcrm("show", "Christina Vale", "--json").json["title"] == "Recruiter"


def test_what_the_user_knew(netcrm: Netcrm, book: Store, files: tuple[str, str]) -> None:
    """Who wrote the new job down before the file told of it is not told again."""
    then, now = files
    netcrm("import", then)
    (christina,) = book.people.named("christina vale")
    person = book.people.get(christina.id)
    assert person
    book.people.edit(
        christina.id, replace(person.profile, title="Head of Talent", organisation="Acme"), today=TODAY
    )
    assert netcrm("import", now, "--json").json["new_jobs"] == 1


def test_never_a_first_time(netcrm: Netcrm, book: Store, files: tuple[str, str]) -> None:
    """A file that nothing was imported from before tells of no new jobs, whatever stands in the book."""
    netcrm("add", "Christina Vale", "--title", "Recruiter", "--org", "Fjord")
    assert netcrm("import", files[1], "--json").json["new_jobs"] == 0
    assert not book.gives.queue(TODAY)
