"""A spec with something of everything, and what comes of a change to it."""

from collections.abc import Mapping
from copy import deepcopy

from shared.domain.errors import Problem, SpecRefused
from shared.domain.spec import Spec, resolve

Plain = dict[str, object]

FLIGHTS: Plain = {
    "spec": 1,
    "model": "flights",
    "task": "binary",
    "data": {
        "key": ["carrier", "flight", "time_hour"],
        "time": {"column": "time_hour", "zone": "America/New_York"},
        "target": {"column": "arr_delay", "above": 15, "missing": "skip"},
        "columns": {
            "time_hour": {"type": "timestamp"},
            "flight": {"type": "integer", "min": 1, "feature": False},
            "carrier": {"type": "category", "unseen": "keep"},
            "origin": {"type": "category", "values": ["EWR", "JFK", "LGA"]},
            "distance": {"type": "number", "min": 0, "missing": "median", "outside": "clip"},
            "remark": {"type": "text"},
        },
        "after": ["dep_delay", "air_time"],
        "ignore": ["year", "tailnum"],
        "derive": {"dep_hour": {"hour": "time_hour"}},
        "checks": {},
    },
    "train": {"search": {}, "candidates": {"LogisticRegression": {"C": {"from": 0.001, "to": 10, "scale": "log"}}}},
    "evaluate": {"gates": {"roc_auc": {"min": 0.6}}, "slices": {"by": ["origin"], "may_lag": 0.08}},
    "deploy": {"steps": [{"shadow": "10m"}, {"share": "20%", "bake": "1h"}, {"share": "50%", "bake": "1h"}]},
    "predict": {},
    "monitor": {},
    "retire": {},
    "notify": {"owners": ["email:flights@example.com"]},
}


def brief(task: str) -> Spec:
    """A spec that leaves out whatever may be left out."""
    data = {"target": "y", "columns": {"x": "number"}}
    return resolve({"spec": 1, "model": "brief", "task": task, "data": data, "notify": FLIGHTS["notify"]})


def changed(*changes: tuple[str, object]) -> Plain:
    """The spec with settings written at their pointers."""
    spec = deepcopy(FLIGHTS)
    for where, value in changes:
        *path, last = where.strip("/").split("/")
        place: object = spec
        for part in path:
            place = place[int(part)] if isinstance(place, list) else place[part]  # type: ignore[index]
        if isinstance(place, list):
            place[int(last)] = value
        elif isinstance(place, dict):
            place[last] = value
    return spec


def refused(*changes: tuple[str, object]) -> Mapping[str, Problem]:
    """The problems of the changed spec by pointer; none when it is a spec."""
    try:
        resolve(changed(*changes))
    except SpecRefused as refusal:
        return {problem.pointer: problem for problem in refusal.problems}
    return {}
