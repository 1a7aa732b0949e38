"""A turn: one model's small story, played by a program that behaves, through the HTTP API and the bucket alone.

A spec, an upload, version 1 serves, 20 rows are asked for and fed back; a second upload makes version 2, which is tried
on half of the callers and promoted; version 1 drains, is retired, cannot be rolled back to, and is purged. Then all is
at rest. Many models are played side by side in one cloud: `tests.proofs.small.told` compares what became of two.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.proofs.small import data
from tests.proofs.small.caller import Caller, Json, Seen, Sent, Unfinished
from treadle.errors import Failure
from treadle.profile import Profile
from treadle.tokens import cache

T = TypeVar("T")

WITHIN_S = 180.0
POLL_S, CALL_S = 0.6, 0.4
"""Between two looks at what goes on, and between two calls while a version is tried."""

A_CALL = 5
CONFLICT = 409
OPEN = ("queued", "running", "waiting")


@dataclass(frozen=True, slots=True)
class Played:
    """What callers saw of a whole turn: statuses by route, what each version said of the same 20 rows, and how many
    rows each version answered."""

    model: str
    seen: Seen
    answers: tuple[tuple[int, tuple[Any, ...]], ...]
    rows: Counter[int] = field(default_factory=Counter)


def play(here: Profile, model: str, within_s: float = WITHIN_S) -> Played:
    """Play the turn of a model of this name, which must be new; raises Unfinished with a sentence."""
    caller = Caller(here, cache(here), time.monotonic() + within_s)
    try:
        return _Turn(caller, model).play()
    finally:
        caller.close()


def tried(here: Profile, model: str, within_s: float = WITHIN_S) -> Played | str:
    """The turn, or in a sentence why it did not come to its end."""
    try:
        return play(here, model, within_s)
    except (Unfinished, Failure) as why:
        return f"{model}: {why}"


@dataclass(slots=True)
class _Turn:
    """A turn while it is played; keys are made from the model's name and the command's, so that they are the same in
    every repeat."""

    caller: Caller
    model: str
    rows: Counter[int] = field(default_factory=Counter)

    def play(self) -> Played:
        """From nothing to rest."""
        self._apply()
        self._ended(self._upload("first.csv", data.FIRST))
        first = self._asked_and_fed_back()
        self._ended(self._upload("second.csv", data.SECOND), meanwhile=self._ask_some)
        self._until(lambda: self._champion() == 2, "version 2 serves")
        self._until(lambda: self._stage(1) == "retired", "version 1 is retired")
        second = self._asked()
        self._left()
        return Played(self.model, self.caller.seen, ((1, _said(first)), (2, _said(second))), self.rows)

    def _apply(self) -> None:
        yaml = {"content-type": "application/yaml", "idempotency-key": f"{self.model}-apply"}
        sent = Sent(content=data.spec(self.model), headers=yaml)
        self.caller.ask("PUT", "/models/{model}/spec", {"model": self.model}, sent)

    def _upload(self, name: str, rows: int) -> str:
        """The run that the file came into."""
        body = data.upload(self.model, rows)
        asked = {"kind": "dataset", "filename": name, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        ticket = self._post("/models/{model}/uploads", asked, name)
        self.caller.put(ticket["url"], ticket["headers"], body)
        return str(self._until(lambda: self._upload_of(ticket["id"])["run"], f"{name} is in a run"))

    def _upload_of(self, upload: str) -> Json:
        return self.caller.get("/models/{model}/uploads/{upload}", model=self.model, upload=upload)

    def _ended(self, run: str, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Wait until the run has promoted its version; the rest of the story needs it."""

        def over() -> Json | None:
            meanwhile()
            seen = self.caller.get("/models/{model}/runs/{run}", model=self.model, run=run)
            return None if seen["status"] in OPEN else seen

        end = self._until(over, f"the end of {run}")
        if (end["status"], end["reason"]["code"]) != ("succeeded", "promoted"):
            raise Unfinished(f"{self.model}: {run} ended {end['status']} at {end['step']}: {end['reason']}")

    def _asked_and_fed_back(self) -> list[Json]:
        answers = self._asked()
        outcomes = [
            {"id": answer["id"], "actual": outcome}
            for answer, outcome in zip(answers, data.outcomes(self.model), strict=True)
        ]
        sent = Sent(json={"outcomes": outcomes})
        told = self.caller.ask("POST", "/models/{model}/feedback", {"model": self.model}, sent)
        if told != {"accepted": len(outcomes), "unknown": [], "duplicate": []}:
            raise Unfinished(f"{self.model}: of {len(outcomes)} outcomes {told}")
        return answers

    def _asked(self) -> list[Json]:
        """What is said of the 20 rows."""
        return self._predict(data.asked(self.model))

    def _ask_some(self) -> None:
        """What callers go on asking while a version is tried."""
        self._predict(data.asked(self.model, A_CALL))
        time.sleep(CALL_S)

    def _predict(self, rows: tuple[data.Row, ...]) -> list[Json]:
        sent = Sent(json={"instances": list(rows)})
        answer = self.caller.ask("POST", "/models/{model}/predict", {"model": self.model}, sent)
        self.rows.update(each["version"] for each in answer["predictions"])
        return list(answer["predictions"])

    def _left(self) -> None:
        """Nothing drains, so there is nothing to roll back to; what left may be purged."""
        named: dict[str, str | int] = {"model": self.model}
        asked = Sent({"reason": "was it better?"}, headers={"idempotency-key": f"{self.model}-rollback"})
        refused = self.caller.answered("POST", "/models/{model}/rollback", named, asked)
        if refused.status_code != CONFLICT:
            raise Unfinished(f"{self.model}: a rollback to a retired version: {refused.status_code} {refused.text}")
        erased = Sent({"reason": "it is gone"}, headers={"idempotency-key": f"{self.model}-purge"})
        self.caller.ask("DELETE", "/models/{model}/versions/{version}", {**named, "version": 1}, erased)

    def _post(self, route: str, body: Json, key: str) -> Json:
        return self.caller.post(route, body, f"{self.model}-{key}", model=self.model)

    def _champion(self) -> int:
        arms = self.caller.get("/models/{model}/serving", model=self.model)["arms"]
        return next((int(arm["version"]) for arm in arms if arm["role"] == "champion"), 0)

    def _stage(self, version: int) -> str:
        return str(self.caller.get("/models/{model}/versions/{version}", model=self.model, version=version)["stage"])

    def _until(self, found: Callable[[], T | None], what: str) -> T:
        """The first thing that is found; raises Unfinished when the time is over."""
        while True:
            if thing := found():
                return thing
            if time.monotonic() > self.caller.until:
                raise Unfinished(f"{self.model}: {what}: not in time")
            time.sleep(POLL_S)


def _said(answers: list[Json]) -> tuple[Any, ...]:
    """Values and probabilities, which are the same whenever and by whomever they are asked for."""
    return tuple((answer["value"], tuple(answer["probabilities"].items())) for answer in answers)
