"""A message to Slack from a function of the embedded cloud is in the mailbox, whatever the channel is called."""

from pathlib import Path

import pytest

from local.deployment import Deployment
from local.resources.creators import create
from local.resources.resource import Cloud, Resource
from local.runtime.environment import OUTSIDE
from local.vault import Vault
from shared.adapters.slack_webhooks import SlackWebhooks
from tests.contract.live_cloud import ACCOUNT, REGION, front, moto

SECRET = {"SecretString": "{}", "Tags": [{"Key": "holds", "Value": "slack-webhooks"}]}


def test_a_message_to_a_channel_that_nobody_prepared_is_kept(
    dynamodb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with moto(tmp_path, dynamodb) as cloud, front(cloud, Deployment(REGION, ACCOUNT)):
        monkeypatch.setenv("AWS_ENDPOINT_URL", cloud.addresses.moto)
        making = Cloud(ACCOUNT, REGION, cloud.addresses, {}, Vault(tmp_path / "secrets.json"))
        secret = create(making, Resource("Stack", "Slack", "AWS::SecretsManager::Secret", SECRET)).ref
        [door] = OUTSIDE.values()
        SlackWebhooks(secret, cloud.addresses.front + door).post("flights", "flights has drifted")
        [letter] = cloud.letters()
    assert (letter["to"], letter["via"], letter["message"]) == ("slack:flights", "slack", "flights has drifted")
