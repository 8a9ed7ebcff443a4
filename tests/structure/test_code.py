"""The code keeps its own house rules: sizes, words, docstrings, late imports, one row an error."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot import errors
from chatbot.web.problems import PROBLEMS
from tests.conftest import ROOT

MODULES = sorted((ROOT / "chatbot").rglob("*.py"))
MODULE_LINES, FUNCTION_LINES, TYPES_LINES = 290, 40, 550
HEAVY = ("torch", "transformers", "sentence_transformers", "faiss", "bm25s", "langchain_text_splitters")
UNUSED_WORDS = re.compile(r"(?i)(^|_)(chunks?|utils?|helpers?|manager|handler|agent|nodes?)(_|$)")
SUFFIXES = re.compile(r"(Manager|Handler|Helper|Util|Utils|Agent|Chunk|Node|Chain)$")


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_fits_on_a_few_screens(path: Path) -> None:
    """No module grows past the size at which it holds two ideas; the types may be one long list."""
    limit = TYPES_LINES if path.name == "model.py" else MODULE_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_functions_fit_on_one_screen(path: Path) -> None:
    """No function is longer than a screen; one that holds others is as long as its own lines."""
    for function in _functions(path):
        inner = [f for f in ast.walk(function) if isinstance(f, ast.FunctionDef) and f is not function]
        own = _lines(function) - sum(_lines(f) + len(f.decorator_list) for f in inner)
        assert own <= FUNCTION_LINES, f"{function.name} has {own} lines"


def _lines(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_the_median_function_is_short() -> None:
    """Half of all functions have at most ten lines."""
    lengths = sorted(_lines(function) for path in MODULES for function in _functions(path))
    assert lengths[len(lengths) // 2] <= 10


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_words_that_are_not_used_do_not_come_back(path: Path) -> None:
    """The words that the README's table replaces appear in no name."""
    names = set(_names(ast.parse(path.read_text(encoding="utf-8"))))
    assert not {name for name in names if UNUSED_WORDS.search(name) or SUFFIXES.search(name)}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    """Modules, public classes, and public functions and methods of public classes say what they mean."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [name for name, doc in _documented(tree, path.stem) if not doc]


def _documented(node: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, str | None]]:
    yield name, ast.get_docstring(node)
    for child in node.body:
        if isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield from _documented(child, child.name)
        elif isinstance(child, ast.FunctionDef) and not child.name.startswith("_"):
            yield child.name, ast.get_docstring(child)


@pytest.mark.parametrize("module", ["chatbot", "chatbot.cli", "chatbot.settings", "chatbot.model", "chatbot.errors"])
def test_doors_open_without_the_heavy_libraries(module: str) -> None:
    """Importing the command line loads neither the model's libraries nor an index engine."""
    program = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_package_itself_imports_nothing() -> None:
    """Importing chatbot costs nothing and has no side effect."""
    tree = ast.parse((ROOT / "chatbot" / "__init__.py").read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_only_the_settings_read_the_environment() -> None:
    """No other module reads an environment variable."""
    reading = re.compile(r"os\.getenv|os\.environ\.get|os\.environ\[[^]]+\](?!\s*=)")
    found = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name != "settings.py" and reading.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def _ours() -> set[type[Exception]]:
    return {e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.HelpdeskError)}


def test_every_error_has_a_row_in_the_table_of_replies() -> None:
    """What a client is told is decided for each error by itself."""
    assert set(PROBLEMS) == _ours()


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    """The drawing in the docstring names every error, below its base."""
    drawn = re.findall(r"^([│├└─ ]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    path: list[str] = []
    for indent, name in drawn:
        path[len(indent) // 4 :] = [name]
        bases = [base.__name__ for base in getattr(errors, name).__bases__]
        assert len(path) == 1 or bases == [path[-2]]
    assert {name for _, name in drawn} == {error.__name__ for error in _ours()}
