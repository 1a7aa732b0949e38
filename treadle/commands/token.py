"""Token: an access token, for curl and others."""

from datetime import UTC, datetime

import typer

from treadle.said import Said
from treadle.session import connect


def token(context: typer.Context) -> Said:
    """Sign in, and print the access token."""
    client = connect(context)
    issued = client.sign_in()
    until = datetime.fromtimestamp(issued.ends, UTC)
    document = {"access_token": issued.text, "token_type": "Bearer", "expires_at": f"{until:%Y-%m-%dT%H:%M:%SZ}"}
    following = f'curl -H "authorization: Bearer $(treadle token -q)" {client.profile.api_url}/models'
    return Said(document, (issued.text,), (issued.text,), following)
