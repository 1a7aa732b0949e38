"""Specs: numbered, in their resolved form."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue, RootModel

from shared.api.views.receipts import ReceiptView
from shared.api.views.view import View
from shared.domain.spec import Spec, stored
from shared.domain.spec.applied import AppliedSpec


class SpecSummary(View):
    """A spec in a list; `sha256` is of its content, so that equal ones are told."""

    model: str
    number: int
    sha256: str
    by: str
    applied_at: datetime


class SpecView(View):
    """A spec by itself, every default written out."""

    model: str
    number: int
    sha256: str
    by: str
    applied_at: datetime
    spec: Mapping[str, JsonValue]


class SpecChecked(View):
    """What applying a spec would do: difference is none, changed or new; `number` the one it has or would get."""

    model: str
    number: int
    difference: str
    spec: Mapping[str, JsonValue]


class SpecAnswer(RootModel[ReceiptView | SpecChecked]):
    """A receipt; of a dry run, what applying would do."""


def summary(of: AppliedSpec) -> SpecSummary:
    """A spec in a list."""
    return SpecSummary(model=of.model, number=of.number, sha256=of.digest, by=of.by, applied_at=of.at)


def spec(of: AppliedSpec) -> SpecView:
    """A spec by itself."""
    return SpecView(**dict(summary(of)), spec=_plain(of.spec))


def checked(of: Spec, number: int, difference: str) -> SpecChecked:
    """What applying it would do."""
    return SpecChecked(model=of.model, number=number, difference=difference, spec=_plain(of))


def _plain(of: Spec) -> Mapping[str, JsonValue]:
    return stored(of)  # type: ignore[return-value]  # what it dumps is JSON
