"""Single facts become one deployment."""

from pathlib import Path

from local.deployment import Authorizer, Client, Function, Route
from local.linking import linked
from local.local_json import LOCAL_CLIENT
from local.resources.facts import AsyncInvocation, Bucket, Integration, RouteTarget, Scopes, StateMachine, Table
from local.vault import Vault

PREDICT = Function("predict", "arn:predict", "echo.handle", Path("code"), {}, 20, 512, "/predict", "arn:dlq")


def test_a_route_finds_its_function_through_its_integration(tmp_path: Path) -> None:
    facts = [RouteTarget("POST /predict", "p", ("treadle/predict",), "jwt"), Integration("p", "predict")]
    deployment = linked(facts, {}, account="1", region="r", vault=Vault(tmp_path / "s"))
    assert deployment.routes == (Route("POST /predict", "predict", ("treadle/predict",), "jwt"),)


def test_a_function_takes_its_retries_from_its_invocation_settings_and_keeps_its_queue(tmp_path: Path) -> None:
    facts = [PREDICT, AsyncInvocation("predict", 0, "")]
    (function,) = linked(facts, {}, account="1", region="r", vault=Vault(tmp_path / "s")).functions
    assert (function.async_retries, function.on_failure) == (0, "arn:dlq")


def test_the_local_client_has_every_scope_and_keeps_its_secret(tmp_path: Path) -> None:
    facts = [Scopes(("treadle/predict", "treadle/admin")), Client("machine", "x", ("treadle/predict",))]
    first = linked(facts, {}, account="1", region="r", vault=Vault(tmp_path / "s")).clients
    again = linked(facts, {}, account="1", region="r", vault=Vault(tmp_path / "s")).clients
    assert [client.client_id for client in first] == ["machine", LOCAL_CLIENT]
    assert first[1].scopes == ("treadle/predict", "treadle/admin")
    assert first == again


def test_every_authorizer_lets_the_local_client_in(tmp_path: Path) -> None:
    facts = [Authorizer("jwt", "https://issuer", ("machine",))]
    (authorizer,) = linked(facts, {}, account="1", region="r", vault=Vault(tmp_path / "s")).authorizers
    assert authorizer.audience == ("machine", LOCAL_CLIENT)


def test_names_and_outputs_are_listed(tmp_path: Path) -> None:
    facts = [Bucket("data"), Table("registry"), StateMachine("arn:learn")]
    deployment = linked(facts, {"DataBucket": "data"}, account="1", region="r", vault=Vault(tmp_path / "s"))
    assert deployment.buckets == ("data",)
    assert deployment.tables == ("registry",)
    assert deployment.state_machines == ("arn:learn",)
    assert deployment.outputs == {"DataBucket": "data"}
