"""What holds everywhere in the house, and would be forgotten otherwise."""

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest

from config.messages import PACKAGES, ROOT

CODE = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MIGRATIONS = sorted(path for package in PACKAGES for path in (ROOT / package).glob("migrations/0*.py"))
TEMPLATES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("templates/**/*") if path.is_file())
CATALOGUES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("locale/*/LC_MESSAGES/*.po"))
LINES, FUNCTION, VIEW = 450, 50, 25
QUIET = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}  # no settings, so Django's own
QUIET |= {name: value for name, value in os.environ.items() if name == "PYTHONPYCACHEPREFIX"}

# Files that write HTML in Python, each from numbers and our own words only; what people typed is escaped in them.
MAY_MARK_SAFE: set[str] = set()
# Imports that cannot stand on top, each with its reason.
MAY_IMPORT_INSIDE = {
    "config/apps.py": "checks need models, and models need the apps to be ready",
    "config/local.py": "Django reads its settings when it is imported, and the environment is filled first",
}
# Rows that everybody may see: views fetch these directly.
FOR_EVERYBODY = {"Area", "DreamEdition", "Indicator"}
# What can go and fetch an address, and who talks with this machine itself where somebody develops.
FETCHES = {"aiohttp", "ftplib", "httpx", "pycurl", "requests", "socket", "urllib3", "webbrowser", "websockets", "zeep"}
MAY_OPEN_A_CONNECTION = {"config/embedded.py", "config/mailbox.py", "config/run.py"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything in a file, taken apart once for all rules."""
    return list(ast.walk(ast.parse(path.read_text())))


def functions(path: Path):
    return [node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and its docstring."""

    def lines(one: ast.stmt) -> int:
        return (one.end_lineno or one.lineno) - one.lineno + 1

    total = lines(node)
    if ast.get_docstring(node) is not None:
        total -= lines(node.body[0])
    return total


# --- size -----------------------------------------------------------------------------------------
def test_no_file_is_too_long_to_read():
    assert not {name(path): count for path in CODE + TESTS if (count := len(path.read_text().splitlines())) > LINES}


def test_no_function_is_too_long_to_understand():
    long = {f"{name(path)}:{node.name}": length(node) for path in CODE for node in functions(path)}
    assert not {where: count for where, count in long.items() if count > FUNCTION}


def test_views_are_thin():
    views = [path for path in CODE if path.name == "views.py" or path.parent.name == "views"]
    assert views
    long = {
        f"{name(path)}:{node.name}": length(node)
        for path in views
        for node in functions(path)
        if not node.name.startswith("_") and node.args.args and node.args.args[0].arg == "request"
    }
    assert not {where: count for where, count in long.items() if count > VIEW}


# --- layers ---------------------------------------------------------------------------------------
def test_packages_import_in_one_direction():
    program = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_imports_stand_on_top():
    hidden = {
        f"{name(path)}:{inner.lineno}"
        for path in CODE
        if name(path) not in MAY_IMPORT_INSIDE
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    assert not hidden


def test_views_fetch_private_things_through_access_alone():
    """One row by its address: who may have it is decided in one place of each package."""
    views = [path for path in CODE if path.name != "access.py" and "-> HttpResponse" in path.read_text()]
    assert len(views) > 20
    found = {
        f"{name(path)}:{node.lineno}"
        for path in views
        for node in nodes(path)
        if isinstance(node, ast.Call) and (whose := fetched(node)) and whose not in FOR_EVERYBODY
    }
    assert not found


def fetched(call: ast.Call) -> str:
    """What `get_object_or_404(Area, ...)` or `Area.objects.filter(...).first()` begins with."""
    if isinstance(call.func, ast.Name) and call.func.id in ("get_object_or_404", "get_list_or_404"):
        return re.split(r"\W", ast.unparse(call.args[0]))[0]
    way = ast.unparse(call.func)
    one = isinstance(call.func, ast.Attribute) and call.func.attr in ("get", "first", "last", "latest", "earliest")
    return re.split(r"\W", way)[0] if one and re.search(r"\.(objects|_default_manager)\b", way) else ""


def test_migrations_use_the_models_of_their_time():
    # Fields, defaults and bases that a table is made of, and plain SQL about its columns.
    allowed = {"core.encryption", "core.ids", "core.models", "core.statistics"}
    found = {
        f"{name(path)}: {module}"
        for path in MIGRATIONS
        for node in nodes(path)
        for module in imported(node)
        if module.split(".")[0] in PACKAGES and module not in allowed
    }
    found = {one for one in found if not one.endswith((".models", ".models.story"))}
    assert not found


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_a_rule_is_left_aside_for_a_reason():
    """`# noqa: S608 - why`, `# type: ignore[arg-type]  # why`."""
    mark = re.compile(r"#\s*(?:ruff:\s*)?(noqa|type:\s*ignore)(.*)")
    reason = {"n": r": [A-Z]+\d+(, [A-Z]+\d+)* - \w", "t": r"\[[a-z-]+(, ?[a-z-]+)*\]  # \w"}
    bare = {
        f"{name(path)}:{number}"
        for path in [*CODE, *TESTS, *(ROOT / "scripts").glob("*.py"), *(ROOT / "bench").rglob("*.py")]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for kind, rest in mark.findall(line)
        if not re.match(reason[kind[0]], rest)
    }
    assert not bare


# --- what reaches a reader ------------------------------------------------------------------------
def test_pages_hold_no_script_and_no_style():
    data = r"""(?![^>]*\bsrc=)(?![^>]*type="application/json")"""
    inline = re.compile(rf"<style|<script{data}|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    found = {
        f"{name(path)}: {hit.group()}"
        for path in TEMPLATES
        if path.suffix in (".html", ".svg") and "mail" not in name(path)
        for hit in inline.finditer(path.read_text())
    }
    assert not found


def test_pages_come_from_one_house():
    """No file, font, script or picture of anybody else."""
    kinds = r"(?:js|css|woff2?|png|jpe?g|svg|webp)"
    foreign = re.compile(rf"(?:src|srcset|href)=[\"'](?:https?:)?//[^\"']*\.{kinds}", re.IGNORECASE)
    assert not {name(path) for path in TEMPLATES if foreign.search(path.read_text())}


def test_text_is_not_declared_safe():
    pages = [path for path in TEMPLATES if path.suffix == ".html"]
    found = {name(path) for path in pages if re.search(r"\|\s*safe\b|autoescape off", path.read_text())}
    found |= {
        name(path)
        for path in CODE
        for node in nodes(path)
        if isinstance(node, ast.Name | ast.Attribute)
        if "mark_safe" in (getattr(node, "id", ""), getattr(node, "attr", ""))
    }
    assert found <= MAY_MARK_SAFE


def test_forms_name_their_fields():
    loose = re.compile(r"fields\s*=\s*[\"']__all__|^\s+exclude\s*=", re.MULTILINE)
    assert not {name(path) for path in CODE if loose.search(path.read_text())}


# --- what stays inside ----------------------------------------------------------------------------
def test_nothing_is_printed():
    allowed = {"config/local.py", "config/run.py"}
    printed = {
        f"{name(path)}:{node.lineno}"
        for path in CODE
        if name(path) not in allowed
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert not printed


def test_log_messages_are_literal_text():
    """core.logs shows the message of our own code as it is, so nothing may be pasted into it."""
    words = {"debug", "info", "warning", "error", "exception", "critical"}
    pasted = {
        f"{name(path)}:{node.lineno}"
        for path in CODE
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in words
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("log", "logger", "logging")
        and not (node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    }
    assert not pasted


def test_jobs_carry_numbers_only():
    """A job's arguments stand in the broker in plain text, twice."""
    wrong = {
        f"{name(path)}:{node.name}({argument.arg})"
        for path in CODE
        if path.name == "tasks.py" or path.parent.name == "tasks"
        for node in functions(path)
        if any("task" in ast.unparse(decorator) for decorator in node.decorator_list)
        for argument in [*node.args.args, *node.args.kwonlyargs]
        if argument.arg != "self"
        and (argument.annotation is None or ast.unparse(argument.annotation) not in ("int", "list[int]"))
    }
    assert not wrong


def test_nothing_is_fetched_from_an_address():
    """Whoever can make us fetch an address sees our network through our eyes. We link, and never look."""
    found = {
        f"{name(path)}: {module}"
        for path in CODE
        if name(path) not in MAY_OPEN_A_CONNECTION
        for node in nodes(path)
        for module in [*imported(node), *attributes(node)]
        if module.split(".")[0] in FETCHES or module in ("http.client", "urllib.request")
    }
    assert not found
    assert all((ROOT / path).exists() for path in MAY_OPEN_A_CONNECTION)


def attributes(node: ast.AST) -> list[str]:
    """`urllib.request` of `from urllib import request`, and of `urllib.request.urlopen` after `import urllib`."""
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return [dotted(node)] if isinstance(node, ast.Attribute) else []


def dotted(node: ast.AST) -> str:
    """`urllib.request` as it is written; nothing for what stands on more than names."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_one_form_alone_takes_a_file():
    """Pictures tell where they were made, and files break readers of files. Figures come as a table of text."""
    files = {"FILES", "FileField", "ImageField", "FilePathField", "ClearableFileInput", "FileInput"}
    takes = {
        name(path) for path in CODE for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr in files
    }
    assert takes == {"monitor/forms.py", "monitor/views.py"}
    assert not {name(path) for path in TEMPLATES if path.suffix == ".html" and 'type="file"' in path.read_text()}


def test_actions_start_no_jobs():
    assert not {
        name(path)
        for path in CODE
        if "actions" in path.parts or path.name == "actions.py"
        if re.search(r"\.delay\(|apply_async|import tasks|from \w+\.tasks", path.read_text())
    }


# --- words ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_the_texts_are_complete(path):
    catalogue = polib.pofile(str(path))
    assert not [entry.msgid for entry in catalogue.untranslated_entries()]
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]
    gaps = re.compile(r"%\(\w+\)[sd]")
    broken = [
        entry.msgid
        for entry in catalogue
        if entry.msgstr and sorted(gaps.findall(entry.msgid)) != sorted(gaps.findall(entry.msgstr))
    ]
    assert not broken


def test_a_text_has_one_dutch_in_the_whole_house():
    """Django joins the catalogues: of two translations of one text everybody sees the first package's."""
    dutch: dict[tuple[str, str], dict[str, set[str]]] = {}
    for path in (path for path in CATALOGUES if path.parts[-3] == "nl"):
        for entry in polib.pofile(str(path)):
            said = entry.msgstr or str(sorted(entry.msgstr_plural.items()))
            dutch.setdefault((entry.msgctxt or "", entry.msgid), {}).setdefault(said, set()).add(path.parts[-5])
    twice = {text: said for (_context, text), said in dutch.items() if len(said) > 1}
    assert not twice, "Choose one, or give one of them a context (msgctxt)"


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed, so texts cannot be collected")
@pytest.mark.parametrize("package", [package for package in PACKAGES if (ROOT / package / "locale").exists()])
def test_every_text_of_the_interface_is_in_the_catalogue(package, tmp_path):
    copy = tmp_path / package
    shutil.copytree(ROOT / package, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
    catalogue = copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    before = {entry.msgid for entry in polib.pofile(str(catalogue))}
    subprocess.run(
        [sys.executable, "-P", "-m", "django", "makemessages", "-l", "nl", "--no-location", "--no-obsolete"],
        cwd=copy, env=QUIET, check=True, capture_output=True,
    )  # fmt: skip
    missing = {entry.msgid for entry in polib.pofile(str(catalogue))} - before
    assert not missing, "Run make messages, and fill in the Dutch"


def test_the_readme_names_every_command():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    inside = {"base", "dev"}  # what the others begin with
    said = set(re.findall(r"(?:^    |`)make (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert said == set(phony[1].split()) - inside


# --- parts ----------------------------------------------------------------------------------------
def test_the_lock_for_developers_holds_the_one_that_runs():
    locks = {lock: (ROOT / "requirements" / lock).read_text() for lock in ("base.lock", "dev.lock")}
    pins = {lock: set(re.findall(r"^[a-z0-9-]+==\S+", text, re.MULTILINE)) for lock, text in locks.items()}
    assert pins["base.lock"] <= pins["dev.lock"]


@pytest.mark.parametrize("lock", ["base.lock", "dev.lock", "tools.lock"])
def test_a_lock_names_a_hash_for_every_part_and_no_place(lock):
    text = (ROOT / "requirements" / lock).read_text()
    assert "://" not in text
    parts = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in part for part in parts)
