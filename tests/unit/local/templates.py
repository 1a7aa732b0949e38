"""Small cloud assemblies, written by hand as synthesis would write them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Template = Mapping[str, Any]
ECHO = """
def handle(event, context):
    return event
"""


def write_assembly(out: Path, stacks: Mapping[str, Template], needs: Mapping[str, list[str]] | None = None) -> Path:
    """A cdk.out with these stacks, each deployed after those it needs, and one code asset, `code.zip`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "asset.code").mkdir(exist_ok=True)
    (out / "asset.code" / "echo.py").write_text(ECHO)
    artifacts: dict[str, Any] = {}
    for name, template in stacks.items():
        (out / f"{name}.template.json").write_text(json.dumps(template))
        asset = {"source": {"path": "asset.code"}, "destinations": {"here": {"objectKey": "code.zip"}}}
        (out / f"{name}.assets.json").write_text(json.dumps({"files": {"code": asset}}))
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "dependencies": (needs or {}).get(name, []),
            "properties": {"templateFile": f"{name}.template.json"},
        }
    (out / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    return out


def function(**properties: object) -> Template:
    """A function whose code is the asset."""
    given = {"Handler": "echo.handle", "Runtime": "python3.13", "Code": {"S3Bucket": "assets", "S3Key": "code.zip"}}
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {"Role": {"Fn::GetAtt": ["Role", "Arn"]}, **given, **properties},
    }


ROLE: Template = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}
TABLE: Template = {
    "Type": "AWS::DynamoDB::GlobalTable",
    "Properties": {
        "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
        "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
        "Replicas": [{"Region": "us-east-1", "DeletionProtectionEnabled": True}],
    },
}
BUCKET: Template = {
    "Type": "AWS::S3::Bucket",
    "Properties": {
        "VersioningConfiguration": {"Status": "Enabled"},
        "NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}},
    },
}
