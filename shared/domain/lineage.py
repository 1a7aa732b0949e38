"""Lineage: which data versions, runs, versions and findings stand behind one another, from files on and back to them.

What is read here comes from lists, which may lag a moment behind: lineage is looked at, no decision is made from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from shared.domain.dataset import Dataset, dataset_of
from shared.domain.finding import Finding
from shared.domain.run import Run
from shared.domain.spec.applied import AppliedSpec
from shared.domain.upload import Upload
from shared.domain.version import Version

T = TypeVar("T", Dataset, Run, Version, Finding)


@dataclass(frozen=True, slots=True)
class Descent:
    """All data versions of a model by id, and the numbers of the specs by which an upload replaces all rows so far."""

    datasets: Mapping[str, Dataset]
    replacing: frozenset[int]

    @staticmethod
    def of(datasets: Iterable[Dataset], specs: Iterable[AppliedSpec]) -> "Descent":
        """From what is listed."""
        replacing = frozenset(each.number for each in specs if each.spec.data.uploads == "replace")
        return Descent({each.id: each for each in datasets}, replacing)

    def files(self, dataset: Dataset) -> tuple[str, ...]:
        """The uploads whose rows it took in itself: where uploads replace, only the last of them."""
        return dataset.uploads[-1:] if dataset.spec in self.replacing else dataset.uploads

    def before(self, dataset: Dataset) -> str:
        """The data version whose rows it goes on from; "" where its upload replaced them, or it is the first."""
        return "" if dataset.uploads and dataset.spec in self.replacing else dataset.previous

    def behind(self, newest: str) -> tuple[Dataset, ...]:
        """A data version and all that it goes on from, newest first."""
        chain: list[Dataset] = []
        while dataset := self.datasets.get(newest):
            chain.append(dataset)
            newest = self.before(dataset)
        return tuple(chain)

    def ahead(self, upload: str) -> tuple[Dataset, ...]:
        """The data versions that hold rows of this upload, oldest first."""
        return _oldest_first([each for each in self.datasets.values() if self._holds(each, upload)])

    def learned(self, run: Run) -> str:
        """The data version that the run learns from: the one that it made, else the one that it began with."""
        made = dataset_of(run.id)
        return made if made in self.datasets else run.dataset

    def _holds(self, dataset: Dataset, upload: str) -> bool:
        return any(upload in self.files(each) for each in self.behind(dataset.id))


@dataclass(frozen=True, slots=True)
class Touched:
    """What an upload has come to, each the oldest first: `runs` covered it, or learned from or judged by its rows."""

    datasets: tuple[Dataset, ...]
    runs: tuple[Run, ...]
    versions: tuple[Version, ...]
    findings: tuple[Finding, ...]


def covers(run: Run, upload: Upload) -> bool:
    """Whether the upload itself is the run's; a queued run that it has joined names it only once it starts."""
    return upload.id in run.uploads or run.id == upload.run


def touched(
    upload: Upload, descent: Descent, runs: Iterable[Run], versions: Iterable[Version], findings: Iterable[Finding]
) -> Touched:
    """All that the upload's rows have come to; findings are about its versions, or began its runs."""
    datasets = descent.ahead(upload.id)
    holding = {each.id for each in datasets}
    turns = [run for run in runs if covers(run, upload) or descent.learned(run) in holding]
    made = [version for version in versions if version.dataset in holding]
    numbers, began = {version.number for version in made}, {run.id for run in turns}
    found = [each for each in findings if each.version in numbers or each.run in began]
    return Touched(datasets, _oldest_first(turns), _oldest_first(made), _oldest_first(found))


def _oldest_first(of: list[T]) -> tuple[T, ...]:
    """Lists come newest first, also where two are of one instant."""
    return tuple(sorted(of, key=lambda each: each.at, reverse=True)[::-1])
