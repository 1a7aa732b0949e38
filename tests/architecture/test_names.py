"""Names say what a thing is; these say nothing."""

import re

from tests.architecture.tree import EVERYTHING, classes, functions, modules

EMPTY_WORDS = frozenset({"base", "helper", "helpers", "impl", "manager", "service", "util", "utils"})
EMPTY_FILES = frozenset({"common", "helpers", "helper", "misc", "util", "utils"})


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_no_class_has_a_word_in_its_name_that_says_nothing() -> None:
    assert [
        f"{module.at(node)} {node.name}" for module, node in classes(*EVERYTHING) if _words(node.name) & EMPTY_WORDS
    ] == []


def test_no_function_has_a_word_in_its_name_that_says_nothing() -> None:
    words = EMPTY_WORDS - {"base", "service"}  # the base of a logarithm and an AWS service are terms
    assert [
        f"{module.at(node)} {node.name}" for module, node in functions(*EVERYTHING) if _words(node.name) & words
    ] == []


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert [
        str(module.path) for module in modules(*EVERYTHING) if set(module.path.with_suffix("").parts) & EMPTY_FILES
    ] == []


def test_a_word_is_found_inside_a_camel_case_name() -> None:
    assert _words("HTTPServiceBase") == {"http", "service", "base"}
    assert _words("DatabaseTable") == {"database", "table"}
