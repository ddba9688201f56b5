"""The disk whose power is cut: what is certain on it, and what is not."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.durability.disk import Disk
from tests.durability.recording import Call, Event, How

UNDER = Path("/disk")

BOOK = (1, 3)
FOLDER = (1, 4)
"""Files that are open."""

NOTHING = How(0)
"""Nothing besides."""

IMAGES = 200


def event(
    call: Call,
    file: tuple[int, int] = BOOK,
    path: str = "",
    data: bytes = b"",
    at: int = 0,
    how: How = NOTHING,
) -> Event:
    """A call."""
    return Event(call, how, file, at, path, data)


MADE = event(Call.OPEN, path="/disk/book", how=How.CREATED)
SYNCED = event(Call.SYNC)
FOLDER_SYNCED = (event(Call.OPEN, FOLDER, "/disk", how=How.FOLDER), event(Call.SYNC, FOLDER))


def wrote(data: bytes, at: int = 0) -> Event:
    """A write to the book."""
    return event(Call.WRITE, data=data, at=at)


def cuts(*events: Event) -> Sequence[dict[str, bytes]]:
    """What may be left after some calls, on many images."""
    disk = Disk(UNDER)
    for one in events:
        disk.take(one)
    chance = Random(1)
    return [dict(disk.cut(chance)) for _ in range(IMAGES)]


class TestWhatIsCertain:
    """It is on every image."""

    def test_what_was_synced(self) -> None:
        """The bytes, once their file and the folder with its name were synced."""
        assert all(
            image == {"/disk/book": b"abc"} for image in cuts(MADE, wrote(b"abc"), SYNCED, *FOLDER_SYNCED)
        )

    def test_the_bytes_around_a_write(self) -> None:
        """However a write is torn, what was before and behind it stays."""
        images = cuts(MADE, wrote(b"a" * 1500), SYNCED, *FOLDER_SYNCED, wrote(b"b" * 600, 300))
        assert {(image["/disk/book"][:300], image["/disk/book"][900:]) for image in images} == {
            (b"a" * 300, b"a" * 600)
        }

    def test_what_lay_there_before(self) -> None:
        """A file that was there when the program began."""
        assert Disk(UNDER, {"/disk/book": b"abc"}).cut(Random(1)) == {"/disk/book": b"abc"}


class TestWhatIsNot:
    """It is on some images, and not on others."""

    def test_a_new_name(self) -> None:
        """A file may be gone though its bytes were synced: its folder was not."""
        images = cuts(MADE, wrote(b"abc"), SYNCED)
        assert {} in images
        assert {"/disk/book": b"abc"} in images

    def test_a_name_in_a_new_folder(self) -> None:
        """With the name of the folder all that is in it is lost."""
        inside = (event(Call.OPEN, path="/disk/new/book", how=How.CREATED), wrote(b"abc"), SYNCED)
        folder = (event(Call.OPEN, FOLDER, "/disk/new", how=How.FOLDER), event(Call.SYNC, FOLDER))
        made = event(Call.MKDIR, path="/disk/new")
        assert {} in cuts(made, *inside, *folder)
        assert {} not in cuts(made, *FOLDER_SYNCED, *inside, *folder)

    def test_a_removed_name(self) -> None:
        """A removed file may come back until its folder is synced."""
        kept = (MADE, wrote(b"abc"), SYNCED, *FOLDER_SYNCED, event(Call.UNLINK, path="/disk/book"))
        assert {} in cuts(*kept)
        assert {"/disk/book": b"abc"} in cuts(*kept)
        assert all(image == {} for image in cuts(*kept, *FOLDER_SYNCED))

    def test_a_rename_is_whole(self) -> None:
        """The file bears the old name or the new one, never none and never both."""
        renamed = event(Call.RENAME, path="/disk/book", data=b"/disk/kept")
        images = cuts(MADE, wrote(b"abc"), SYNCED, *FOLDER_SYNCED, renamed)
        assert {tuple(image) for image in images} == {("/disk/book",), ("/disk/kept",)}

    def test_the_order_of_sectors(self) -> None:
        """What was written later may be there without what was written before."""
        images = cuts(
            MADE, wrote(b"a" * 512), wrote(b"b" * 512, 512), SYNCED, *FOLDER_SYNCED, wrote(b"c" * 1024)
        )
        halves = {(image["/disk/book"][0:1], image["/disk/book"][-1:]) for image in images}
        assert {(b"a", b"b"), (b"c", b"b"), (b"a", b"c"), (b"c", b"c")} <= halves

    def test_half_a_sector(self) -> None:
        """What was just being written may be torn."""
        images = cuts(MADE, wrote(b"a" * 51200), SYNCED, *FOLDER_SYNCED, wrote(b"b" * 51200))
        sectors = {image["/disk/book"][at : at + 512] for image in images for at in range(0, 51200, 512)}
        assert any(sector.startswith(b"bb") and sector.endswith(b"aa") for sector in sectors)
        assert any(sector.startswith(b"aa") and sector.endswith(b"bb") for sector in sectors)
        assert any(set(sector) - set(b"ab") for sector in sectors), "noise"


def test_what_could_not_be_followed() -> None:
    """A call that the recorder could not follow ends the proof."""
    with pytest.raises(AssertionError, match="could not follow mmap"):
        Disk(UNDER).take(event(Call.STRANGE, path="mmap"))
