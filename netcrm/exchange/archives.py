"""ZIP archives, as LinkedIn and Google Takeout give them: their address books, read without unpacking.

Nothing of an archive touches the disk, so that a member's name, ``../`` or not, is only looked at for how it
ends. What a member says of its size is not believed either: it is counted as it is read.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from netcrm.domain.imports import UnreadableFile
from netcrm.exchange.limits import FILE_MOST
from netcrm.files import TooLarge, bounded, size

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
"""What a ZIP archive begins with; the second is of an empty one."""

_MEMBERS_MOST = 20_000
"""Members of an archive; one of all that LinkedIn has holds some fifty, with pictures a few thousand."""

_ENTRY = b"PK\x01\x02"
"""What each member's entry in the directory begins with (APPNOTE.TXT 4.3.12)."""

_RATIO_MOST = 200
"""How many times smaller than itself a member may be packed; an address book is some ten times."""

_RATIO_FROM = 1_000_000
"""Bytes from which the ratio counts."""

_ENDINGS = (".vcf", ".vcard", ".csv")
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")

_ENCRYPTED = 0x1
"""The bit of a member that needs a password (APPNOTE.TXT 4.4.4)."""


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of an archive that may be address books, each with its name.

    Args:
        data: The whole archive.

    Raises:
        UnreadableFile: It is broken, locked, a bomb, or holds nothing that could be one.
    """
    # Before `zipfile` makes an object of each.
    if data.count(_ENTRY) > _MEMBERS_MOST:
        raise UnreadableFile("This ZIP archive has too many files: unpack it and import the file inside.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            wanted = [info for info in infos if _name(info).endswith(_ENDINGS)]
            if not wanted:
                raise UnreadableFile(_without(infos))
            left = FILE_MOST
            for info in wanted:
                content = _content(archive, info, left)
                left -= len(content)
                yield info.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        raise UnreadableFile(
            "This is a ZIP archive, but a broken one: get it again, or unpack it and import what is inside."
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            "This ZIP archive is packed in a way that netcrm doesn't know:"
            " unpack it and import the file inside."
        ) from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name without its folders, in lower case; macOS's shadows of files have none."""
    name = info.filename.replace("\\", "/").rpartition("/")[2].lower()
    return "" if name.startswith("._") else name


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile(
            "This ZIP archive is locked with a password: unpack it and import the file inside."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError  # the others unpack a piece without a limit
    packed = max(1, info.compress_size)
    allowed = min(most, max(_RATIO_FROM, packed * _RATIO_MOST))
    with archive.open(info) as member:
        try:
            return bounded(member.read, allowed)
        except TooLarge as error:
            why = (
                f"unpacks to more than {size(FILE_MOST)}"
                if allowed == most
                else "unpacks to far more than an address book does"
            )
            raise UnreadableFile(
                f"This ZIP archive {why}: unpack it, look at it, and import the file inside."
            ) from error


def _without(infos: list[zipfile.ZipInfo]) -> str:
    """What to say of an archive that holds no file that could be an address book."""
    names = [_name(info) for info in infos]
    if "[content_types].xml" in names or "workbook.xml" in names:
        return "This is a workbook: save it as CSV, and import that"
    if any(name.endswith(_ARCHIVES) for name in names):
        return "This is a ZIP archive with another archive in it: unpack it and import the file inside"
    return "This is a ZIP archive without an address book in it"
