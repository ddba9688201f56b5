"""Address books of other programs, imported by the command line; skipped where they don't lie beside us."""

import csv
import os
from pathlib import Path

import pytest

from netcrm.store import Store
from tests.cli.conftest import Netcrm

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
SAMPLES = Path(os.environ.get("NETCRM_SAMPLES", BESIDE))
MANIFEST = SAMPLES / "MANIFEST.tsv"

OURS = ("vcard", "linkedin-connections", "google-csv")
"""The formats that netcrm reads, by how the manifest's names begin."""

READ_LEAST = 0.99
"""The share of records that must come in."""

pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason="the samples are not here")


def samples() -> dict[str, tuple[str, int]]:
    """The format of each file, and how many records it holds."""
    if not MANIFEST.is_file():
        return {}
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {str(SAMPLES / row["file"]): (row["format"], int(row["top_level_records"])) for row in rows}


def ours() -> dict[str, int]:
    """How many records each file of ours holds."""
    return {file: records for file, (kind, records) in samples().items() if kind.startswith(OURS)}


def test_each_file(netcrm: Netcrm, book: Store) -> None:
    """Each comes in without a surprise; over all of them 99 of 100 records are read. Undo takes all back."""
    read = 0
    for file, records in ours().items():
        ended = netcrm("import", file, "--json")
        counts = ended.json
        taken = counts["added"] + counts["updated"] + counts["same"]
        assert ended.code == (0 if records else 1), file
        assert "did not expect" not in ended.err
        assert taken + counts["skipped"] == records, file
        assert all(set(problem) == {"file", "line", "why"} for problem in counts["problems"])
        read += taken
    assert read >= READ_LEAST * sum(ours().values())
    while netcrm("undo").code == 0:
        pass
    assert book.people.count() == 0


def test_twice(netcrm: Netcrm, book: Store) -> None:
    """Imported once more, a file adds nobody and changes nothing."""
    for file in ours():
        netcrm("import", file)
        again = netcrm("import", file, "--json").json
        assert (again["added"], again["updated"]) == (0, 0), file
    people = book.people.count()
    netcrm("import", *ours())
    assert book.people.count() == people


def test_files_of_others(netcrm: Netcrm) -> None:
    """Every other file is refused in a sentence."""
    for file in samples().keys() - ours().keys():
        ended = netcrm("import", file)
        assert "did not expect" not in ended.err
        assert ended.code == 1
        assert len(ended.err.splitlines()) == 1
