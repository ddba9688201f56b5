"""Where things lie. Functions, so that nothing is looked up or made at import."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs


def home() -> Path:
    """The folder of netcrm's data: ``NETCRM_HOME``, else the platform's own (XDG on Linux)."""
    return _chosen() or _folders().user_data_path


def database(chosen: str | None = None) -> Path:
    """The database file: the one chosen, else ``NETCRM_DB``, else ``netcrm.db`` in `home`."""
    name = chosen or os.environ.get("NETCRM_DB")
    return Path(name).expanduser() if name else home() / "netcrm.db"


def config() -> Path:
    """The file of the user's settings: in ``NETCRM_HOME``, else in the platform's folder for them."""
    return (_chosen() or _folders().user_config_path) / "config.toml"


def _chosen() -> Path | None:
    """``NETCRM_HOME``, where it is set."""
    chosen = os.environ.get("NETCRM_HOME")
    return Path(chosen).expanduser() if chosen else None


def _folders() -> "PlatformDirs":
    """The platform's folders."""
    from platformdirs import PlatformDirs  # here, since it takes as long as half of a command's other imports

    return PlatformDirs("netcrm")
