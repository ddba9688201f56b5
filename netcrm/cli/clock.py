"""The only place that asks the clock."""

import os
from datetime import date, datetime

_VARIABLE = "NETCRM_TODAY"


def today() -> date:
    """The day: ``NETCRM_TODAY`` where it is set, else the clock's."""
    chosen = os.environ.get(_VARIABLE)
    if not chosen:
        return date.today()
    try:
        return date.fromisoformat(chosen)
    except ValueError as error:
        import click

        raise click.UsageError(f"{_VARIABLE} has to be a day like 2026-11-22.") from error


def now() -> datetime:
    """The moment, with its zone; on the day of `today`."""
    moment = datetime.now().astimezone()
    if os.environ.get(_VARIABLE):
        return datetime.combine(today(), moment.timetz())
    return moment
