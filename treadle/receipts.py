"""Receipts: the answer to a command, in a sentence."""

from collections.abc import Mapping


def sentence(receipt: Mapping[str, object]) -> str:
    """flights: version 2 is champion now (it was candidate)."""
    version, run = receipt.get("version"), receipt.get("run")
    subject = f"version {version}" if version else f"run {run}" if run else "the spec"
    before = f" (it was {receipt['from']})" if receipt.get("from") else ""
    return f"{receipt['model']}: {subject} is {receipt['to']} now{before}"
