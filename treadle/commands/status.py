"""Status: every model at a glance: what serves, what is tried, how good it is, what was found last."""

from typing import TYPE_CHECKING

import typer

from treadle import formats, watched
from treadle.listing import listing, more
from treadle.said import Said, Table
from treadle.session import connect
from treadle.switches import Limit

if TYPE_CHECKING:
    from treadle.client import Client, Json


def status(context: typer.Context, limit: Limit = 20) -> Said:
    """Show all models at a glance."""
    client = connect(context)
    page = listing(client, "/models", limit)
    items = [_glance(client, each["name"]) for each in page["items"]]
    needs = client.get("/needs")["items"]
    header = ("model", "champion", "rollout", "run", "realised", "last finding")
    text = Table(header, tuple(map(_row, items))) if items else "there is no model yet"
    waits = tuple(f"{each['model']}: {each['detail']}" for each in needs)
    document = {"items": items, "needs": needs, "next": page["next"]}
    parts = (text, *(("", "waiting for you", *waits) if waits else ()), *more(page, "status"))
    return Said(document, parts, tuple(each["model"]["name"] for each in items), _next(items, needs))


def _glance(client: "Client", name: str) -> "Json":
    """A model, what is known of its answers, and the newest finding about it."""
    model = client.get(f"/models/{name}")
    answers, seen = client.get(f"/models/{name}/performance"), client.get(f"/models/{name}/drift")
    found = sorted(seen["findings"] + answers["findings"], key=lambda each: str(each["found_at"]))
    return {"model": model, "realised": answers["realised"], "finding": found[-1] if found else None}


def _row(each: "Json") -> tuple[str, ...]:
    model, finding = each["model"], each["finding"]
    tried = ", ".join(_tried(arm) for arm in model["arms"] if arm["role"] == "challenger")
    run = next((run["run"] for run in (model["running"], model["queued"]) if run), "")
    return (
        model["name"],
        formats.word(model["champion"]),
        formats.word(tried),
        formats.word(run),
        _metric(model["metric"], each["realised"]),
        f"{watched.span(finding)}: {finding['detail']}" if finding else formats.NOTHING,
    )


def _tried(arm: "Json") -> str:
    """version 2 at 20%; a shadow is dealt nothing."""
    how = f"at {arm['share']:.0%}" if arm["share"] else "as a shadow"
    return f"version {arm['version']} {how}"


def _metric(name: str, realised: "Json | None") -> str:
    """The model's own metric, of the last window whose outcomes are in."""
    figures = realised["figures"] if realised else ()
    found = (f"{name} {formats.number(each['value'])}" for each in figures if each["statistic"] == name)
    return next(found, formats.NOTHING)


def _next(items: "list[Json]", needs: "list[Json]") -> str:
    """What waits for a person comes first."""
    if needs:
        return str(needs[0]["command"])
    return f"treadle drift {items[0]['model']['name']}" if items else "treadle init FILE"
