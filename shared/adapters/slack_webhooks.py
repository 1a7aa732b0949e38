"""Slack by incoming webhooks: a secret holds one a channel, and nobody else ever sees it.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: who knows the address may write into the
channel, so that it stands in no error and no log.
"""

import json
import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import urllib3
from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of, unavailable
from shared.domain import record
from shared.domain.errors import NotFound, Problem, Undelivered

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

FIX = 'put {"channel": "/services/…"} into the secret'
ANY_CHANNEL = "*"
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
BUSY = 429

logging.getLogger("urllib3").setLevel(logging.INFO)  # its debug lines hold the whole path


class SlackWebhooks:
    """One secret, a JSON object: channel → the webhook, as a path or as a whole URL of the one host.

    A webhook under `*` is for every channel that is not named: one of Slack's older kind, which writes where it is told
    to. The secret is read at each post: notices are few, and a webhook that was put right works at once.
    """

    def __init__(self, secret: str, url: str, timeout_s: float = 5.0) -> None:
        self._secret = secret
        self._url = url.rstrip("/")
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=timeout_s, read=timeout_s), retries=False)
        self._client: SecretsManagerClient = client("secretsmanager")

    def post(self, channel: str, text: str) -> None:
        """Write into the channel: headline, then the rest in columns as they are.

        Raises NotFound, Undelivered, Unavailable.
        """
        body = json.dumps({"channel": f"#{channel}", "text": _marked(text)}).encode()
        status, said = self._answer(self._address(channel), body)
        if status == BUSY or status >= 500:
            raise unavailable("Slack")
        if status != 200:
            problem = Problem(f"/{channel}", said, got=str(status), expected="200", fix=FIX)
            raise Undelivered(f"Slack refuses what is sent to the channel {channel}: {said}", problem)

    def _answer(self, address: str, body: bytes) -> tuple[int, str]:
        """Status and Slack's own word; a redirect is an answer like any other, and is not followed."""
        json_type = {"content-type": "application/json; charset=utf-8"}
        try:
            answer = self._pool.request(
                "POST", address, body=body, headers=json_type, redirect=False, preload_content=False
            )
            word = answer.read(100).decode(errors="replace")
            answer.close()
        except urllib3.exceptions.HTTPError:
            raise unavailable("Slack") from None  # the cause names the address
        return answer.status, word if re.fullmatch(r"[a-z_]{1,40}", word) else f"HTTP {answer.status}"

    def _address(self, channel: str) -> str:
        """Where the channel's messages go; raises NotFound, and Undelivered for an address of another host."""
        webhooks = self._webhooks()
        webhook = webhooks.get(channel, webhooks.get(ANY_CHANNEL))
        if webhook is None:
            problem = Problem(f"/{channel}", "no webhook", fix=FIX)
            raise NotFound(f"the secret has no webhook for the channel {channel}", problem)
        if webhook.startswith("/"):
            return self._url + webhook
        if _origin(webhook) != _origin(self._url):
            problem = Problem(f"/{channel}", "a webhook of another host", expected=self._url[:99], fix=FIX)
            raise Undelivered(f"the webhook of the channel {channel} is not one of Slack's", problem)
        return webhook

    def _webhooks(self) -> dict[str, str]:
        try:
            with answering("the secret of Slack"):
                text = self._client.get_secret_value(SecretId=self._secret).get("SecretString", "")
        except ClientError as error:
            problem = Problem("/", "not readable", got=code_of(error), fix=FIX)
            raise Undelivered(f"the secret of Slack cannot be read: {code_of(error)}", problem) from error
        try:
            return record.read(dict[str, str], text)
        except ValueError:
            problem = Problem("/", "no JSON object of channels", fix=FIX)
            raise Undelivered("the secret of Slack holds no channels", problem) from None  # the cause quotes it


def _origin(url: str) -> tuple[str, str]:
    """Scheme and everything before the path: whoever writes a user or a port into it means another place."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc.lower()


def _marked(text: str) -> str:
    """Slack's special characters escaped, so that no value of a column calls people; the body keeps its columns."""
    headline, _, body = text.translate(ESCAPES).replace("```", "'''").partition("\n\n")
    columns = body.strip("\n")
    return f"{headline}\n```\n{columns}\n```" if body else headline
