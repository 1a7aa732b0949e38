"""What a template says by reference."""

import pytest

from local.errors import UnknownIntrinsic
from local.intrinsics import Scope, names_within, references, resolve
from local.resources.resource import Created

TEMPLATE = {"Parameters": {"Stage": {"Type": "String", "Default": "prod"}}}
SCOPE = Scope(
    stack="Learn",
    names=names_within("Learn", "123456789012", "us-east-1", TEMPLATE),
    created={"Queue": Created("https://queue", {"Arn": "arn:queue"})},
    exports={"Registry:Table": "registry-table"},
    conditions={"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    mappings={"Sizes": {"prod": {"memory": "512"}}},
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"Ref": "Queue"}, "https://queue"),
        ({"Ref": "AWS::Region"}, "us-east-1"),
        ({"Ref": "Stage"}, "prod"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "arn:queue"),
        ({"Fn::Join": ["/", ["a", {"Ref": "Stage"}]]}, "a/prod"),
        ({"Fn::Sub": "${AWS::StackName}-${Queue.Arn}-${!kept}"}, "Learn-arn:queue-${kept}"),
        ({"Fn::Sub": ["${x}/${Stage}", {"x": {"Ref": "Queue"}}]}, "https://queue/prod"),
        ({"Fn::ImportValue": "Registry:Table"}, "registry-table"),
        ({"Fn::Select": [1, {"Fn::Split": [":", "a:b"]}]}, "b"),
        ({"Fn::If": ["IsProd", "big", "small"]}, "big"),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Stage"}, "memory"]}, "512"),
        ({"Fn::Base64": "x"}, "eA=="),
        ({"Kept": 1, "Gone": {"Ref": "AWS::NoValue"}}, {"Kept": 1}),
        ([1, {"Ref": "AWS::NoValue"}], [1]),
        ({"Condition": {"StringEquals": {"a": "b"}}}, {"Condition": {"StringEquals": {"a": "b"}}}),
    ],
)
def test_an_intrinsic_resolves_to_what_it_means(said: object, meant: object) -> None:
    assert resolve(said, SCOPE) == meant


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"Fn::Cidr": ["10.0.0.0/16", 1, 8]}, "Fn::Cidr is not resolved"),
        ({"Ref": "Nobody"}, "nothing is called Nobody"),
        ({"Fn::GetAtt": ["Queue", "Colour"]}, "Queue has no attribute Colour"),
        ({"Fn::ImportValue": "Nobody:Knows"}, "no stack exports Nobody:Knows"),
    ],
)
def test_what_cannot_be_resolved_is_named(said: object, told: str) -> None:
    with pytest.raises(UnknownIntrinsic, match=told):
        resolve(said, SCOPE)


def test_every_way_to_refer_to_a_resource_is_seen() -> None:
    said = {
        "a": [{"Ref": "A"}, {"Fn::GetAtt": ["B", "Arn"]}],
        "b": {"Fn::Sub": "${C.Arn}${!D}"},
        "c": {"Fn::ImportValue": "E"},
    }
    assert set(references(said)) == {("Ref", "A"), ("Ref", "B"), ("Ref", "C"), ("Fn::ImportValue", "E")}
