"""Client: the HTTP API in Python; signs in by itself, and turns problems into Failures."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx2

from treadle import tokens
from treadle.answers import failure
from treadle.errors import CannotAsk
from treadle.profile import Profile

Json = dict[str, Any]
Query = Mapping[str, str | int]
Headers = Mapping[str, str]
NOTHING: Mapping[str, str] = {}

BUSY = frozenset({429, 503})
PATIENCE = 3
"""How often a busy platform is asked; every request here may be repeated, since each command has a key."""

TRANSFER_S = 300
"""So long a large file may stand still on its way."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Client:
    """One API, one connection pool; safe to use from several threads."""

    def __init__(self, profile: Profile, transport: httpx2.BaseTransport | None = None) -> None:
        self.profile = profile
        self._sign_in = tokens.SignIn(profile, tokens.cache(profile))
        self._http = httpx2.Client(
            base_url=profile.api_url,
            timeout=35,
            transport=transport,
            # A proxy of the environment is for the world outside, never for this machine.
            trust_env=urlsplit(profile.api_url).hostname not in LOOPBACK,
        )

    def close(self) -> None:
        """Close the connections; for a program that goes on without them."""
        self._http.close()

    def get(self, path: str, **query: str | int) -> Json:
        """The answer to a read."""
        return self.ask("GET", path, query=query)

    def read(self, path: str) -> bytes:
        """A document that is no JSON, such as a card."""
        return self.send(self._http.build_request("GET", path)).content

    def fetch(self, url: str) -> bytes:
        """What lies where the platform said, which is another server; raises CannotAsk."""
        answer = self._sent(self._http.build_request("GET", url, timeout=TRANSFER_S), auth=None)
        if not answer.is_success:
            raise CannotAsk(f"the store gave no file: it answered {answer.status_code}", "try again in a moment")
        return answer.content

    def items(self, path: str, limit: int = 50, **query: str | int) -> Iterator[Json]:
        """Everything in a list, newest first, page after page of `limit`."""
        asked: Query = {"limit": limit, **query}
        while True:
            page = self.ask("GET", path, query=asked)
            yield from page["items"]
            if not page["next"]:
                return
            asked = {**asked, "cursor": page["next"]}

    def command(self, path: str, body: Json, key: str | None = None) -> Json:
        """The receipt of a command; a key makes a repeat harmless, and every command has one."""
        return self.ask("POST", path, body, headers={"idempotency-key": key or str(uuid4())})

    def delete(self, path: str, body: Json) -> Json:
        """The receipt of a command that loses something."""
        return self.ask("DELETE", path, body, headers={"idempotency-key": str(uuid4())})

    def feedback(self, model: str, outcomes: Sequence[Json]) -> Json:
        """How many outcomes ({id, actual}) were accepted, and which ids were not."""
        return self.ask("POST", f"/models/{model}/feedback", {"outcomes": list(outcomes)})

    def put(self, url: str, headers: Headers, content: Iterable[bytes]) -> None:
        """Send a body to where the platform said, which is another server; raises CannotAsk."""
        request = self._http.build_request("PUT", url, content=content, headers=headers, timeout=TRANSFER_S)
        if not (answer := self._sent(request, auth=None)).is_success:
            raise CannotAsk(f"the data bucket took no file: it answered {answer.status_code}", "try again in a moment")

    def predict(self, model: str, instances: Sequence[Json], version: int = 0) -> Json:
        """A prediction a row, by the versions that serve or by the one that is named."""
        pinned = f"/versions/{version}" if version else ""
        return self.ask("POST", f"/models/{model}{pinned}/predict", {"instances": list(instances)})

    def apply(self, text: str, file: str = "the spec") -> Json:
        """The receipt of a spec in YAML or JSON; raises Misused with line, field, got, expected, fix."""
        from treadle import specs  # noqa: PLC0415  # reading specs takes pydantic, which most commands do without

        return self.put_spec(specs.read(text, file).model, text)

    def put_spec(self, model: str, text: str, **query: str) -> Json:
        """The receipt of a model's spec, or with dry_run=true what applying it would do."""
        return self.ask("PUT", f"/models/{model}/spec", text, query=query)

    def health(self) -> httpx2.Response:
        """The answer to whether it answers, which needs no token; raises CannotAsk."""
        answer = self._sent(self._http.build_request("GET", "/health"), auth=None)
        if answer.is_error or "treadle-version" not in answer.headers:
            raise CannotAsk(f"{self.profile.api_url} does not answer as Treadle does", "look at the profile's api_url")
        return answer

    def sign_in(self) -> tokens.Token:
        """A new access token, which is kept for later, too; raises CannotAsk."""
        request = self._http.build_request("POST", self.profile.token_url, data=tokens.form(self.profile))
        return self._sign_in.keep(self._sent(request, auth=None))

    def ask(
        self, method: str, path: str, body: Json | str = "", *, query: Query = NOTHING, headers: Headers = NOTHING
    ) -> Json:
        """The JSON that a request is answered with; a text goes as YAML. Raises Refused, Misused or CannotAsk."""
        if isinstance(body, str):
            kind = {"content-type": "application/yaml"} if body else {}
            request = self._http.build_request(
                method, path, content=body.encode(), params=query, headers={**kind, **headers}
            )
        else:
            request = self._http.build_request(method, path, json=body, params=query, headers=headers)
        answer = self.send(request)
        try:
            return dict(answer.json()) if answer.content else {}
        except ValueError:
            raise CannotAsk(f"{self.profile.api_url} does not answer as Treadle does", "treadle doctor") from None

    def send(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request, a busy platform asked again; raises Refused, Misused or CannotAsk."""
        answer = self._sent(request, self._sign_in)
        for _ in range(PATIENCE - 1):
            if answer.status_code not in BUSY:
                break
            time.sleep(_pause(answer))
            answer = self._sent(request, self._sign_in)
        if answer.is_error:
            raise failure(answer)
        return answer

    def _sent(self, request: httpx2.Request, auth: httpx2.Auth | None) -> httpx2.Response:
        where = f"{request.url.scheme}://{request.url.netloc.decode()}"
        try:
            return self._http.send(request, auth=auth)
        except httpx2.TimeoutException:
            raise CannotAsk(f"{where} took too long to answer", "try again in a moment") from None
        except httpx2.TransportError as error:
            why = f"nobody answers at {where}: {str(error) or type(error).__name__}"
            raise CannotAsk(why, "treadle doctor says more; make up starts an embedded cloud") from None


def _pause(answer: httpx2.Response) -> float:
    """Seconds that the platform asks for, five at most."""
    asked = answer.headers.get("retry-after", "")
    return min(int(asked), 5) if asked.isdecimal() else 0.5
