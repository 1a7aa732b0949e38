"""The token endpoint: `client_credentials` as a Cognito user pool answers it, signed with a key of this machine."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from joserfc import jwk, jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.deployment import Client

LIFE_S = 3600  # Cognito's default; never scaled
ALGORITHM = "RS256"  # the only family that HTTP APIs take
_GRANT = "client_credentials"


class Refused(ValueError):
    """The token endpoint says no, with the error code of RFC 6749."""


def signing_key(state_dir: Path) -> jwk.RSAKey:
    """Load this machine's key, or make it at the first start; the file is readable by its owner alone."""
    path = state_dir / "issuer.json"
    if not path.exists():
        key = jwk.RSAKey.generate_key(2048, {"kid": secrets.token_urlsafe(12), "use": "sig", "alg": ALGORITHM})
        state_dir.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(key.as_dict(private=True), file)
    return jwk.RSAKey.import_key(json.loads(path.read_text()))


class TokenEndpoint:
    """Issues access tokens to the deployment's machine clients."""

    def __init__(self, key: jwk.RSAKey, issuer: str, clients: Iterable[Client]) -> None:
        self._key = key
        self._issuer = issuer
        self._clients = {client.client_id: client for client in clients}

    def routes(self, base_url: str) -> list[Route]:
        """The endpoint and what OIDC clients discover it by; `base_url` is the front's."""
        self._base_url = base_url
        return [
            Route("/oauth2/token", self._token, methods=["POST"]),
            Route("/.well-known/jwks.json", self._keys),
            Route("/.well-known/openid-configuration", self._configuration),
        ]

    def issue(self, client_id: str, scope: str, person: str = "", groups: Iterable[str] = ()) -> str:
        """Sign an access token of Cognito's shape: `client_id` and `scope`, no `aud`; a person's has their groups."""
        now = int(time.time())
        claims = {
            "sub": person or client_id,
            "token_use": "access",
            "scope": scope,
            "auth_time": now,
            "iss": self._issuer,
            "exp": now + LIFE_S,
            "iat": now,
            "version": 2,
            "jti": str(uuid.uuid4()),
            "client_id": client_id,
            **({"username": person, "cognito:groups": list(groups)} if person else {}),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key)

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        try:
            _check_grant(form.get("grant_type", ""))
            client = self._client(request.headers.get("authorization", ""), form)
            scope = _scope(form.get("scope", ""), client)
        except Refused as refusal:
            return JSONResponse({"error": str(refusal)}, 400)
        # Whoever knows the secret of this machine's cloud may be anybody in it: so two people are played by one.
        token = self.issue(client.client_id, scope, form.get("username", ""), form.get("groups", "").split())
        body = {"access_token": token, "expires_in": LIFE_S, "token_type": "Bearer"}
        return JSONResponse(body, headers={"cache-control": "no-store"})

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _configuration(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self._issuer,
                "token_endpoint": f"{self._base_url}/oauth2/token",
                "jwks_uri": f"{self._base_url}/.well-known/jwks.json",
                "grant_types_supported": [_GRANT],
                "id_token_signing_alg_values_supported": [ALGORITHM],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            }
        )

    def _client(self, authorization: str, form: dict[str, str]) -> Client:
        client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
        if authorization:
            client_id, secret = _basic(authorization)
        client = self._clients.get(client_id)
        if client is None or not secrets.compare_digest(client.client_secret.encode(), secret.encode()):
            raise Refused("invalid_client")
        return client


def _check_grant(grant: str) -> None:
    if grant != _GRANT:
        raise Refused("unsupported_grant_type" if grant else "invalid_request")


def _basic(authorization: str) -> tuple[str, str]:
    kind, _, text = authorization.partition(" ")
    try:
        client_id, colon, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refused("invalid_client") from error
    if kind.lower() != "basic" or not colon:
        raise Refused("invalid_client")
    return unquote(client_id), unquote(secret)


def _scope(asked: str, client: Client) -> str:
    scopes = asked.split() or list(client.scopes)
    if not set(scopes) <= set(client.scopes):
        raise Refused("invalid_scope")
    return " ".join(scopes)
