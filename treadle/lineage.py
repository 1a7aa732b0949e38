"""Lineage as people read it: a tree from a prediction down to the files, or from a file to all that it has come to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from treadle import formats

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Branch:
    """A line, and what stands behind it."""

    line: str
    behind: Sequence["Branch"] = ()


def tree(one: Json) -> Iterator[str]:
    """The lines of the tree behind a prediction."""
    asked = one["prediction"]
    yield asked["id"]
    yield from _drawn((_version(one, asked),), "")


def _drawn(branches: Sequence[Branch], margin: str) -> Iterator[str]:
    for branch in branches:
        last = branch is branches[-1]
        yield f"{margin}{'└─' if last else '├─'} {branch.line}"
        yield from _drawn(branch.behind, f"{margin}{'   ' if last else '│  '}")


def _version(one: Json, asked: Json) -> Branch:
    share = f", dealt {asked['share']:.0%} of the rows" if 0 < asked["share"] < 1 else ""
    who = f"{asked['model']} version {asked['version']}"
    line = f"{who} answered as {asked['role']}, {formats.instant(asked['at'])}{share}"
    decided = tuple(Branch(_decision(each, asked["version"])) for each in one["decisions"])
    artifact = one["artifact"]
    made = Branch(f"artifact {asked['sha256'][:12]}, {artifact['family']}, made by code {artifact['code'][:12]}")
    return Branch(line, (*decided, made, _run(one)))


def _decision(each: Json, version: int) -> str:
    """champion → draining by ada, 2013-04-01 12:00:00Z: it is better."""
    (move,) = (move for move in each["moves"] if (move["noun"], move["id"]) == ("version", version))
    way = f"{move['from']} → {move['to']}" if move["from"] else move["to"]
    if move["from"] == move["to"]:
        way = move["code"]  # nothing moved, but somebody said something: approved
    return f"{way} by {each['by']}, {formats.instant(each['at'])}: {each['reason']}"


def _run(one: Json) -> Branch:
    run, spec = one["run"], one["spec"]
    why = run["cause"]["detail"] or f"{run['cause']['kind']} {run['cause']['id']}"
    rules = Branch(f"spec {spec['number']}, applied by {spec['by']}, {formats.instant(spec['applied_at'])}")
    return Branch(f"run {run['id']}: {why}", (rules, *_datasets(one["datasets"], one["uploads"])))


def _datasets(chain: Sequence[Json], uploads: Sequence[Json]) -> tuple[Branch, ...]:
    """The newest data version, and behind it the one that it goes on from."""
    if not chain:
        return ()
    newest, *older = chain
    captured = f" ({newest['captured_rows']:,} captured)" if newest["captured_rows"] else ""
    line = f"data version {newest['id']}, {newest['rows']:,} rows{captured}, fingerprint {newest['fingerprint'][:12]}"
    files = tuple(Branch(_upload(each)) for each in uploads if each["id"] in newest["uploads"])
    return (Branch(line, (*files, *_datasets(older, uploads))),)


def _upload(each: Json) -> str:
    place = f"s3://{each['bucket']}/{each['key']}, version {each['version_id']}"
    return f"upload {place}, by {each['by'] or 'whoever writes to the bucket'}, {formats.instant(each['received_at'])}"


def reach(one: Json) -> Iterator[str]:
    """The lines of the tree of what an upload has come to."""
    upload = one["upload"]
    yield upload["id"]
    why = f": {one['reason']}" if one["reason"] else ""
    yield from _drawn((Branch(f"{one['model']} {_upload(upload)}, {one['status']}{why}", tuple(_reached(one))),), "")


def _reached(one: Json) -> Iterator[Branch]:
    """Each data version with its runs, and the runs that came to none."""
    known = {dataset["id"] for dataset in one["datasets"]}
    yield from (_turn(run, one) for run in one["runs"] if run["dataset"] not in known)
    for dataset in one["datasets"]:
        turns = tuple(_turn(run, one) for run in one["runs"] if run["dataset"] == dataset["id"])
        yield Branch(f"data version {dataset['id']}, {dataset['rows']:,} rows", turns)


def _turn(run: Json, one: Json) -> Branch:
    """A run, the findings that began it, and the version that it made."""
    why = f": {run['reason']['detail'] or run['reason']['code']}" if run["reason"] else ""
    began = (Branch(f"begun by finding: {each['detail']}") for each in one["findings"] if each["run"] == run["id"])
    made = (_stages(version) for version in one["versions"] if version["run"] == run["id"])
    return Branch(f"run {run['id']} {run['status']}{why}", (*began, *made))


def _stages(version: Json) -> Branch:
    """A version, who approved of it, and where it stood when."""
    agreed = (
        Branch(f"approved by {each['by']}, {formats.instant(each['at'])}: {each['reason']}")
        for each in version["approvals"]
    )
    stood = (Branch(_stood(stage)) for stage in version["stages"])
    return Branch(f"version {version['version']}, {version['stage']} now", (*agreed, *stood))


def _stood(stage: Json) -> str:
    until = f" until {formats.instant(stage['until_at'])}" if stage["until_at"] else ""
    return f"{stage['stage']} from {formats.instant(stage['from_at'])}{until}, by {stage['by']}: {stage['reason']}"
