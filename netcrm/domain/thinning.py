"""Which of the copies of a book stay: the last of each of some days, weeks and months."""

from collections.abc import Sequence
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 4, 12
"""Of how many days, weeks and months the last backup is kept; those without one are not counted."""

FRESH = 5
"""How many are kept, besides, of those younger than a day: two imports and what a restore kept of the same
morning are all to stay."""


def spared(times: Sequence[datetime], now: datetime) -> set[datetime]:
    """Of the times of some backups those whose backups stay.

    The last of each of the newest `DAYS` days, `WEEKS` weeks (ISO 8601) and `MONTHS` months that have any, as
    restic's ``forget --keep-daily`` counts, and the newest `FRESH` of those younger than a day.
    """
    newest_first = sorted(set(times), reverse=True)
    stays = set(newest_first[:1])
    stays |= set([at for at in newest_first if timedelta() <= now - at < timedelta(days=1)][:FRESH])
    for count, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last: dict[str, datetime] = {}
        for at in newest_first:
            last.setdefault(at.astimezone(now.tzinfo).strftime(period), at)
        stays |= set(list(last.values())[:count])
    return stays
