"""Types that create nothing here: they say who may do what, or describe the stack to AWS. Template tests hold them."""

from __future__ import annotations

from collections.abc import Mapping

from local.resources.resource import Cloud, Created, Creator, Resource


def _nothing(cloud: Cloud, resource: Resource) -> Created:
    # a managed policy's Ref is its ARN, and roles name it; nobody looks it up
    return Created(f"arn:aws:iam::{cloud.account}:policy/{resource.name()}", {"Arn": resource.name()})


TYPES = (
    "AWS::CDK::Metadata",
    "AWS::Events::EventBusPolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::Lambda::Permission",
    "AWS::Logs::QueryDefinition",
    "AWS::Logs::ResourcePolicy",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
)

CREATORS: Mapping[str, Creator] = dict.fromkeys(TYPES, _nothing)
