"""Replacing: a drill is rolled back, the better version takes over step by step, the old one retires."""

from typing import Any

import httpx2

from samples.flights import calls, mail
from samples.flights.data import make
from samples.flights.outcomes import ask
from samples.flights.waiting import ended, step_of, until
from samples.flights.watching import OWNER, wait
from samples.story import Scene, Step, Unverified, expect
from treadle.errors import Refused

MODEL = "flights"


def _july(scene: Scene) -> list[calls.Row]:
    """What callers ask while a rollout is on."""
    return calls.rows(make(scene.folder, ("july.csv",))["july.csv"])


def _run(scene: Scene, run: str) -> dict[str, Any]:
    return scene.client.get(f"/models/{MODEL}/runs/{run}")


def drill(scene: Scene) -> None:
    """Push a challenger that breaks, while callers ask for every flight of May."""
    scene.notes["drill"] = scene.client.command(f"/models/{MODEL}/drill", {"reason": "is it taken back?"})["run"]
    until(lambda: _challenged(scene), "a challenger")
    ask(scene, "may")
    ended(scene, MODEL, scene.notes["drill"])


def _challenged(scene: Scene) -> bool | None:
    arms = scene.client.get(f"/models/{MODEL}/serving")["arms"]
    return any(arm["role"] == "challenger" for arm in arms) or None


def drilled(scene: Scene) -> str:
    """It was taken back by what the judge saw, and no caller met an error."""
    run = _run(scene, scene.notes["drill"])
    expect((run["status"], run["reason"]["code"]), ("rejected", "rolled_back"), "the end of the drill")
    expect((scene.notes["may"].errors, scene.notes["may"].versions), (0, {1}), "errors, and the versions that answered")
    return f"{run['reason']['detail']}; May: {scene.notes['may'].said}"


def retrain(scene: Scene) -> None:
    """The June finding's run, until its version is registered."""
    step_of(scene, MODEL, scene.notes["june finding"]["run"], "register")


def won(scene: Scene) -> str:
    """The retrained model is better than version 1 on the same rows, and becomes version 2."""
    run = scene.notes["june finding"]["run"]
    seen = scene.client.get(f"/models/{MODEL}/versions/2")
    expect(seen["run"], run, "the run that made version 2")
    return str(step_of(scene, MODEL, run, "evaluate")["outcome"])


def roll_out(scene: Scene) -> None:
    """Callers go on while version 2 answers as a shadow, then for a fifth of them, then for all."""
    with calls.going_on(scene.client, MODEL, _july(scene)) as callers:
        ended(scene, MODEL, scene.notes["june finding"]["run"])
    scene.notes["rollout callers"] = callers


def rolled_out(scene: Scene) -> str:
    """Version 2 is the champion; both versions answered meanwhile, and nobody met an error."""
    run = _run(scene, scene.notes["june finding"]["run"])
    expect((run["status"], run["reason"]["code"]), ("succeeded", "promoted"), "the end of the run")
    serving = scene.client.get(f"/models/{MODEL}/serving")
    champion = next(arm["version"] for arm in serving["arms"] if arm["role"] == "champion")
    expect(champion, 2, "the champion")
    expect(scene.notes["rollout callers"], {1, 2}, "the versions that answered")
    said = {step["name"]: step["outcome"] for step in run["steps"]}
    return "; ".join(outcome for name, outcome in said.items() if name.startswith(("shadow", "judge")))


def retire(scene: Scene) -> None:
    """A caller that pins version 1 is told when it goes, and then it goes."""

    def warned() -> dict[str, str] | None:
        headers = _pinned(scene)
        return headers if "sunset" in headers else None

    def gone() -> bool | None:
        return scene.client.get(f"/models/{MODEL}/versions/1")["stage"] == "retired" or None

    scene.notes["pinned"] = until(warned, "a sunset")
    until(gone, "version 1 is retired")


def _pinned(scene: Scene) -> dict[str, str]:
    """The headers of an answer by version 1 alone."""
    url = f"{scene.client.profile.api_url}/models/{MODEL}/versions/1/predict"
    answer = scene.client.send(httpx2.Request("POST", url, json={"instances": _july(scene)[:1]}))
    return dict(answer.headers)


def retired(scene: Scene) -> str:
    """While it drained its route said so; now it answers 410."""
    headers = scene.notes["pinned"]
    expect([name for name in ("deprecation", "sunset", "link") if name not in headers], [], "headers that are missing")
    try:
        _pinned(scene)
    except Refused as gone:
        expect(gone.slug, "retired", "what its route says")
    else:
        raise Unverified("version 1 still answers")
    mail.letter(scene, OWNER, "version 1 is retired", "Who called version 1")
    return "version 1 is retired, its owners know why; its route named the successor until its sunset, now it says 410"


def restore(scene: Scene) -> None:
    """Bring version 1 before the gates of today."""
    receipt = scene.client.command(f"/models/{MODEL}/versions/1/restore", {"reason": "was it not better?"})
    scene.notes["restore"] = receipt["run"]
    ended(scene, MODEL, receipt["run"])


def restored(scene: Scene) -> str:
    """It is no better than version 2 on the newest rows, and stays retired."""
    run = _run(scene, scene.notes["restore"])
    expect((run["status"], run["reason"]["code"]), ("rejected", "gate_failed"), "the end of the restore")
    expect(scene.client.get(f"/models/{MODEL}/versions/1")["stage"], "retired", "the stage of version 1")
    return str(run["reason"]["detail"])


def traced(scene: Scene) -> str:
    """From one prediction of version 2 to the files that it was learned from, and the decisions about it."""
    [answer] = scene.client.predict(MODEL, _july(scene)[:1])["predictions"]
    expect(answer["version"], 2, "the version that answers")
    line = scene.client.get(f"/predictions/{answer['id']}/lineage")
    files = [each["key"] for each in line["uploads"]]
    expect(files[-1].endswith("january_to_march.csv"), expected=True, what="the upload is named")
    audit = [each["action"] for each in scene.client.items(f"/models/{MODEL}/audit")]
    expect([word for word in ("promote", "retire", "take_back", "apply") if word not in audit], [], "missing decisions")
    who = line["decisions"][-1]
    file = files[-1].rpartition("/")[2]
    return f"a prediction → version 2 → its run → {file}; {len(audit)} audited decisions, the last by {who['by']}"


DRILL = Step("drill", "May is asked for, while a challenger that breaks is pushed", drill, drilled)
RETRAIN = Step("retrain", "a new candidate is judged beside version 1", retrain, won)
ROLL_OUT = Step("rollout", "version 2: shadow, canary, judge, promote", roll_out, rolled_out)
RETIRE = Step("retire", "version 1 drains and goes", retire, retired)
RESTORE = Step("restore", "version 1 before the gates of today", restore, restored)
TRACE = Step("lineage", "from one prediction to the upload", wait, traced)
