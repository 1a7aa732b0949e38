"""Outcomes: how late the flights of a month really were, sent back as an application would."""

from typing import Any

from samples.flights import calls
from samples.flights.data import make
from samples.story import Scene, Step, expect

MODEL = "flights"
A_CALL = 2000


def ask(scene: Scene, month: str) -> None:
    """Ask for every flight of the month."""
    rows = calls.rows(make(scene.folder, (f"{month}.csv",))[f"{month}.csv"])
    scene.notes[month] = calls.predict(scene.client, MODEL, rows, scene.tell)


def _send_back(scene: Scene, month: str) -> None:
    """Send back what became of each: minutes late, or nothing where it never arrived."""
    asked: calls.Month = scene.notes[month]
    delays = calls.delays(scene.folder / f"{month}.csv")
    outcomes = [{"id": made, "actual": delay} for made, delay in zip(asked.ids, delays, strict=True)]
    answers: list[dict[str, Any]] = []
    for start in range(0, len(outcomes), A_CALL):
        some = outcomes[start : start + A_CALL]
        answers.append(scene.client.feedback(MODEL, some))
        scene.tell(f"{start + len(some):,} outcomes")
    scene.notes[f"{month} outcomes"] = answers


def _sent_back(scene: Scene, month: str) -> str:
    """Every outcome was taken."""
    answers = scene.notes[f"{month} outcomes"]
    unread = [one for answer in answers for one in (*answer["unknown"], *answer["duplicate"])]
    expect(unread, [], "outcomes of no prediction")
    accepted = sum(answer["accepted"] for answer in answers)
    expect(accepted, len(scene.notes[month].ids), "outcomes that were accepted")
    return f"{accepted:,} outcomes of {month.capitalize()}"


def fed_back(month: str) -> Step:
    """The outcomes of a month that was predicted before."""
    promise = f"what became of the flights of {month.capitalize()}"
    return Step("feedback", promise, lambda scene: _send_back(scene, month), lambda scene: _sent_back(scene, month))


def asked_and_fed_back(month: str) -> Step:
    """A month of calls and, afterwards, their outcomes."""

    def act(scene: Scene) -> None:
        ask(scene, month)
        _send_back(scene, month)

    def verify(scene: Scene) -> str:
        expect(scene.notes[month].errors, 0, "errors")
        _sent_back(scene, month)
        return f"{month.capitalize()}: {scene.notes[month].said}, and all outcomes"

    return Step("predict", f"every flight of {month.capitalize()}, and what became of it", act, verify)
