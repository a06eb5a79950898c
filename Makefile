# Two commands: `make run` and `make test`. The rest serves who works on the house.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCAL := $(BIN)/python -m config.local
PACKAGES := portal letters monitor actionteams stories movement core
TEMPLATES = $$(git ls-files '*.html' 2>/dev/null || find $(PACKAGES) -name '*.html')
LOCK := $(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
# Settings for tools that read them but reach no server.
DRY := SECRET_KEY=check-only-check-only-check-only-check-only-check-only ENCRYPTION_KEYS= CODE_PEPPER=check \
	DATABASE_URL=postgresql:///none REDIS_URL=unix:///none

.PHONY: run test check seed bench sending stop lock format messages base dev
.DEFAULT_GOAL := run

# The whole site on http://127.0.0.1:8000 (or PORT=8123 make run). Ctrl-C stops all of it.
run: base
	@exec $(LOCAL) run

# Everything: unit, doors, house rules, browser. Says what it skipped and why.
test: dev
	@exec $(BIN)/python scripts/test.py $(TESTS)

# Style, layers, types, templates, migrations, and the settings as they would be in production.
check: dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	$(DRY) $(BIN)/mypy .
	$(BIN)/python -W ignore::RuntimeWarning scripts/deploy_check.py
	$(DRY) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

# Put the areas and the demo movement into the database of this checkout, where it is empty.
seed: base
	$(LOCAL) manage prepare

# Measure. The method and the floors are in docs/performance.md.
bench: dev
	$(BIN)/python -m bench.run

# Fifty tellers at once while a digest goes out: how long sending takes, and that nothing is lost.
sending: dev
	$(BIN)/python -m bench.sending

stop: base
	@$(LOCAL) stop

# Write what `check` looks at in the form that it wants.
format: dev
	$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format --quiet .
	-$(BIN)/djade --target-version 5.2 $(TEMPLATES)
	-$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

# Choose versions anew and pin each with its hash.
lock: dev
	cd requirements && for name in tools base dev; do ../$(LOCK) --upgrade $$name.in -o $$name.lock || exit 1; done

# Collect the texts of every package into its own Dutch catalogue (needs gettext) and compile them.
messages: dev
	for p in $(PACKAGES); do \
		mkdir -p $$p/locale && (cd $$p && $(DRY) DJANGO_SETTINGS_MODULE=config.settings PYTHONPATH=.. \
		../$(BIN)/django-admin makemessages -l nl --no-location --no-wrap --no-obsolete >/dev/null \
		&& sed -i '/^"POT-Creation-Date/d; /^#| /d' locale/nl/LC_MESSAGES/django.po) || exit 1; done
	$(BIN)/python -m config.messages

base dev:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed and $(PYTHON) was not found. On Debian: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) scripts/environment.py $@
