"""Buckets. Their objects come back from files as soon as a bucket is there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from local.resources.facts import Bucket
from local.resources.resource import Cloud, Created, Creator, Resource


def _bucket(cloud: Cloud, resource: Resource) -> Created:
    name = re.sub(r"[^a-z0-9.-]", "-", resource.name("BucketName", longest=63).lower())
    s3 = cloud.client("s3")
    elsewhere = {} if cloud.region == "us-east-1" else {"LocationConstraint": cloud.region}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=elsewhere) if elsewhere else s3.create_bucket(Bucket=name)
    if versioning := resource.properties.get("VersioningConfiguration"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=versioning)
    notifications = resource.properties.get("NotificationConfiguration", {})
    announced = "EventBridgeConfiguration" in notifications
    if announced:
        s3.put_bucket_notification_configuration(
            Bucket=name, NotificationConfiguration={"EventBridgeConfiguration": {}}
        )
    domain = f"{name}.s3.amazonaws.com"
    attributes = {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": domain,
        "RegionalDomainName": f"{name}.s3.{cloud.region}.amazonaws.com",
    }
    return Created(name, attributes, (Bucket(name),) if announced else ())


CREATORS: Mapping[str, Creator] = {"AWS::S3::Bucket": _bucket}
