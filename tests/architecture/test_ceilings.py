"""Ceilings, not targets: a reader keeps a file and a function in view."""

from tests.architecture.tree import EVERYTHING, functions, modules

FILE_LINES = 200
FUNCTION_LINES = 40
HANDLER_LINES = 15


def test_no_file_is_longer_than_a_reader_can_keep_in_view() -> None:
    lengths = {str(module.path): len(module.text.splitlines()) for module in modules(*EVERYTHING)}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{module.at(function)} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module, function in functions(*EVERYTHING)
    }
    assert {place: lines for place, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_a_handler_is_parse_call_serialise() -> None:
    lengths = {
        f"{module.at(function)} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module, function in functions("functions")
    }
    assert {place: lines for place, lines in lengths.items() if lines > HANDLER_LINES} == {}
