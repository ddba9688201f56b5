"""What is left out when every store is encrypted."""

import os

from tests.ciphered import ENCRYPTED

collect_ignore = (
    ["test_backups.py", "test_checking.py", "test_forgetting.py", "test_restoring.py", "test_salvaging.py"]
    if os.environ.get(ENCRYPTED)
    else []
)
"""They open the files themselves, without a key, or look in them for words; `tests.cli.test_encryption` and
`tests.store.test_cipher` do the same with one."""
