"""A function gets exactly the layers whose packages its handler can reach: no more, no less."""

import re
from collections.abc import Mapping
from importlib.metadata import packages_distributions

import grimp

from stacks.layers import LAYERS, layers_of, pins
from tests.architecture.tree import ROOT

# What Lambda's own runtime brings.
RUNTIME = frozenset({"awslambdaric"})


def _handlers() -> Mapping[str, str]:
    """Function → its handler's module, for every function there is."""
    return {path.parent.name: f"functions.{path.parent.name}.handler" for path in ROOT.glob("functions/*/handler.py")}


def _distributions(packages: frozenset[str]) -> frozenset[str]:
    owners = packages_distributions()
    names = (owner for package in packages for owner in owners.get(package, ()))
    return frozenset(re.sub(r"[-_.]+", "-", name.lower()) for name in names)


def _reached(graph: grimp.ImportGraph, handler: str) -> frozenset[str]:
    """The distributions that a handler imports, through whichever of our modules, now or when it is first called."""
    roots = frozenset(name.partition(".")[0] for name in graph.find_upstream_modules(handler))
    return _distributions(roots - {"functions", "shared"}) - RUNTIME


def _held(layers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(pin.partition("==")[0] for layer in layers for pin in pins.read(layer))


def test_every_handler_finds_what_it_imports_in_its_layers() -> None:
    graph = grimp.build_graph("functions", "shared", include_external_packages=True, cache_dir=None)
    lacking = {name: _reached(graph, module) - _held(layers_of(name)) for name, module in _handlers().items()}
    assert {name: packages for name, packages in lacking.items() if packages} == {}


def test_no_function_carries_a_layer_that_it_does_not_open() -> None:
    graph = grimp.build_graph("functions", "shared", include_external_packages=True, cache_dir=None)
    idle = {
        name: [layer for layer in layers_of(name)[1:] if not _reached(graph, module) & _held((layer,))]
        for name, module in _handlers().items()
    }
    assert {name: layers for name, layers in idle.items() if layers} == {}


def test_no_package_is_carried_twice_by_one_function() -> None:
    for engine in ("tables", "learning", "scoring"):
        assert _held(("core",)) & _held((engine,)) == set()
    assert _held(("core", "scoring")) & _held(("admission",)) == set()
    assert len(LAYERS) == len({pins.read(layer) for layer in LAYERS})
