"""Lineage as people read it: a tree from the prediction down to the files."""

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
    """The lines of the whole tree."""
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
