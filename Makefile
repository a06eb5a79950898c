# Two commands: `make run` and `make test`. The rest serves who works on the house.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCAL := $(BIN)/python -m config.local
# Settings for tools that read them but reach no server.
DRY := SECRET_KEY=check-only-check-only-check-only-check-only-check-only ENCRYPTION_KEYS= CODE_PEPPER=check \
	DATABASE_URL=postgresql:///none REDIS_URL=unix:///none

.PHONY: check messages
check:
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	$(DRY) $(BIN)/mypy .
	$(LOCAL) manage makemigrations --check --dry-run

# Collect the texts of every package into its own Dutch catalogue (needs gettext) and compile them.
messages:
	for p in portal letters monitor actionteams stories movement core; do \
		mkdir -p $$p/locale && (cd $$p && $(DRY) DJANGO_SETTINGS_MODULE=config.settings PYTHONPATH=.. \
		../$(BIN)/django-admin makemessages -l nl --no-location --no-wrap --no-obsolete >/dev/null) || exit 1; done
	$(BIN)/python -m config.messages
