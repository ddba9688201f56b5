"""Where things lie. Functions, so that nothing is looked up or made at import."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder of netcrm's data: ``NETCRM_HOME``, else the platform's own (XDG on Linux)."""
    chosen = os.environ.get("NETCRM_HOME")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("netcrm"))


def database(chosen: str | None = None) -> Path:
    """The database file: the one chosen, else ``NETCRM_DB``, else ``netcrm.db`` in `home`."""
    name = chosen or os.environ.get("NETCRM_DB")
    return Path(name).expanduser() if name else home() / "netcrm.db"


def config() -> Path:
    """The file of the user's settings: in ``NETCRM_HOME``, else in the platform's folder for them."""
    chosen = os.environ.get("NETCRM_HOME")
    folder = Path(chosen).expanduser() if chosen else Path(platformdirs.user_config_dir("netcrm"))
    return folder / "config.toml"
