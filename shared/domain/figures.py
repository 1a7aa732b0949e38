"""Figures as people read them: a few digits, with the unit of what was measured."""

from collections.abc import Callable, Mapping


def _digits(size: float) -> str:
    """The format of numbers up to this size: thousands without a fraction, four decimals where they tell something."""
    if 0 < size < 0.0005:
        return "{:.1e}"
    return "{:,.0f}" if size >= 1000 else "{:.2f}" if size >= 10 else "{:.4f}"


_UNITS: Mapping[str, Callable[[float], str]] = {
    "latency_p99": lambda milliseconds: f"{milliseconds:.3g} ms",
    "size": lambda size: f"{size / 1e6:.3g} MB",
}


def _alike(name: str, *values: float) -> list[str]:
    """Numbers that are read side by side, with the digits of the largest; zero has no sign."""
    show = _UNITS.get(name, _digits(max(map(abs, values))).format)
    return [show(value + 0.0) for value in values]


def figure(name: str, value: float) -> str:
    """A measured value in the unit of its metric: 0.6263, 12.3 ms, 1.2 MB; no name, no unit."""
    return _alike(name, value)[0]


def limit(name: str, value: float) -> str:
    """A limit, with the digits that its owner wrote."""
    return _UNITS.get(name, "{:g}".format)(value)


def quoted(name: str, value: float, low: float, high: float) -> str:
    """A value with its interval, where it has a width: 0.6263 (0.6165 to 0.6361)."""
    shown, *ends = _alike(name, value, low, high)
    return shown if low == high else f"{shown} ({ends[0]} to {ends[1]})"


def change(name: str, value: float, low: float, high: float) -> str:
    """A difference with its interval, signed: +0.0320 (+0.0290 to +0.0343)."""
    texts = _alike(name, value, low, high)
    shown, *ends = ("+" * (each > 0) + text for each, text in zip((value, low, high), texts, strict=True))
    return shown if low == high else f"{shown} ({ends[0]} to {ends[1]})"
