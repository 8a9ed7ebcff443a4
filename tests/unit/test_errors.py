"""The tree of exceptions: one base, short branches, and a docstring that draws it as it is."""

import inspect
import re

import pytest

from chatbot import errors
from chatbot.errors import HelpdeskError

ALL = [member for _, member in inspect.getmembers(errors, inspect.isclass)]
DRAWN = re.compile(r"^(?P<indent>[│├└─ ]*)(?P<name>\w+Error)\b", re.MULTILINE)


def _drawn() -> dict[str, str]:
    """Each error of the module's docstring with the one it hangs under."""
    branches: dict[str, str] = {}
    path: list[tuple[int, str]] = [(-1, "Exception")]
    for match in DRAWN.finditer(errors.__doc__ or ""):
        depth = len(match["indent"])
        path = [p for p in path if p[0] < depth]
        branches[match["name"]] = path[-1][1]
        path.append((depth, match["name"]))
    return branches


def test_the_docstring_draws_the_tree_as_it_is() -> None:
    """Every error is drawn, under the one that it is derived from."""
    assert _drawn() == {error.__name__: error.__bases__[0].__name__ for error in ALL}


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_an_error_belongs_to_the_tree(error: type[Exception]) -> None:
    """Every error is the base or derived from it, is called an error, and says in a sentence when it is raised."""
    assert issubclass(error, HelpdeskError)
    assert error.__name__.endswith("Error")
    assert error.__doc__ is not None
    assert error.__doc__.endswith((".", "others."))


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_an_error_says_what_it_was_given(error: type[Exception]) -> None:
    """The sentence for a person is the whole text of the error."""
    assert str(error("lamp.md: year: write a number.")) == "lamp.md: year: write a number."


@pytest.mark.parametrize(
    ("error", "branch"),
    [
        (errors.CardError, errors.CorpusError),
        (errors.SourceError, errors.CorpusError),
        (errors.ModelError, errors.ServiceError),
        (errors.SnapshotError, errors.ServiceError),
    ],
)
def test_a_caller_can_catch_a_branch(error: type[HelpdeskError], branch: type[HelpdeskError]) -> None:
    """Catching a branch catches its errors."""
    with pytest.raises(branch):
        raise error("out")


@pytest.mark.parametrize("branch", [errors.CorpusError, errors.ServiceError])
@pytest.mark.parametrize("error", [errors.BusyError, errors.QuestionError, errors.NotFoundError, errors.SettingsError])
def test_other_errors_are_in_no_branch(error: type[HelpdeskError], branch: type[HelpdeskError]) -> None:
    """What a caller did wrong is not what an operator must repair."""
    assert not issubclass(error, branch)


@pytest.mark.parametrize("builtin", [ValueError, KeyError, OSError, RuntimeError, LookupError])
def test_our_errors_are_no_builtin_errors(builtin: type[Exception]) -> None:
    """Catching a foreign error never swallows one of ours."""
    assert not any(issubclass(error, builtin) for error in ALL)
