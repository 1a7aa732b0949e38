"""Which packages a Lambda function finds: five layers, and which function gets which."""

from collections.abc import Mapping

LAYERS = ("core", "tables", "learning", "scoring", "admission")

# Functions not named here get `core` alone.
ENGINE_LAYERS: Mapping[str, tuple[str, ...]] = {
    "data": ("tables",),
    "fold": ("tables",),
    "batch": ("tables",),
    "train": ("learning",),
    "evaluate": ("learning",),
    "monitor": ("learning",),
    "predict": ("scoring",),
    "score": ("scoring",),
    "admit": ("scoring", "admission"),
}


def layers_of(function: str) -> tuple[str, ...]:
    """The layers of the function in `functions/<function>/`, `core` first."""
    return ("core", *ENGINE_LAYERS.get(function, ()))
