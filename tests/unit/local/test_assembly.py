"""What synthesis wrote, as a plan: in which order, and what is refused before anything is created."""

from pathlib import Path

import pytest

from local.assembly import plan_of
from local.cloud_assembly import read
from local.deployment import Addresses
from local.errors import NotCreated, NotSynthesized, UnknownIntrinsic, UnknownResource
from local.resources.creators import CREATORS, SERVICES, create, refuse_unknown
from local.resources.resource import Cloud, Resource
from local.resources.stepfunctions import refuse_what_runs_wrongly
from local.vault import Vault
from tests.unit.local.templates import BUCKET, ROLE, TABLE, function, write_assembly


def test_a_directory_without_templates_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(NotSynthesized, match="make synth"):
        read(tmp_path)


def test_a_stack_comes_after_those_it_needs(tmp_path: Path) -> None:
    out = write_assembly(tmp_path, {"Alpha": {}, "Omega": {}}, {"Alpha": ["Omega"]})
    assert [stack.name for stack in read(out).stacks] == ["Omega", "Alpha"]


def test_a_functions_code_is_its_directory(tmp_path: Path) -> None:
    assert read(write_assembly(tmp_path, {"One": {}})).code == {"code.zip": (tmp_path / "asset.code").resolve()}


def test_a_changed_template_is_another_synthesis(tmp_path: Path) -> None:
    before = read(write_assembly(tmp_path, {"One": {"Resources": {"Role": ROLE}}})).fingerprint
    same = read(write_assembly(tmp_path, {"One": {"Resources": {"Role": ROLE}}})).fingerprint
    after = read(write_assembly(tmp_path, {"One": {"Resources": {"Bucket": BUCKET}}})).fingerprint
    assert before == same != after


def test_a_resource_waits_for_what_it_refers_to_also_across_stacks(tmp_path: Path) -> None:
    exported = {"Value": {"Ref": "Table"}, "Export": {"Name": "Registry:Table"}}
    registry = {"Resources": {"Table": TABLE}, "Outputs": {"Table": exported}}
    trigger = function(Environment={"Variables": {"TABLE": {"Fn::ImportValue": "Registry:Table"}}})
    learn = {"Resources": {"Trigger": {**trigger, "DependsOn": ["Bucket"]}, "Role": ROLE, "Bucket": BUCKET}}
    plan = plan_of(read(write_assembly(tmp_path, {"Learn": learn, "Registry": registry})), "1", "us-east-1")
    assert plan.waits_for["Learn", "Trigger"] == {("Learn", "Role"), ("Learn", "Bucket"), ("Registry", "Table")}
    assert plan.waits_for["Learn", "Role"] == frozenset()


def test_a_resource_whose_condition_does_not_hold_is_left_out(tmp_path: Path) -> None:
    stack = {"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}, "Resources": {"Role": {**ROLE, "Condition": "Never"}}}
    assert plan_of(read(write_assembly(tmp_path, {"One": stack})), "1", "us-east-1").resources == {}


def test_an_import_that_nobody_exports_is_named(tmp_path: Path) -> None:
    stack = {"Resources": {"F": function(Environment={"Variables": {"T": {"Fn::ImportValue": "Gone"}}}), "Role": ROLE}}
    with pytest.raises(UnknownIntrinsic, match="Gone"):
        plan_of(read(write_assembly(tmp_path, {"One": stack})), "1", "us-east-1")


def test_an_unknown_type_stops_the_deployment_with_its_name() -> None:
    with pytest.raises(UnknownResource, match=r"One/Page.*AWS::CloudFront::Distribution"):
        refuse_unknown({"One/Role": "AWS::IAM::Role", "One/Page": "AWS::CloudFront::Distribution"})


def test_no_type_has_two_creators() -> None:
    assert len(CREATORS) == sum(len(service.CREATORS) for service in SERVICES)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}}}, "a distributed Map"),
        ({"Type": "Pass", "Assign": {"x": 1}}, "JSONata or Assign"),
        ({"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem"}, "dynamodb:putItem"),
        ({"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2"}, "startExecution"),
    ],
)
def test_a_state_that_would_run_wrongly_is_refused(state: dict[str, object], told: str) -> None:
    hidden = {"States": {"Outer": {"Type": "Parallel", "Branches": [{"States": {"Inner": state}}]}}}
    with pytest.raises(NotCreated, match=rf"Inner.*{told}"):
        refuse_what_runs_wrongly("wheel", hidden)


def test_a_function_whose_code_is_no_asset_is_refused_by_name(tmp_path: Path) -> None:
    cloud = Cloud("1", "us-east-1", Addresses("", "", "", 1), {}, Vault(tmp_path / "secrets.json"))
    given = function()["Properties"]
    with pytest.raises(NotCreated, match=r"function Data.*code\.zip"):
        create(cloud, Resource("Learn", "Data", "AWS::Lambda::Function", {**given, "Role": "arn"}))
