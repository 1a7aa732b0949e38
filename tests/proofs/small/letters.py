"""Letters: what the owners of a small story's model were told, as the embedded cloud's mailbox caught it."""

import httpx2

from treadle.profile import Profile


def letters(here: Profile, model: str) -> frozenset[str]:
    """The subjects, with the model called by a name that every story shares; one that came twice is one."""
    query = {"to": f"{model}@example.com"}
    caught = httpx2.get(f"{here.mailbox_url}.json", params=query, trust_env=False).json()
    return frozenset(each["subject"].replace(model, "MODEL") for each in caught["items"])
