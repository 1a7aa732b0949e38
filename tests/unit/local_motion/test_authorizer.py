"""The JWT authorizer: who passes a route, and who does not."""

import time

import pytest
from joserfc import jwk, jwt

from local.authorizer import Forbidden, JwtAuthorizers, Unauthorized
from local.deployment import Authorizer, Route
from local.tokens import TokenEndpoint

KEY = jwk.RSAKey.generate_key(2048, {"kid": "local"})
STRANGER = jwk.RSAKey.generate_key(2048, {"kid": "local"})
ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/pool"
READ = Route("GET /models", "api", ("treadle/read", "treadle/admin"), "pool")
OPEN = Route("GET /health", "api", (), "")


def authorizers(*audience: str) -> JwtAuthorizers:
    return JwtAuthorizers([Authorizer("pool", ISSUER, audience)], KEY)


def token(key: jwk.RSAKey = KEY, **changes: object) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "exp": now + 60, "iat": now, "client_id": "app", "scope": "treadle/read"} | changes
    return "Bearer " + jwt.encode({"alg": "RS256", "kid": "local"}, claims, key)


def test_a_token_of_the_local_issuer_passes() -> None:
    issued = TokenEndpoint(KEY, ISSUER, []).issue("app", "treadle/read treadle/predict")
    said = authorizers("app").admit(READ, f"Bearer {issued}")
    assert said["scopes"] == ["treadle/read", "treadle/predict"]


def test_any_one_of_the_routes_scopes_is_enough() -> None:
    assert authorizers().admit(READ, token(scope="treadle/admin"))["scopes"] == ["treadle/admin"]


def test_claims_are_text_in_the_event() -> None:
    claims = authorizers().admit(READ, token(groups=["a", "b"], admin=True, exp=4102444800))["claims"]
    assert isinstance(claims, dict)
    assert (claims["groups"], claims["admin"], claims["exp"]) == ("[a b]", "true", "4102444800")


def test_an_open_route_asks_for_nothing() -> None:
    assert authorizers().admit(OPEN, "") == {}


def test_a_token_without_the_scope_is_forbidden() -> None:
    with pytest.raises(Forbidden):
        authorizers().admit(READ, token(scope="treadle/predict"))


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer ",
        "Bearer nonsense",
        token(STRANGER),
        token(iss="https://elsewhere.example"),
        token(exp=1),
        token(nbf=4102444800),
        token()[:-4] + "AAAA",
    ],
    ids=["none", "empty", "nonsense", "stranger", "issuer", "expired", "too early", "forged"],
)
def test_a_token_that_is_not_trusted_is_unauthorized(authorization: str) -> None:
    with pytest.raises(Unauthorized):
        authorizers().admit(READ, authorization)


def test_a_token_for_another_audience_is_unauthorized() -> None:
    with pytest.raises(Unauthorized):
        authorizers("other").admit(READ, token())


def test_a_remembered_token_still_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    some, passing = authorizers(), token()
    some.admit(READ, passing)
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthorized):
        some.admit(READ, passing)
