"""Two data versions side by side, as people read them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from treadle import formats
from treadle.said import Table

Json = Mapping[str, Any]

COUNTS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "rows": ("rows", formats.number),
    "to learn from": ("train_rows", formats.number),
    "to judge by": ("test_rows", formats.number),
    "without an outcome": ("skipped_rows", formats.number),
    "rejected": ("rejected_rows", formats.number),
    "captured": ("captured_rows", formats.number),
    "positive": ("positive_share", lambda share: "" if share is None else f"{share:.1%}"),
    "first row": ("first_row_at", formats.instant),
    "last row": ("last_row_at", formats.instant),
    "cut": ("cut_at", formats.instant),
    "spec": ("spec", str),
}
"""What is told of each → its name in the document, and how it is shown."""

HEADER = ("column", "", "psi", "missing", "holds", "new, gone")


def whole(of: Json) -> Iterator[str | Table]:
    """Both data versions, then their columns, the furthest first."""
    was, now = of["was"], of["now"]
    rows = ((name, shown(was[key]), shown(now[key])) for name, (key, shown) in COUNTS.items())
    yield Table(("", was["id"], now["id"]), tuple(row for row in rows if any(row[1:])))
    silent = [each["name"] for each in of["columns"] if each["change"] == "kept" and each["psi"] is None]
    yield ""
    yield Table(HEADER, tuple(_column(each) for each in of["columns"] if each["name"] not in silent))
    if silent:
        yield f"in both, and not counted: {', '.join(silent)}"


def _column(each: Json) -> tuple[str, ...]:
    change = "" if each["change"] == "kept" else each["change"]
    psi = "" if each["psi"] is None else f"{each['psi']:.4f}"
    return each["name"], change, psi, _sides(each, _missing), _sides(each, _holds), _levels(each)


def _sides(each: Json, shown: Callable[[Json], str]) -> str:
    """What it was → what it is; once, where it stayed so."""
    texts = [shown(side) for side in (each["was"], each["now"]) if side]
    return " → ".join(dict.fromkeys(filter(None, texts)))


def _missing(side: Json) -> str:
    return "" if side["missing_share"] is None else f"{side['missing_share']:.1%}"


def _holds(side: Json) -> str:
    limits = "" if side["min"] is None else f", {side['min']:g} to {side['max']:g}"
    levels = "" if side["levels"] is None else f", {side['levels']:,} levels"
    return f"{side['type']}{limits}{levels}"


def _levels(each: Json) -> str:
    """+ABQ 0.1%, −EGE 0.2%."""
    signed = (("+", each["new_levels"]), ("−", each["gone_levels"]))
    return ", ".join(f"{sign}{level['value']} {level['share']:.2%}" for sign, levels in signed for level in levels)
