"""The JSON schema: it takes what `resolve` takes, short forms included, and describes every setting."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from shared.domain.spec import schema
from tests.strategies import plain_specs
from tests.strategies_data import Plain
from tests.unit.domain.spec.written import changed

VALIDATOR = Draft202012Validator(schema())


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@given(plain_specs())
def test_any_spec_fits_the_schema(plain: Plain) -> None:
    assert list(VALIDATOR.iter_errors(plain)) == []


@pytest.mark.parametrize(
    "change",
    [
        ("/task", "binry"),
        ("/model", "Flights"),
        ("/metric", "roc"),
        ("/data/columns/origin/type", "text?"),
        ("/data/columns/origin", "kategory"),
        ("/data/columns/origin/unsen", "keep"),
        ("/data/after", "dep_time"),
        ("/evaluate/gates/auc", {}),
        ("/evaluate/gates/roc_auc/min", "20m"),
        ("/train/candidates/Xgboost", {}),
        ("/monitor/every", 3600),
        ("/retire/drain", None),
        ("/notify/owners/0", "flights@example.com"),
    ],
)
def test_what_breaks_the_grammar_breaks_the_schema(change: tuple[str, object]) -> None:
    assert list(VALIDATOR.iter_errors(changed(change))) != []


def test_every_setting_is_described() -> None:
    assert [path for path, setting in _settings(schema()) if not setting.get("description")] == []


def _settings(node: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(node, dict):
        properties = node.get("properties")
        for name, setting in properties.items() if isinstance(properties, dict) else ():
            if "$ref" not in setting:
                yield f"{path}/{name}", setting
        for word, inner in node.items():
            yield from _settings(inner, f"{path}/{word}")
    elif isinstance(node, list):
        for place, inner in enumerate(node):
            yield from _settings(inner, f"{path}/{place}")
