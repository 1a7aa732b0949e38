"""Plain data to a spec: every section validated, every rule held, all problems told at once."""

from collections.abc import Iterable, Mapping
from itertools import chain, islice

from pydantic import ValidationError

from shared.domain.errors import Problem, SpecRefused
from shared.domain.spec.explain import explained
from shared.domain.spec.problems import nothing
from shared.domain.spec.rules import broken
from shared.domain.spec.whole import Spec

MOST = 100
"""How many problems are told at once."""

# Stands in for sections that are not well-formed, so that the rules between the others can still be asked.
_SOUND: Mapping[str, object] = {
    "spec": 1,
    "model": "model",
    "task": "binary",
    "data": {"target": "outcome", "columns": {"column": "number"}},
    "notify": {"owners": ["slack:owners"]},
}


def resolve(given: object) -> Spec:
    """The spec that plain data says, every default written out; raises SpecRefused with its problems, 100 at most."""
    unsaid = [*islice(nothing(given), MOST)]
    try:
        spec = Spec.model_validate(given)
    except ValidationError as error:
        raise _refused(chain(unsaid, explained(error, given), _between(given, unsaid, error))) from None
    problems = chain(unsaid, broken(spec, _sound(unsaid), _mapping(given)))
    if (refused := _refused(problems)).problems:
        raise refused
    return spec


def _between(given: object, unsaid: Iterable[Problem], error: ValidationError) -> Iterable[Problem]:
    """Problems between the sections that are well-formed."""
    settings = _mapping(given)
    if not settings:
        return ()
    sound = _sound(unsaid) - {str(details["loc"][0]) for details in error.errors(include_url=False) if details["loc"]}
    kept = {name: setting for name, setting in settings.items() if name in sound}
    stood_in = {name: setting for name, setting in _SOUND.items() if name not in sound}
    return broken(Spec.model_validate({**kept, **stood_in}), sound, settings)


def _sound(unsaid: Iterable[Problem]) -> frozenset[str]:
    """The sections in which every setting has a value."""
    return frozenset(Spec.model_fields) - {problem.pointer.split("/")[1] for problem in unsaid if problem.pointer}


def _mapping(given: object) -> Mapping[str, object]:
    return given if isinstance(given, Mapping) else {}


def _refused(problems: Iterable[Problem]) -> SpecRefused:
    """One problem a setting: the first that was found. Advice costs time: it ends at the most that are told."""
    first: dict[str, Problem] = {}
    for problem in islice(problems, MOST):
        first.setdefault(problem.pointer, problem)
    return SpecRefused("the spec breaks the grammar", *first.values())
