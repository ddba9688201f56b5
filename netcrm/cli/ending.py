"""How a command that is not done says why: in one sentence, cleaned, and never a traceback."""

import click

from netcrm.domain.text import plain


class NotDone(click.ClickException):
    """A command could not do what it was asked; its exit code is 1.

    Args:
        message: Why, in a sentence; lines below it may list what there is to choose from.
    """

    exit_code = 1


def known(error: Exception) -> str | None:
    """What to say of an error, or of the way the command was asked; None if nobody thought of it."""
    if isinstance(error, click.UsageError):
        where = f" See {error.ctx.command_path} --help." if error.ctx else ""
        said = error.format_message()
        return _plain(f"{said if said.endswith(('.', '?')) else f'{said}.'}{where}")
    if isinstance(error, click.ClickException):
        return _plain(error.format_message())

    from netcrm.store.errors import StoreError  # here, since it brings in the store

    if isinstance(error, StoreError):
        return _plain(str(error))
    if isinstance(error, MemoryError):
        return "There is not enough memory for this: nothing was changed."
    if isinstance(error, OSError) and error.strerror:
        return _plain(f"The system refused it: {error.strerror.lower()}.")
    return None


def unexpected(error: Exception) -> str:
    """What to say of an error that nobody thought of: its kind, since its text may hold private words."""
    kind = type(error).__name__
    return f"netcrm met an error it did not expect ({kind}); run it again with NETCRM_DEBUG=1 to see where."


def _plain(text: str) -> str:
    return "\n".join(plain(line) for line in text.splitlines())
