"""Address books of other programs, as they lie beside the repository; skipped where they don't."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from netcrm.domain.imports import Card, Skipped, UnreadableFile
from netcrm.exchange.reading import read

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "samples"
SAMPLES = Path(os.environ.get("NETCRM_SAMPLES", BESIDE))
MANIFEST = SAMPLES / "MANIFEST.tsv"

OURS = ("vcard", "linkedin-connections", "google-csv-old")
"""The formats that netcrm reads, by how the manifest's names begin."""

READ_LEAST = 0.99
"""The share of records that must come in; the one that doesn't is a card without a single field."""

pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason="the samples are not here")


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of the manifest."""

    path: Path
    format: str
    records: int

    @property
    def is_ours(self) -> bool:
        """Whether netcrm reads its format."""
        return self.format.startswith(OURS)


def _samples() -> list[Sample]:
    if not MANIFEST.is_file():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Sample(SAMPLES / row["file"], row["format"], int(row["top_level_records"])) for row in rows]


def _read(sample: Sample) -> list[Card | Skipped]:
    return list(read(sample.path.read_bytes()).records)


@pytest.mark.parametrize("sample", _samples(), ids=lambda sample: str(sample.path.relative_to(SAMPLES)))
def test_no_surprise(sample: Sample) -> None:
    """A file of ours gives as many records as it holds; any other gives a sentence."""
    if sample.is_ours and sample.records:
        found = _read(sample)
        assert len(found) == sample.records
        assert all(isinstance(record, (Card, Skipped)) for record in found)
    else:
        with pytest.raises(UnreadableFile):
            _read(sample)


@pytest.mark.parametrize("sample", _samples(), ids=lambda sample: str(sample.path.relative_to(SAMPLES)))
def test_text_is_whole(sample: Sample) -> None:
    """No card of a file of ours holds a character that could not be decoded."""
    if sample.is_ours and sample.records:
        for record in _read(sample):
            if isinstance(record, Card):
                assert "\ufffd" not in repr(record)


def test_share_that_is_read() -> None:
    """Of all the records in the files of ours, 99 of 100 become cards."""
    ours = [sample for sample in _samples() if sample.is_ours and sample.records]
    cards = sum(isinstance(record, Card) for sample in ours for record in _read(sample))
    assert cards >= READ_LEAST * sum(sample.records for sample in ours)
