"""The token endpoint: what a user pool answers to `client_credentials`."""

import base64
import stat
from pathlib import Path

import pytest
from joserfc import jwk, jwt
from starlette.routing import Router

from local.deployment import Client
from local.tokens import TokenEndpoint, signing_key
from tests.unit.local_motion.asgi_calls import Reply, ask

KEY = jwk.RSAKey.generate_key(2048, {"kid": "local"})
ENDPOINT = TokenEndpoint(KEY, "https://issuer.example", [Client("app", "s3cret", ("treadle/read", "treadle/predict"))])
APP = Router(ENDPOINT.routes("http://127.0.0.1:8000"))
BASIC = {"authorization": "Basic " + base64.b64encode(b"app:s3cret").decode()}


def post(body: str, headers: dict[str, str] | None = None) -> Reply:
    return ask(APP, "POST", "/oauth2/token", body.encode(), headers or {})


def claims(reply: Reply) -> dict[str, object]:
    return dict(jwt.decode(reply.json()["access_token"], KEY, algorithms=["RS256"]).claims)


def test_a_client_gets_an_access_token_of_cognitos_shape() -> None:
    reply = post("grant_type=client_credentials", BASIC)
    assert reply.status == 200
    assert (reply.json()["token_type"], reply.json()["expires_in"]) == ("Bearer", 3600)
    said = claims(reply)
    assert (said["client_id"], said["token_use"], said["iss"]) == ("app", "access", "https://issuer.example")
    assert said["scope"] == "treadle/read treadle/predict"
    assert "aud" not in said


def test_the_secret_may_stand_in_the_body() -> None:
    reply = post("grant_type=client_credentials&client_id=app&client_secret=s3cret&scope=treadle/read")
    assert claims(reply)["scope"] == "treadle/read"


@pytest.mark.parametrize(
    ("body", "headers", "error"),
    [
        ("grant_type=client_credentials&client_id=app&client_secret=wrong", {}, "invalid_client"),
        ("grant_type=client_credentials", {}, "invalid_client"),
        ("grant_type=client_credentials", {"authorization": "Basic ???"}, "invalid_client"),
        ("grant_type=client_credentials&scope=treadle/admin", BASIC, "invalid_scope"),
        ("grant_type=password", BASIC, "unsupported_grant_type"),
        ("", BASIC, "invalid_request"),
    ],
)
def test_what_is_wrong_is_named_as_cognito_names_it(body: str, headers: dict[str, str], error: str) -> None:
    reply = post(body, headers)
    assert (reply.status, reply.json()) == (400, {"error": error})


def test_the_key_set_holds_the_public_half_alone() -> None:
    (key,) = ask(APP, "GET", "/.well-known/jwks.json").json()["keys"]
    assert key["kid"] == "local"
    assert not {"d", "p", "q"} & key.keys()


def test_discovery_names_the_endpoints() -> None:
    found = ask(APP, "GET", "/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == "http://127.0.0.1:8000/oauth2/token"
    assert found["jwks_uri"] == "http://127.0.0.1:8000/.well-known/jwks.json"


def test_the_key_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = signing_key(tmp_path), signing_key(tmp_path)
    assert first.as_dict(private=True) == second.as_dict(private=True)
    assert stat.S_IMODE((tmp_path / "issuer.json").stat().st_mode) == 0o600


def test_the_machines_own_client_may_be_anybody_in_its_cloud() -> None:
    said = claims(post("grant_type=client_credentials&username=lin&groups=ml-leads+staff", BASIC))
    assert (said["sub"], said["username"], said["cognito:groups"]) == ("lin", "lin", ["ml-leads", "staff"])
