"""The stored form of a spec: resolved, plain, and named by the hash of its content."""

import json
from collections.abc import Mapping
from hashlib import sha256

from shared.domain.spec.whole import Spec


def stored(spec: Spec) -> Mapping[str, object]:
    """The spec as plain JSON data, every default written out; `resolve` gives the same spec again."""
    return spec.model_dump(mode="json", by_alias=True, exclude_none=True)


def digest(spec: Spec) -> str:
    """The sha256 of the stored form as canonical JSON, in hex: the same content twice is one version."""
    canonical = json.dumps(stored(spec), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(canonical.encode()).hexdigest()
