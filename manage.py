#!/usr/bin/env python
"""Django's command line. `make` calls it through `config.local`, which provides the embedded servers."""

import os
import sys

from django.core.management import execute_from_command_line

from core.env import SettingError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingError as problem:
        sys.exit(f"\n{problem}\n")
