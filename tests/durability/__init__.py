"""Nothing acknowledged is ever lost: not to ``kill -9``, and not to a power cut.

- `writer`: the program that writes, says what has been confirmed, and is killed.
- `sound`: what has to hold of a file, whatever happened to it.
- `lives`: the ways in which netcrm is run and killed; `test_kills` holds what is left to what was said.
- ``recorder.c`` and `recording`: what a program did to the disk, and what it said, in order.
- `disk`: a disk whose power is cut, as unkind as the rules allow; `test_power` opens what is left on it,
  and `test_disk` says what the rules are.
- `test_left`: remains of both, made by hand.
"""
