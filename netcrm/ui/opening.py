"""Opening a link with the program that the desktop has for it: never through a shell, never waited for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from threading import Thread

_OPENERS = {"darwin": (("open",),), "linux": (("xdg-open",), ("gio", "open"), ("wslview",))}
"""The programs that open a link, by system, the first that is there."""

NOTHING = "Nothing here opens links; y copies an address instead."
"""What is said where there is no desktop, or no program for it."""


def open_link(link: str) -> None:
    """Hand a link over, and go on at once.

    Args:
        link: As `netcrm.domain.links.openable` gives it: it begins with a scheme, and is ASCII.

    Raises:
        ValueError: If nothing opens links here, in a sentence.
    """
    command = opener(sys.platform, os.environ)
    if command is None:
        raise ValueError(NOTHING)
    try:
        process = subprocess.Popen(
            [*command, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        raise ValueError(NOTHING) from None
    Thread(target=process.wait, daemon=True).start()


def opener(platform: str, environment: Mapping[str, str]) -> tuple[str, ...] | None:
    """The program that opens links, with its own arguments; None where there is none.

    Without a desktop ``xdg-open`` would start a browser for the terminal, in this one.

    Args:
        platform: As `sys.platform` says it.
        environment: The environment.
    """
    desktop = platform != "linux" or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
    )
    for program, *rest in _OPENERS.get(platform, ()) if desktop else ():
        path = shutil.which(program, path=environment.get("PATH"))
        if path is not None:
            return (path, *rest)
    return None
