"""Public ids: random, so that nobody can count, order or guess what they name."""

import secrets

# No vowels (no words arise) and no signs that look alike.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 10  # 27^10 = 2.06e14


def public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
