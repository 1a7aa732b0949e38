"""Data: what came in is read, checked, merged with the last data version, split and profiled."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.domain import places, record
from shared.domain.change import Fact, Noun, Ref
from shared.domain.dataset import Dataset, Reject, dataset_of
from shared.domain.errors import DataRejected
from shared.domain.item import found
from shared.domain.model import Model
from shared.domain.order import step_order
from shared.domain.run import Run, Step
from shared.domain.spec import Spec
from shared.domain.upload import Upload
from shared.engines import tables
from shared.ports.captures import known
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Registry, items

WORDS = "vocabulary.json"


@dataclass(frozen=True, slots=True)
class Request:
    """Which run, and the number of the spec that it is pinned to."""

    model: str
    run: str
    spec: int


@dataclass(frozen=True, slots=True)
class Result:
    """The data version that the run learns from."""

    dataset: str


def run(
    request: Request,
    *,
    registry: Registry,
    uploads: Objects,
    captures: Objects,
    artifacts: Objects,
    clock: Clock,
    scratch: Path,
) -> Result:
    """Make the next data version, if anything came in; raises DataRejected (with the first bad cells), Superseded."""
    began = clock.ticks()
    model = registry.model(request.model, Ref(Noun.RUN, request.run), Ref(Noun.SPEC, request.spec))
    turn, spec = model.run(request.run), model.spec(request.spec).spec
    with TemporaryDirectory(dir=scratch) as folder:
        files = Files(Path(folder), uploads, artifacts)
        came = _came(registry, turn, spec, captures, files)
        if not came.uploads and came.captured is None:
            return Result(turn.dataset)
        try:
            made = _make(model, turn, came, spec, files)
        except DataRejected as refused:
            registry.commit(Fact(_step(turn, clock, began, refused.detail, rejects=_cells(refused)), fence=turn.id))
            raise
        dataset = _dataset(model, turn, made, clock.now())
        for file in sorted(path for path in files.made.rglob("*") if path.is_file()):
            artifacts.save(file, places.dataset(model.name, dataset.id, file.relative_to(files.made).as_posix()))
    order = step_order(turn.id, "data", f"{dataset.rows:,} rows")
    registry.commit(registry.model(model.name, Ref(Noun.COMMAND, order.id)).accept(order, dataset))
    registry.commit(Fact(_step(turn, clock, began, _outcome(dataset), ("dataset", dataset.id)), fence=turn.id))
    return Result(dataset.id)


@dataclass(frozen=True, slots=True)
class Files:
    """Where files come from and go to while a data version is made."""

    folder: Path
    uploads: Objects
    artifacts: Objects

    @property
    def made(self) -> Path:
        """What the data version will hold."""
        return self.folder / "made"


@dataclass(frozen=True, slots=True)
class Came:
    """What came in since the last data version: uploads, and a file of captured rows if there are any."""

    uploads: tuple[Upload, ...]
    captured: Path | None


def _came(registry: Registry, turn: Run, spec: Spec, captures: Objects, files: Files) -> Came:
    """The run's uploads, and the rows that were captured since; a first version is made of uploads alone."""
    covered = [Ref(Noun.UPLOAD, each) for each in turn.uploads]
    read = items(registry, turn.model, covered)
    uploads = tuple(found(turn.model, read, each, Upload) for each in covered)
    if not turn.dataset:
        return Came(uploads, None)
    since = registry.model(turn.model, Ref(Noun.DATASET, turn.dataset)).dataset(turn.dataset).at
    rows = known(captures, turn.model, since, turn.since)
    if spec.data.uploads == "replace" and uploads:
        newest = max(upload.at for upload in uploads)
        rows = tuple(row for row in rows if row.at > newest)
    written = tables.write_captured(rows, spec, files.folder / "known.jsonl")
    files.artifacts.save(written, places.captured(turn.model, turn.id))  # a second try finds what the first one read
    captured = files.artifacts.fetch(places.captured(turn.model, turn.id), files.folder / "captured.jsonl")
    return Came(uploads, captured if captured.stat().st_size else None)


def _make(model: Model, turn: Run, came: Came, spec: Spec, files: Files) -> tables.Prepared:
    """Merge the uploads into the last data version, one after the other; the last one's result is the whole."""
    source = _source(model, turn, files)
    rejected = 0
    for upload in came.uploads[:-1]:
        into = files.folder / upload.id
        rejected += tables.gather(_with(source, upload, files), spec, into)
        source = replace(source, previous=into / "rows.parquet")
    for upload in came.uploads[-1:]:
        source = _with(source, upload, files)
    made = tables.prepare(replace(source, captured=came.captured), spec, files.made)
    return replace(made, rejected_count=made.rejected_count + rejected)


def _source(model: Model, turn: Run, files: Files) -> tables.Source:
    """What the data version before left: its rows and words, and how far splits and champion have come."""
    source = tables.Source(cut=model.head.cut, learned_until=model.head.learned_until)
    if not turn.dataset:
        return source
    rows = files.artifacts.fetch(places.dataset(model.name, turn.dataset, "rows.parquet"), files.folder / "previous")
    words = files.artifacts.read(places.dataset(model.name, turn.dataset, WORDS))
    return replace(source, previous=rows, vocabulary=_vocabulary(words))


def _with(source: tables.Source, upload: Upload, files: Files) -> tables.Source:
    """The source with this upload on disk, under a name that ends as it did in the bucket."""
    name = f"{upload.id}-{upload.place.key.rpartition('/')[2]}"
    return replace(source, upload=files.uploads.fetch(upload.place.key, files.folder / name, upload.place.version))


def _vocabulary(body: bytes) -> dict[str, tuple[str, ...]]:
    return record.read(dict[str, tuple[str, ...]], body)


def _dataset(model: Model, turn: Run, made: tables.Prepared, at: datetime) -> Dataset:
    return Dataset(
        model.name,
        dataset_of(turn.id),
        turn.id,
        turn.dataset,
        turn.uploads,
        turn.spec,
        made.fingerprint,
        made.rows,
        made.train_rows,
        made.test_rows,
        made.skipped,
        made.rejected_count,
        at,
        made.cut,
        made.learned_until,
        made.first_at,
        made.last_at,
        made.positives,
        made.captured,
    )


def _outcome(dataset: Dataset) -> str:
    split = f"{dataset.train_rows:,} to learn from, {dataset.test_rows:,} to judge by"
    cut = f", cut at {dataset.cut:%-d %B %H:%M}" if dataset.cut else ""
    came = f" ({dataset.captured:,} captured since)" if dataset.captured else ""
    counts = f"{dataset.rows:,} rows{came}, {dataset.rejected:,} rejected, {dataset.skipped:,} without an outcome"
    return f"{counts}; {split}{cut}"


def _step(
    turn: Run, clock: Clock, began: float, outcome: str, *refs: tuple[str, str], rejects: tuple[Reject, ...] = ()
) -> Step:
    return Step(turn.model, turn.id, "data", clock.now(), clock.ticks() - began, outcome, refs, rejects)


def _cells(refused: DataRejected) -> tuple[Reject, ...]:
    """The first bad cells, for people to mend."""
    return tuple(Reject(each.line, each.pointer, each.got, each.expected) for each in refused.problems[:20])
