"""Everything that has to hold before a change lands: ``python -m tests``.

Formatting, lint, types, import contracts, then the tests: four at a time, since those that drive the app
spend half of their time waiting for it.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

CHECKS = (
    ("format", "ruff", "format", "--check", "."),
    ("lint", "ruff", "check", "."),
    ("types", "mypy"),
    ("walls", "lint-imports"),
    ("tests", "pytest", "-n", "4", "--dist", "worksteal"),
)
"""What each is called, and the command."""


def main() -> int:
    """Run every check, the cheap ones first; stop at the first that does not hold."""
    for name, tool, *arguments in CHECKS:
        print(f"── {name}", flush=True)  # noqa: T201
        command = [str(Path(sys.executable).with_name(tool)), *arguments]
        if tool == "pytest":
            command += sys.argv[1:]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
