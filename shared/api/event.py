"""Event: the gateway's payload, format 2.0, as far as Treadle reads it."""

import base64
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from shared.api.refusals import Unreadable

DEFAULT = "$default"
"""The route key of what matches no route."""


GROUPS = ("cognito:groups", "groups")
"""The claims that hold a token's groups: Cognito's, and what other issuers mostly call them."""

Words = Annotated[dict[str, str], BeforeValidator(lambda given: given or {})]
"""Names with their values; the gateway leaves out what is empty, others say null."""


class Http(BaseModel):
    """The request line."""

    method: str


class Jwt(BaseModel):
    """What the authorizer read from the token."""

    claims: dict[str, str]


class Authorizer(BaseModel):
    """Empty on open routes."""

    jwt: Jwt = Jwt(claims={})


class Context(BaseModel):
    """What the gateway knows of the request."""

    http: Http
    request_id: str = Field(alias="requestId")
    authorizer: Authorizer = Authorizer()


class Event(BaseModel):
    """One request; header names are lower-case and values of one name are joined."""

    route_key: str = Field(alias="routeKey")
    path: str = Field(alias="rawPath")
    context: Context = Field(alias="requestContext")
    headers: Words = {}
    parameters: Words = Field({}, alias="pathParameters")
    query: Words = Field({}, alias="queryStringParameters")
    body: Annotated[str, BeforeValidator(lambda given: given or "")] = ""
    encoded: bool = Field(default=False, alias="isBase64Encoded")

    @property
    def content(self) -> bytes:
        """The body's bytes; raises Unreadable."""
        if not self.encoded:
            return self.body.encode(errors="surrogatepass")
        try:
            return base64.b64decode(self.body, validate=True)
        except ValueError as error:
            raise Unreadable("the body is not the base64 that it is said to be") from error

    @property
    def by(self) -> str:
        """Who asks: the token's subject, or the client where a machine asks; "" on open routes."""
        claims = self.context.authorizer.jwt.claims
        return claims.get("sub") or claims.get("client_id", "")

    @property
    def teams(self) -> frozenset[str]:
        """The user's name and groups, as the token has them; the gateway writes a list as [one two]."""
        claims = self.context.authorizer.jwt.claims
        listed = (word for claim in GROUPS for word in claims.get(claim, "").strip("[]").replace(",", " ").split())
        return frozenset((*listed, *filter(None, (claims.get("username"),))))
