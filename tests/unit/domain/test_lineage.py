"""Lineage: what an upload has come to, through appended and replaced rows, refused candidates and runs that wait."""

from dataclasses import replace

from shared.domain.dataset import Dataset
from shared.domain.finding import Finding, Kind
from shared.domain.lineage import Descent, touched
from shared.domain.run import BeginAt, Cause, CauseKind, Run, RunStatus
from shared.domain.upload import Upload
from shared.domain.version import Version
from tests.examples import MODEL, NOON, applied, dataset, later, spec, upload, version

JANUARY, FEBRUARY, MARCH = (upload(name) for name in ("january", "february", "march"))
APPENDS, REPLACES = 1, 2
SPECS = (applied(APPENDS), applied(REPLACES, spec(data={"uploads": "replace"})))


def turn(number: int, *uploads: Upload, on: str = "", begin_at: BeginAt = BeginAt.DATA) -> Run:
    cause, ids = Cause(CauseKind.COMMAND, "cmd_1"), tuple(each.id for each in uploads)
    run, at = f"run_{number}", later(number)
    return Run(MODEL, run, cause, "ada", at, 1, ids, on, RunStatus.SUCCEEDED, at, begin_at=begin_at)


def data(number: int, *uploads: Upload, after: int = 0, by: int = APPENDS) -> Dataset:
    made = dataset(f"run_{number}", later(number))
    previous = f"ds_{after}" if after else ""
    return replace(made, uploads=tuple(each.id for each in uploads), previous=previous, spec=by)


def made(number: int, run: int) -> Version:
    return replace(version(f"run_{run}", later(run)), number=number, dataset=f"ds_{run}")


def found(of: Upload, datasets: list[Dataset], runs: list[Run], *versions: Version) -> tuple[list[str], list[str]]:
    """The ids of the data versions and of the runs that the upload has come to."""
    seen = touched(of, Descent.of(datasets, SPECS), runs, versions, ())
    return [each.id for each in seen.datasets], [each.id for each in seen.runs]


def test_rows_that_are_appended_go_on_in_every_later_data_version() -> None:
    datasets = [data(1, JANUARY), data(2, FEBRUARY, after=1), data(3, after=2)]
    runs = [turn(1, JANUARY), turn(2, FEBRUARY, on="ds_1"), turn(3, on="ds_2")]
    assert found(JANUARY, datasets, runs) == (["ds_1", "ds_2", "ds_3"], ["run_1", "run_2", "run_3"])
    assert found(FEBRUARY, datasets, runs) == (["ds_2", "ds_3"], ["run_2", "run_3"])


def test_rows_that_were_replaced_go_no_further() -> None:
    datasets = [data(1, JANUARY), data(2, FEBRUARY, after=1, by=REPLACES), data(3, after=2, by=REPLACES)]
    runs = [turn(1, JANUARY), turn(2, FEBRUARY, on="ds_1"), turn(3, on="ds_2")]
    assert found(JANUARY, datasets, runs) == (["ds_1"], ["run_1"])
    assert [each.id for each in Descent.of(datasets, SPECS).behind("ds_3")] == ["ds_3", "ds_2"]


def test_of_files_that_replace_and_come_in_one_run_only_the_last_is_in_its_data_version() -> None:
    datasets = [data(1, JANUARY, FEBRUARY, by=REPLACES)]
    runs = [turn(1, JANUARY, FEBRUARY)]
    assert found(JANUARY, datasets, runs) == ([], ["run_1"])
    assert found(FEBRUARY, datasets, runs) == (["ds_1"], ["run_1"])


def test_a_run_without_data_of_its_own_learns_from_the_data_version_that_it_began_with() -> None:
    runs = [turn(1, JANUARY), turn(2, on="ds_1"), turn(3, on="ds_1", begin_at=BeginAt.TRAIN)]
    assert found(JANUARY, [data(1, JANUARY)], runs) == (["ds_1"], ["run_1", "run_2", "run_3"])


def test_a_run_whose_own_data_version_replaced_the_rows_did_not_learn_from_them() -> None:
    datasets = [data(1, JANUARY), data(2, FEBRUARY, after=1, by=REPLACES)]
    assert found(JANUARY, datasets, [turn(2, FEBRUARY, on="ds_1")]) == (["ds_1"], [])


def test_an_upload_that_waits_in_a_queued_run_leads_to_it_before_the_run_names_it() -> None:
    joined = replace(MARCH, run="run_2")
    assert found(joined, [data(1, JANUARY)], [turn(1, JANUARY), turn(2, FEBRUARY)]) == ([], ["run_2"])


def test_versions_and_findings_are_those_that_hold_its_rows_or_began_its_runs() -> None:
    datasets = [data(1, JANUARY), data(2, FEBRUARY, after=1, by=REPLACES)]
    runs = [turn(1, JANUARY), turn(2, FEBRUARY, on="ds_1")]
    about, began, other = (
        Finding(MODEL, name, NOON, number, Kind.DRIFT, NOON, later(1), (), "retrain", "it moved", run)
        for name, number, run in (("about", 1, "run_2"), ("began", 7, "run_1"), ("other", 2, "run_2"))
    )
    seen = touched(JANUARY, Descent.of(datasets, SPECS), runs, (made(2, 2), made(1, 1)), (other, began, about))
    assert [each.number for each in seen.versions] == [1]
    assert [each.id for each in seen.findings] == ["about", "began"]
