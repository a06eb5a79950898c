"""How old the last beat is, for the check of its container: `python -m config.beat FILE`, where beat keeps FILE.

Beat writes the file at each job that it sends (config.celery), and it sends one every half minute.
"""

import pathlib
import sys
import time

LATE = 150.0  # seconds


def main(file: str) -> int:
    path = pathlib.Path(file)
    written = [each.stat().st_mtime for each in path.parent.glob(f"{path.name}*")]
    if not written:
        sys.stdout.write("There was no beat yet.\n")
        return 1
    age = time.time() - max(written)
    sys.stdout.write(f"The last beat was {age:.0f} s ago.\n")
    return int(age > LATE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
