"""The JWT authorizer of an HTTP API: who may pass a route, and what AWS answers to who may not."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joserfc import jwk, jwt
from joserfc.errors import JoseError

from local.deployment import Authorizer, Route
from local.tokens import ALGORITHM

_CACHED_TOKENS = 4096


class Unauthorized(PermissionError):
    """No token, or none that this API trusts: 401."""


class Forbidden(PermissionError):
    """The token has none of the route's scopes: 403."""


@dataclass(frozen=True, slots=True)
class _Verified:
    claims: Mapping[str, object]
    as_text: Mapping[str, str]
    scopes: tuple[str, ...]
    expires_at: float


class JwtAuthorizers:
    """Checks bearer tokens against the local key; a token verified once is remembered until it expires."""

    def __init__(self, authorizers: Iterable[Authorizer], key: jwk.RSAKey) -> None:
        self._authorizers = {authorizer.name: authorizer for authorizer in authorizers}
        self._key = key
        self._verified: dict[str, _Verified] = {}

    def admit(self, route: Route, authorization: str) -> dict[str, object]:
        """Return what the event says of the token, {} on an open route; raises Unauthorized, Forbidden."""
        if not route.authorizer:
            return {}
        token = authorization.removeprefix("Bearer ").removeprefix("bearer ").strip()
        verified = self._verified.get(token) or self._verify(token)
        _check(verified, self._authorizers[route.authorizer])
        if route.scopes and not set(route.scopes) & set(verified.scopes):
            raise Forbidden("insufficient_scope")
        return {"claims": verified.as_text, "scopes": list(verified.scopes) if route.scopes else None}

    def _verify(self, token: str) -> _Verified:
        if not token:
            raise Unauthorized("")
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
            scopes = tuple(str(claims.get("scope") or claims.get("scp") or "").split())
            as_text = {name: _text(value) for name, value in claims.items()}
            verified = _Verified(claims, as_text, scopes, float(claims["exp"]))
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Unauthorized("invalid_token") from error
        if len(self._verified) >= _CACHED_TOKENS:
            self._verified.clear()
        self._verified[token] = verified
        return verified


def _check(verified: _Verified, authorizer: Authorizer) -> None:
    """Hold issuer, audience and times against the authorizer; raises Unauthorized."""
    claims, now = verified.claims, time.time()
    audience = claims.get("aud") or claims.get("client_id")
    audiences = set(audience) if isinstance(audience, list) else {audience}
    if claims.get("iss") != authorizer.issuer:
        raise Unauthorized("invalid_token")
    if authorizer.audience and not audiences & set(authorizer.audience):
        raise Unauthorized("invalid_token")
    if verified.expires_at <= now or any(_seconds(claims.get(name)) > now + 1 for name in ("nbf", "iat")):
        raise Unauthorized("invalid_token")


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _text(value: object) -> str:
    """Write a claim as AWS does in the event: everything is a string, a list in brackets."""
    if isinstance(value, list):
        return f"[{' '.join(map(str, value))}]"
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
