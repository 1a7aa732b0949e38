"""Upload: a data file goes into the data bucket, and that alone starts the wheel. The one place that uses boto3."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from shared.domain.names import is_model_name
from shared.domain.upload import Place
from treadle.errors import CannotAsk, Misused
from treadle.profile import Profile

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Progress = Callable[[int], None]
"""Told how many bytes more have gone; from several threads."""


def upload(profile: Profile, model: str, path: Path, progress: Progress = lambda _: None) -> str:
    """The key under which the file now lies in the data bucket; raises Misused, CannotAsk."""
    return put(profile, model, path, progress).key


def put(profile: Profile, model: str, path: Path, progress: Progress = lambda _: None) -> Place:
    """Where the file now lies; its `upload` is the id under which the platform knows it. Raises Misused, CannotAsk."""
    _hold(profile, model, path)
    from boto3.exceptions import Boto3Error  # noqa: PLC0415  # boto3 takes a third of a second
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    bucket, key = profile.data_bucket, f"{model}/datasets/{path.name}"
    try:
        s3 = _s3(profile)
        s3.upload_file(str(path), bucket, key, Callback=progress)
        version = s3.head_object(Bucket=bucket, Key=key)["VersionId"]
    except (Boto3Error, BotoCoreError, ClientError) as error:
        why = f"s3://{bucket} took no file: {error}"
        raise CannotAsk(why, "sign in to AWS with s3:PutObject on the bucket, or make up") from None
    return Place(bucket, key, version)


def reach(profile: Profile) -> None:
    """Raise CannotAsk where the data bucket is out of reach."""
    _named(profile)
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    try:
        _s3(profile).head_bucket(Bucket=profile.data_bucket)
    except (BotoCoreError, ClientError) as error:
        raise CannotAsk(f"s3://{profile.data_bucket} is out of reach: {error}", "sign in to AWS") from None


def _hold(profile: Profile, model: str, path: Path) -> None:
    """Raise for what could not be uploaded."""
    if not is_model_name(model):
        raise Misused(f"{model[:99]!r} is no model's name", "a lower-case letter, then letters, digits or dashes")
    if not path.is_file():
        raise Misused(f"there is no file {path}", "name a .csv, .csv.gz, .parquet or .jsonl file")
    _named(profile)


def _named(profile: Profile) -> None:
    if not profile.data_bucket:
        raise CannotAsk("the profile names no data bucket", "set TREADLE_DATA_BUCKET to the stack's DataBucket")


def _s3(profile: Profile) -> "S3Client":
    """S3 as AWS's own chain of credentials reaches it; an embedded cloud takes any key."""
    import boto3  # noqa: PLC0415

    if not profile.aws_endpoint_url:
        return boto3.client("s3", region_name=profile.region or None)
    anybody = boto3.Session("local", "local", region_name=profile.region)
    return anybody.client("s3", endpoint_url=profile.aws_endpoint_url)
