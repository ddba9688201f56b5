"""Quiet groups: on which to drop in again, and with what to share."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from netcrm.domain.gives import GiveDraft, week_of
from netcrm.domain.groups import QUIET_AFTER
from netcrm.domain.sparks import Spark, expired
from netcrm.domain.text import shortened
from netcrm.store import rows
from netcrm.store.derived import CONTACT
from netcrm.store.looking import WAITING, Look, Suggestion, is_away

if TYPE_CHECKING:
    from netcrm.store.matching_groups import GroupRanking

_WEEK_MOST = 2
"""Groups that are suggested in a week, and that wait at once: an evening is long."""

_SHARED_DAYS = 120
"""Days for which something is fresh enough to be brought along."""

_SPARKS_MOST = 20
"""Sparks that are thought of, the newest."""

_TITLE_MOST = 60
"""Characters of the title of what there is to share."""


def quiet_groups(look: Look) -> Iterator[Suggestion]:
    """The groups to drop in on: the longest quiet by their own rhythm first, each once for a silence.

    A group is quiet when nothing of it stands in the timeline, notes aside, for longer than `QUIET_AFTER`
    times its rhythm, as its page says. None is suggested while its next meeting is agreed on, while something
    waits for it, or during a sabbatical; nor one that was put away.
    """
    if is_away(look):
        return
    find, today = look.connection.execute, look.today.isoformat()
    monday, _ = week_of(look.today)
    (waiting,) = find(f"SELECT count(*) FROM {WAITING} AND gives.source = 'group'").fetchone()
    (of_the_week,) = find(
        "SELECT count(*) FROM suggested WHERE key > 'group:' AND key < 'group;' AND day BETWEEN ? AND ?",
        (monday.isoformat(), today),
    ).fetchone()
    free = _WEEK_MOST - max(waiting, of_the_week)
    if free <= 0:
        return
    quiet = find(_QUIET, {"today": today, "limit": free}).fetchall()
    ranking = _ranking(look) if quiet else None
    for group_id, uuid, name, last_on, since in quiet:
        share = _to_share(look, ranking, group_id) if ranking else None
        draft = GiveDraft(
            group_id=group_id,
            words=f"Drop in on {name}",
            kind="reconnect",
            link=share.link if share else "",
            source="group",
            why=" · ".join(
                filter(
                    None,
                    (
                        "" if last_on else "not been there yet",
                        f"share: {shortened(share.title, _TITLE_MOST)}" if share else "",
                    ),
                )
            ),
            spark_id=share.id if share else None,
        )
        yield Suggestion(f"group:{uuid}:{since}", draft)


def _ranking(look: Look) -> "GroupRanking":
    """What knows what would be welcome where; imported only once a group is quiet."""
    from netcrm.store.matching import Rarities, Remembered
    from netcrm.store.matching_groups import GroupRanking

    return GroupRanking(look.connection, look.synonyms, lambda: Rarities(look.connection, Remembered()))


def _to_share(look: Look, ranking: "GroupRanking", group_id: int) -> Spark | None:
    """The newest thing that would be welcome in a group, and has not gone there."""
    since = _days_before(look.today, _SHARED_DAYS)
    found = look.connection.execute(_SPARKS, (since.isoformat(), _SPARKS_MOST)).fetchall()
    sparks = (spark for spark in map(rows.spark, found) if not expired(spark, look.today))
    return next((spark for spark in sparks if ranking.fits(spark, group_id, look.today)), None)


def _days_before(day: date, days: int) -> date:
    return day - timedelta(days=min(days, (day - date.min).days))


_QUIET = f"""
SELECT quiet.id, quiet.uuid, name, last_on, coalesce(last_on, begun) AS since FROM (
    SELECT groups.id, groups.uuid, name, cadence, date(groups.created) AS begun,
        (SELECT max(day) FROM interactions WHERE group_id = groups.id AND {CONTACT}) AS last_on
    FROM groups WHERE archived = 0 AND cadence > 0 AND (next_on IS NULL OR next_on < :today)
) AS quiet
WHERE date(coalesce(last_on, begun), '+' || ({QUIET_AFTER} * cadence) || ' days') < :today
    AND NOT EXISTS (SELECT 1 FROM gives WHERE gives.group_id = quiet.id AND state IN ('queued', 'snoozed'))
    AND NOT EXISTS (SELECT 1 FROM suggested
        WHERE key = 'group:' || quiet.uuid || ':' || coalesce(last_on, begun))
ORDER BY (julianday(:today) - julianday(coalesce(last_on, begun))) / cadence DESC, quiet.id
LIMIT :limit
"""

_SPARKS = f"""SELECT {rows.SPARK_COLUMNS} FROM sparks
    WHERE archived = 0 AND kind IN ('article', 'event', 'delight') AND created >= ?
    ORDER BY created DESC, id DESC LIMIT ?"""
