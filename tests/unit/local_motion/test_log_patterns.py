"""Filter patterns of CloudWatch Logs."""

import pytest

from local.clockwork.log_patterns import UnknownPattern, matcher

LINE = '{"kind": "prediction", "rows": 3, "ok": true, "none": null, "deep": {"list": [{"a": "x.y"}]}}'


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        '{ $.kind = "prediction" }',
        "{ $.kind = pred* }",
        "{ $.kind != other }",
        "{ $.rows = 3 }",
        "{ $.rows >= 3 && $.rows < 4 }",
        '{ ($.kind = "x") || ($.rows > 2 && $.ok IS TRUE) }',
        "{ $.none IS NULL }",
        "{ $.absent NOT EXISTS }",
        '{ $.deep.list[0].a = "x.y" }',
        "prediction",
        '"3, " -ERROR',
        "?nothing ?kind",
    ],
)
def test_a_pattern_matches(pattern: str) -> None:
    assert matcher(pattern)(LINE)


@pytest.mark.parametrize(
    "pattern",
    [
        '{ $.kind = "other" }',
        "{ $.rows > 3 }",
        "{ $.absent != 1 }",
        "{ $.ok IS FALSE }",
        "prediction -rows",
        "prediction absent",
        "?nothing ?absent",
    ],
)
def test_a_pattern_does_not_match(pattern: str) -> None:
    assert not matcher(pattern)(LINE)


def test_a_json_pattern_passes_over_plain_text() -> None:
    assert not matcher("{ $.kind = 1 }")("{ kind: 1")


@pytest.mark.parametrize("pattern", ["[a, b]", "{ kind = 1 }", "{ $.kind ~ 1 }", "{ ($.kind = 1 }", "{ $.kind = }"])
def test_a_pattern_that_is_not_understood_is_refused_at_once(pattern: str) -> None:
    with pytest.raises(UnknownPattern):
        matcher(pattern)
