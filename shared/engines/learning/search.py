"""Search: the seeded list of candidates, the rungs they climb, and who goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from math import ceil, exp, floor, log

import numpy as np
from scipy.stats import qmc

from shared.domain.errors import SearchFailed
from shared.domain.scores import BETTER, Better
from shared.domain.spec import Spec
from shared.domain.spec.train import Parameter, Range, Scalar
from shared.domain.trial import Candidate, Rung, Trial

_SHARES = {"random": (1.0,), "halving": (1 / 9, 1 / 3, 1.0)}


@dataclass(frozen=True, slots=True)
class _Pick:
    family: str
    parameters: Mapping[str, Scalar]


def candidates(spec: Spec) -> tuple[Candidate, ...]:
    """The spec's trials: families in turn, parameters by a scrambled Halton sequence, none twice.

    A pure function of spec.train, whatever the order of its keys: a family's points do not move when another joins.
    """
    search = spec.train.search
    streams = [
        _picks(family, ranges, search.seed, search.trials) for family, ranges in sorted(spec.train.candidates.items())
    ]
    turns = (pick for pick in chain.from_iterable(zip_longest(*streams)) if pick is not None)
    picked = islice(turns, search.trials)
    return tuple(Candidate(index, pick.family, pick.parameters) for index, pick in enumerate(picked))


def rungs(spec: Spec) -> tuple[Rung, ...]:
    """The steps of the search; a rung that could drop nobody is left out, the last one has every row and keeps one."""
    climbing = len(candidates(spec))
    steps: list[Rung] = []
    *lower, whole = _SHARES[spec.train.search.method]
    for share in lower:
        keep = ceil(climbing / 3)
        if keep < climbing:
            steps.append(Rung(len(steps) + 1, share, keep))
        climbing = keep
    return (*steps, Rung(len(steps) + 1, whole, 1))


def survivors(trials: Sequence[Trial], rung: Rung, spec: Spec) -> tuple[int, ...]:
    """Indices of the candidates that go on, best first, equals by index. Raises SearchFailed if none was trained."""
    trained = [trial for trial in trials if not trial.error]
    if not trained:
        causes = sorted({trial.error for trial in trials})
        raise SearchFailed(f"no candidate could be trained: {'; '.join(causes)[:70]}")
    down = -1 if BETTER[spec.metric] is Better.HIGHER else 1
    ranked = sorted(trained, key=lambda trial: (down * trial.score, trial.candidate.index))
    return tuple(trial.candidate.index for trial in ranked[: rung.keep])


def _picks(family: str, ranges: Mapping[str, Parameter], seed: int, count: int) -> Iterator[_Pick]:
    """The family's distinct points, in the order of its own sequence."""
    searched = [name for name, parameter in sorted(ranges.items()) if isinstance(parameter, Range | tuple)]
    generator = np.random.default_rng([seed, *family.encode()])
    points = qmc.Halton(len(searched), rng=generator).random(count) if searched else np.empty((1, 0))
    seen: list[Mapping[str, Scalar]] = []
    for point in points:
        shares = dict(zip(searched, point.tolist(), strict=True))
        parameters = {name: _value(parameter, shares.get(name, 0.0)) for name, parameter in ranges.items()}
        if parameters not in seen:
            seen.append(parameters)
            yield _Pick(family, parameters)


def _value(parameter: Parameter, share: float) -> Scalar:
    """The point of a parameter at this share (0 ≤ share < 1) of its way."""
    if isinstance(parameter, Range):
        return _between(parameter, share)
    return parameter[int(share * len(parameter))] if isinstance(parameter, tuple) else parameter


def _between(limits: Range, share: float) -> int | float:
    """Integer ends give integers, each as likely as the others; reals are rounded to four digits for people."""
    low, high = limits.low, limits.high
    if isinstance(low, int) and isinstance(high, int):
        return min(floor(_mixed(low, high + 1, limits.scale, share)), high)
    return min(max(float(f"{_mixed(low, high, limits.scale, share):.4g}"), low), high)


def _mixed(low: float, high: float, scale: str, share: float) -> float:
    if scale == "log":
        return exp(log(low) + share * (log(high) - log(low)))
    return low + share * (high - low)
