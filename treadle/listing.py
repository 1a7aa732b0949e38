"""Listing: the newest items of a list, and which page comes after them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treadle.client import Client, Json

PAGE = 200
"""The most that one page holds."""


def listing(client: "Client", path: str, limit: int, **query: str) -> "Json":
    """The newest `limit` items as the API lists them; `next` is the cursor of what comes after them, or null."""
    items: list[Json] = []
    asked: dict[str, str | int] = {name: value for name, value in query.items() if value}
    while True:
        page = client.ask("GET", path, query={**asked, "limit": min(PAGE, limit - len(items))})
        items += page["items"]
        if not page["next"] or len(items) >= limit:
            return {"items": items, "next": page["next"]}
        asked["cursor"] = page["next"]


def more(page: "Json", of: str) -> tuple[str, ...]:
    """A line for people where the list goes on."""
    return (f"… and more: treadle {of} --limit {2 * len(page['items'])}",) if page["next"] else ()
