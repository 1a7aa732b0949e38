"""Watching: what the monitor finds in a month, who is told, and what it leads to."""

from typing import Any

from samples.flights import mail
from samples.flights.waiting import ended, until
from samples.story import Scene, Step, Unverified, expect

MODEL = "flights"
OWNER, ON_CALL, CHANNEL = "flights@example.com", "+15550100", "slack:flights"
PLATFORM = "platform@example.com"


def _until_checked(scene: Scene, month: str) -> dict[str, Any]:
    """Performance, once the last window of the month whose outcomes are in has been looked at."""
    ends = {"april": "2013-04-30", "may": "2013-05-31", "june": "2013-06-30"}[month]

    def found() -> dict[str, Any] | None:
        seen = scene.client.get(f"/models/{MODEL}/performance")
        window = seen["realised"]
        if window:
            scene.tell(f"windows until {window['ends_at'][:16].replace('T', ' ')} are checked")
        return seen if window and window["ends_at"] >= ends else None

    return until(found, f"a check of {month}")


def _found_in(scene: Scene, month: int) -> list[dict[str, Any]]:
    """The findings of windows that end in the month, the oldest first."""
    findings = [*scene.client.get(f"/models/{MODEL}/performance")["findings"]]
    findings += scene.client.get(f"/models/{MODEL}/drift")["findings"]
    ends = f"2013-{month:02d}"
    return sorted((each for each in findings if each["ends_at"].startswith(ends)), key=lambda each: each["ends_at"])


def alarmed(scene: Scene, month: str, number: int) -> str:
    """A drop was found in the month: outcomes and calibration, each with its threshold."""
    _until_checked(scene, month)
    findings = _found_in(scene, number)
    drop = next((each for each in findings if each["kind"] == "drop"), None)
    if drop is None:
        raise Unverified(f"{month}: got no drop, expected one, in {findings}")
    scene.notes[f"{month} finding"] = drop
    expect(drop["reaction"], "retrain", "what follows from it")
    return str(drop["detail"])


def quiet(scene: Scene) -> str:
    """Nothing was found in May."""
    seen = _until_checked(scene, "may")
    expect(_found_in(scene, 5), [], "findings in May")
    metric = next(each for each in seen["realised"]["figures"] if each["statistic"] == seen["metric"])
    interval = f"[{metric['low']:.3f}, {metric['high']:.3f}]"
    return f"no finding; {seen['metric']} {metric['value']:.3f} {interval} of {metric['rows']:,} outcomes"


def estimated(scene: Scene) -> str:
    """Beside what came true stands what was estimated before outcomes came."""
    seen = scene.client.get(f"/models/{MODEL}/performance")
    expect(bool(seen["realised"] and seen["foretold"]), expected=True, what="both are shown")
    figures = seen["realised"]["figures"], seen["foretold"]
    real, guess = ({each["statistic"]: each for each in side} for side in figures)
    brier, days = real["brier"], seen["outcomes_within_s"] / 86400
    return (
        f"brier {brier['value']:.3f} [{brier['low']:.3f}, {brier['high']:.3f}] came true, "
        f"{guess['brier']['value']:.3f} was estimated of the same week; outcomes within {days:.0f} days"
    )


def told(scene: Scene) -> str:
    """An alarm went off, the owners have mail and a message on Slack, who is on call has an SMS."""
    mail.letter(scene, PLATFORM, "ALARM", "treadle-Performance", MODEL)
    letters = [mail.letter(scene, to, MODEL, "performance dropped") for to in (OWNER, CHANNEL, ON_CALL)]
    mailed, slacked, texted = (letter["to"] for letter in letters)
    return f"the alarm rang; e-mail to {mailed}, {slacked}, SMS to {texted}: {letters[2]['message']}"


def refused(scene: Scene) -> str:
    """The retrain was judged beside version 1 on the same rows, and refused with the sentence that says why."""
    run = ended(scene, MODEL, scene.notes["april finding"]["run"])
    expect((run["status"], run["reason"]["code"]), ("rejected", "gate_failed"), "the end of the retrain")
    expect(run["cause"]["kind"], "finding", "the cause of the run")
    return str(run["reason"]["detail"])


def wait(_: Scene) -> None:
    """The clock ticks by itself."""


MONITOR_APRIL = Step("monitor", "every week of April is checked", wait, lambda scene: alarmed(scene, "april", 4))
ESTIMATE = Step("estimate", "what was thought before outcomes came", wait, estimated)
TELL = Step("notify", "the team is told", wait, told)
REFUSE = Step("retrain", "a new candidate is judged beside version 1", wait, refused)
MONITOR_MAY = Step("monitor", "every week of May is checked", wait, quiet)
MONITOR_JUNE = Step("monitor", "every week of June is checked", wait, lambda scene: alarmed(scene, "june", 6))
