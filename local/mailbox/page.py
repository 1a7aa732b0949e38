"""The mailbox as one self-contained page: no script, no font and no picture from anywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from local.mailbox.store import Letter

_STYLE = """
:root { color-scheme: light dark; --line: #d8dde3; --soft: #5b6673; --ground: #f6f7f9; --card: #fff; --mark: #0b6e4f }
@media (prefers-color-scheme: dark) {
  :root { --line: #333b45; --soft: #9aa5b1; --ground: #14181d; --card: #1c2229; --mark: #58c49a }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { font-size: 1.5rem; margin: 0 }
header p { color: var(--soft); margin: .25rem 0 1.5rem }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0 }
summary { cursor: pointer; padding: .75rem 1rem; display: grid; gap: .25rem 1rem;
          grid-template-columns: 4.5rem 1fr auto }
summary::-webkit-details-marker { display: none }
summary:focus-visible { outline: 2px solid var(--mark); border-radius: .5rem }
.via { color: var(--mark); font-weight: 600 }
.subject { font-weight: 600; overflow-wrap: anywhere }
.to, time { color: var(--soft); font-size: .875rem }
.to { grid-column: 2; overflow-wrap: anywhere }
time { white-space: nowrap; font-variant-numeric: tabular-nums }
pre { margin: 0; padding: 1rem; border-top: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere;
      font: .875rem/1.5 ui-monospace, monospace }
.none { color: var(--soft); border: 1px dashed var(--line); border-radius: .5rem; padding: 2rem; text-align: center }
"""
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="60">
<title>Mailbox ({count})</title>
<style>{style}</style>
<main>
<header><h1>Mailbox</h1><p>{said} Nothing leaves this machine.</p></header>
{letters}
</main>
</html>
"""
_LETTER = """<details{open}>
<summary><span class="via">{via}</span><span class="subject">{subject}</span><time datetime="{at}">{when}</time>
<span class="to">to {to}</span></summary>
<pre>{message}</pre>
</details>"""


def render(letters: Sequence[Letter]) -> str:
    """The page of these letters, newest first; the newest one is open."""
    count = len(letters)
    said = "One message that AWS would have sent." if count == 1 else f"{count} messages that AWS would have sent."
    shown = "\n".join(_letter(letter, " open" if i == 0 else "") for i, letter in enumerate(letters))
    return _PAGE.format(count=count, style=_STYLE, said=said, letters=shown or '<p class="none">No message yet.</p>')


def _letter(letter: Letter, opened: str) -> str:
    return _LETTER.format(
        open=opened,
        via=escape(letter.via),
        subject=escape(letter.subject or _first_line(letter.message)),
        at=letter.at.isoformat(timespec="seconds"),
        when=letter.at.strftime("%d %b %H:%M:%S UTC"),
        to=escape(letter.to),
        message=escape(_readable(letter.message)),
    )


def _first_line(message: str) -> str:
    return (message.strip().splitlines() or [""])[0][:80]


def _readable(message: str) -> str:
    """Indent a message that is JSON, as alarms are; leave all others alone."""
    if not message.lstrip().startswith(("{", "[")):
        return message
    try:
        return json.dumps(json.loads(message), indent=2, ensure_ascii=False)
    except ValueError:
        return message
