"""Names: every column is said once, and whatever names a column names one that is there and of the right type."""

import pytest

from tests.unit.domain.spec.written import refused


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("carier", "did you mean carrier?"),
        ("remarks", "did you mean remark?"),
        ("zzz", "add zzz: integer to data.columns"),
    ],
)
def test_a_key_that_callers_do_not_send_is_refused(name: str, fix: str) -> None:
    assert refused(("/data/key/0", name))["/data/key/0"].fix == fix


def test_a_key_may_be_neither_fractional_nor_empty_nor_left_out_nor_named_twice() -> None:
    assert "/data/key/0" in refused(("/data/key/0", "distance"))
    assert "/data/columns/carrier/missing" in refused(("/data/columns/carrier/missing", "keep"))
    assert refused(("/data/columns/carrier/private", "omit"))["/data/columns/carrier/private"].expected == "hash"
    assert not refused(("/data/columns/carrier/private", "hash"))
    assert "/data/key/1" in refused(("/data/key/1", "carrier"))


def test_the_time_column_is_a_timestamp_that_callers_send() -> None:
    assert refused(("/data/time/column", "origin"))["/data/time/column"].expected == "timestamp"
    assert refused(("/data/time/column", "dep_delay"))["/data/time/column"].expected == "a column: timestamp"
    assert "/data/columns/time_hour/missing" in refused(("/data/columns/time_hour/missing", "keep"))
    assert "/data/columns/time_hour/private" in refused(("/data/columns/time_hour/private", "hash"))


@pytest.mark.parametrize("zone", ["America/New_Yrok", "../etc/passwd", "", "EST+5"])
def test_a_time_zone_that_does_not_exist_is_refused(zone: str) -> None:
    assert list(refused(("/data/time/zone", zone))) == ["/data/time/zone"]


def test_a_mistyped_time_zone_is_met_with_the_nearest_one() -> None:
    fix = refused(("/data/time/zone", "America/New_Yrok"))["/data/time/zone"].fix
    assert fix == "did you mean America/New_York?"


def test_a_derived_feature_reads_one_timestamp_and_has_a_name_of_its_own() -> None:
    assert "/data/derive/x/hour" in refused(("/data/derive/x", {"hour": "carrier"}))
    assert "/data/derive/x/hour" in refused(("/data/derive/x", {"hour": "nothing"}))
    assert "/data/derive/carrier" in refused(("/data/derive/carrier", {"hour": "time_hour"}))
    assert "/data/derive/Year" in refused(("/data/derive/Year", {"hour": "time_hour"}))
    assert "/data/derive/x" in refused(("/data/derive/x", {"hour": "time_hour", "weekday": "time_hour"}))
    assert "/data/derive/x" in refused(("/data/derive/x", {}))


def test_an_unknown_operator_is_met_with_the_known_ones() -> None:
    problem = refused(("/data/derive/x", {"hours": "time_hour"}))["/data/derive/x/hours"]
    assert (problem.expected, problem.fix) == ("hour, weekday", "did you mean hour?")


@pytest.mark.parametrize(
    ("where", "value", "advice"),
    [
        ("/data/after/0", "carrier", "keep it here or at /data/columns/carrier"),
        ("/data/ignore/1", "year", "keep it here or at /data/ignore/0"),
        ("/data/ignore/0", "arr_delay", "keep it here or at /data/target/column"),
        ("/data/target/column", "distance", "keep it here or at /data/columns/distance"),
        ("/data/after/1", "Carrier", "rename one in the file"),
    ],
)
def test_a_column_that_is_said_twice_is_refused(where: str, value: str, advice: str) -> None:
    problem = refused((where, value))[where]
    assert problem.got == value
    assert problem.fix == advice
