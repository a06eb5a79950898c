"""The entrance for gunicorn."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from stories.danger import find_danger
from stories.recogniser import find_marks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What the first visitor of every process would wait two seconds for: all views, the lists of the recogniser and the
# rules of danger. The processes split off after this (`preload_app`) and share it.
import_module(settings.ROOT_URLCONF)
find_marks("Ik woonde op een groep in Utrecht.")
find_danger("Ik woonde op een groep in Utrecht. Я жила в групі. كنت في مجموعة.")
