"""Data of the small story: who will be late, by two numbers and a colour. Every model gets the same rows and figures.

Only the names of the colours are the model's own, so that its artifact's bytes are no other model's: what is written
by hash is written by each model itself, and yet every figure and every answer can be compared between two of them.
"""

import csv
import io
import random
from collections.abc import Iterator, Mapping

Row = Mapping[str, str | int | float]

SEED = 7
COLOURS = ("blue", "green", "red")
FIRST, SECOND, ASKED = 1000, 1300, 20
"""Rows of the first upload and of the second, which takes its place; rows that are asked for and fed back."""

SPEC = """\
spec: 1
model: {model}
about: Will it be late?
task: binary
data:
  uploads: replace
  key: [id]
  target: {{column: late}}
  columns:
    id: {{type: integer, feature: false}}
    x: number
    y: number
    colour: category
  checks: {{rows: 300}}
train:
  search: {{trials: 1, folds: 2, seed: 7}}
  candidates: {{LogisticRegression: {{C: 1.0}}}}
evaluate:
  test: 25%
  gates: {{roc_auc: {{min: 0.6, may_lose: 0.2}}}}
deploy:
  steps: [{{share: 50%, bake: 4s}}]
  judge: {{unsure: promote}}
retire: {{drain: 5s}}
notify: {{owners: ["email:{model}@example.com"]}}
"""


def spec(model: str) -> str:
    """The spec, in YAML: one small trial, gates that pass, a short canary and a short drain."""
    return SPEC.format(model=model)


def upload(model: str, rows: int) -> bytes:
    """So many rows with their outcomes, as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ("id", "x", "y", "colour", "late"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(model, rows))
    return text.getvalue().encode()


def asked(model: str, rows: int = ASKED) -> tuple[Row, ...]:
    """Rows as callers send them, without the outcome."""
    return tuple({name: cell for name, cell in row.items() if name != "late"} for row in _rows(model, rows))


def outcomes(model: str) -> tuple[int, ...]:
    """What became of the rows that were asked for."""
    return tuple(int(row["late"]) for row in _rows(model, ASKED))


def _rows(model: str, count: int) -> Iterator[Row]:
    drawn = random.Random(SEED)  # a fixed draw, no secret
    for number in range(count):
        x, y, colour = drawn.gauss(0, 1), drawn.gauss(0, 1), drawn.choice(COLOURS)
        late = x - 0.7 * y + 0.8 * (colour == "red") + drawn.gauss(0, 1) > 0
        yield {"id": number, "x": round(x, 4), "y": round(y, 4), "colour": f"{colour}-{model}", "late": int(late)}
