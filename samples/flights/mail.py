"""The mailbox of the embedded cloud, where letters to the world outside are caught."""

from typing import Any

import httpx2

from samples.flights.waiting import until
from samples.story import Scene


def letter(scene: Scene, to: str, *about: str) -> dict[str, Any]:
    """The letter to this address whose subject and text name all of these."""

    def found() -> dict[str, Any] | None:
        letters = httpx2.get(f"{scene.client.profile.mailbox_url}.json", params={"to": to}, trust_env=False).json()
        return next(
            (each for each in letters["items"] if all(word in each["subject"] + each["message"] for word in about)),
            None,
        )

    return until(found, f"a letter to {to}")
