"""Told: a registry's account of a small story as plain data, so that two models' can be compared by `==`.

Left out is what no two stories share: instants, durations, how many rows happened to be asked for while a version was
tried, and hashes (the bytes hold the model's own colours). Ids are named by their order: run 1, upload 2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.change import Audit, Item, Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.item import standing
from shared.domain.run import Run, Step
from shared.domain.version import Version
from shared.ports.registry import Query, Registry
from tests.auditor import books

Line = tuple[str | int | float, ...]

BY_CHANCE = frozenset({"score", "deploy", "judge"})
"""Steps that tell of latency, or of the traffic that there was."""

_ID = re.compile(r"\b(?:up|ds|run)_[0-9A-Z]{26}\b")


@dataclass(frozen=True, slots=True)
class Told:
    """Decisions in their order, each with its moves; then runs, steps, data versions, versions, and what serves."""

    decisions: tuple[Line, ...]
    runs: tuple[Line, ...]
    steps: tuple[Line, ...]
    datasets: tuple[Line, ...]
    versions: tuple[Line, ...]
    serving: tuple[Line, ...]

    def differences(self, other: "Told") -> list[str]:
        """Where the other account is another, in words."""
        pairs = [(name, getattr(self, name), getattr(other, name)) for name in self.__slots__]
        return [
            f"{name}: {sorted(set(ours) - set(theirs))} became {sorted(set(theirs) - set(ours))}"
            if set(ours) != set(theirs)
            else f"{name}: the same lines, {len(ours)} and {len(theirs)}, in another order or number"
            for name, ours, theirs in pairs
            if ours != theirs
        ]


def told(registry: Registry, model: str) -> Told:
    """What the registry says of the model now."""
    kept = books(registry, model)
    names = _Names(model)
    decisions = tuple(_decision(link, names) for link in kept.chain)
    items = kept.model.items
    runs = [run for run in _of(items, Noun.RUN) if isinstance(run, Run)]
    steps = [
        step
        for run in runs
        for step in registry.page(Query(Noun.STEP, model, run=run.id)).items
        if isinstance(step, Step)
    ]
    arms = kept.model.serving.arms
    return Told(
        decisions,
        tuple(_run(run, names) for run in runs),
        tuple(_step(step, names) for step in steps),
        tuple(_dataset(each, names) for each in _of(items, Noun.DATASET) if isinstance(each, Dataset)),
        tuple(_version(each, names) for each in _of(items, Noun.VERSION) if isinstance(each, Version)),
        tuple((arm.version, arm.role, arm.share, arm.sunset is not None) for arm in arms),
    )


@dataclass(slots=True)
class _Names:
    """Ids by the order in which they were met."""

    model: str
    known: dict[str, str] = field(default_factory=dict)

    def of(self, text: object) -> str:
        """The text, with each id and the model called by a name that every story shares."""
        return _ID.sub(lambda found: self._name(found.group()), str(text)).replace(self.model, "MODEL")

    def _name(self, text: str) -> str:
        kind = text.partition("_")[0]
        count = sum(name.startswith(kind) for name in self.known.values())
        return self.known.setdefault(text, f"{kind}-{count + 1}")


def _of(items: Mapping[Ref, Item], noun: Noun) -> list[Item]:
    """In the order in which the chain tells of them."""
    return [item for ref, item in items.items() if ref.noun is noun]


def _decision(link: Audit, names: _Names) -> Line:
    receipt = link.receipt
    why = "" if receipt.action == "promote" else names.of(receipt.reason)
    moves = sorted(
        f"{move.noun} {names.of(move.id)} {move.was or 'absent'} → {move.now} {move.reason.code}" for move in link.moves
    )
    return receipt.revision, receipt.action, receipt.by, why, *moves


def _run(run: Run, names: _Names) -> Line:
    covers = " ".join(map(names.of, run.uploads))
    began = (run.cause.kind, names.of(run.cause.id), run.by, run.spec, covers, names.of(run.dataset), run.begin_at)
    return names.of(run.id), *began, run.status, run.reason.code, run.version


def _step(step: Step, names: _Names) -> Line:
    outcome = "" if step.name in BY_CHANCE else names.of(step.outcome)
    refs = (f"{noun} {names.of(each)}" for noun, each in step.refs if noun != "artifact")
    return names.of(step.run), step.name, outcome, *refs


def _dataset(each: Dataset, names: _Names) -> Line:
    of = (names.of(each.id), names.of(each.run), names.of(each.previous), " ".join(map(names.of, each.uploads)))
    return *of, each.rows, each.train_rows, each.test_rows, each.rejected, each.captured, each.positives or 0.0


def _version(each: Version, names: _Names) -> Line:
    made = (names.of(each.run), names.of(each.dataset), each.spec, each.metric, each.score, each.by)
    return each.number, *made, standing(each).state, each.reason.code
