"""Receipts: the answer to a command, which is its audit record."""

from datetime import datetime

from pydantic import Field

from shared.api.views.view import View
from shared.domain.change import Audit, Move, Receipt


class ReceiptView(View):
    """What was decided: from one state to another, by whom and why; nulls where the action has none."""

    id: str
    action: str
    model: str
    version: int | None
    run: str | None
    was: str | None = Field(alias="from")
    now: str | None = Field(alias="to")
    by: str
    reason: str
    at: datetime
    revision: int


class MoveView(View):
    """One item that went from one state to another; from null it was new."""

    noun: str
    id: str | int
    was: str | None = Field(alias="from")
    now: str = Field(alias="to")
    code: str | None = None
    detail: str | None = None


class AuditView(View):
    """A receipt, and every move that the decision made."""

    id: str
    action: str
    model: str
    version: int | None
    run: str | None
    was: str | None = Field(alias="from")
    now: str | None = Field(alias="to")
    by: str
    reason: str
    at: datetime
    revision: int
    moves: tuple[MoveView, ...]


def receipt(of: Receipt) -> ReceiptView:
    """The receipt of a command."""
    return ReceiptView.model_validate(of, from_attributes=True, by_name=True)


def audit(link: Audit) -> AuditView:
    """One link of the audit chain."""
    said = receipt(link.receipt)
    return AuditView(**dict(said), moves=tuple(map(_move, link.moves)))


def _move(of: Move) -> MoveView:
    return MoveView(
        noun=of.noun,
        id=of.id,
        was=of.was or None,
        now=of.now,
        code=of.reason.code or None,
        detail=of.reason.detail or None,
    )
