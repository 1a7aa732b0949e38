"""Artifacts: the one way to load one; every load verifies its bytes."""

import hashlib
from dataclasses import dataclass

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.errors import ArtifactRefused, Problem
from shared.ports.objects import Objects


@dataclass(frozen=True, slots=True)
class Artifact:
    """A model's bytes and what they are."""

    manifest: Manifest
    body: bytes


def manifest(artifacts: Objects, sha256: str) -> Manifest:
    """What the bytes of this hash are; raises NotFound."""
    return record.read(Manifest, artifacts.read(places.manifest(sha256)))


def load(artifacts: Objects, sha256: str) -> Artifact:
    """The artifact of this hash; raises NotFound, ArtifactRefused when the bytes are others."""
    known = manifest(artifacts, sha256)
    body = artifacts.read(places.artifact(sha256))
    got = hashlib.sha256(body).hexdigest()
    if not known.sha256 == got == sha256:
        differs = Problem("/sha256", "the bytes are others", got, sha256, "restore the object from its older version")
        raise ArtifactRefused("the model's bytes are not those that were registered", differs)
    return Artifact(known, body)
