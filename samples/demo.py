"""`make demo`: a sample's story in an embedded cloud of its own, told while it happens.

The first line is on screen before anything heavy is imported.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType

STATE = Path(".treadle/demo")
TEMPO = "60"
READY_S = 120
INTRO = """\
Treadle: one upload becomes a model that answers, on this machine alone.
No account, no containers; everything listens on loopback. About four minutes, a step a line.
"""
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Play the sample's story; 0 only when every step was verified, 1 names the one that was not, 130 interrupted."""
    (sample,) = arguments or ("flights",)
    print(INTRO, flush=True)
    signal.signal(signal.SIGTERM, _interrupt)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        with cloud(STATE) as settings:
            return _play(sample, settings)
    except KeyboardInterrupt:
        print("\nThe cloud is gone; nothing is left behind.", file=sys.stderr)
        return INTERRUPTED


def _end_with(parent: int) -> None:
    """A `make` that is killed tells nobody; its demo ends with it."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def cloud(state: Path) -> Iterator[Path]:
    """An embedded cloud that is empty at first and ends with this process, whatever ends it; its local.json."""
    from stacks.layers.build import Source  # noqa: PLC0415  # after the first line
    from stacks.synth import ROOT, synthesize  # noqa: PLC0415

    if synthesize(ROOT / "cdk.out", Source.PINS):
        raise SystemExit(1)
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    command = [sys.executable, "-m", "local", "serve", "--fresh", "--tempo", TEMPO, "--state", str(state)]
    with (state / "supervisor.log").open("wb") as log:
        serving = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for(state, serving)
        yield state / "local.json"
    finally:
        serving.terminate()
        serving.wait()


def _wait_for(state: Path, serving: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + READY_S
    while not (state / "local.json").exists():
        if serving.poll() is not None or time.monotonic() > give_up:
            said = (state / "supervisor.log").read_text(errors="replace").strip()
            raise SystemExit(f"treadle: the embedded cloud did not start: {said}")
        time.sleep(0.02)


def _play(sample: str, settings: Path) -> int:
    from samples import screen  # noqa: PLC0415  # after the first line
    from samples.story import Scene, Unverified, play  # noqa: PLC0415
    from treadle.client import Client  # noqa: PLC0415
    from treadle.errors import Failure  # noqa: PLC0415
    from treadle.profile import profile  # noqa: PLC0415

    story = import_module(f"samples.{sample}.story").LOCAL_STORY
    here = profile({"TREADLE_PROFILE": str(settings)})
    scene = Scene(Client(here), STATE / "files")
    show = screen.chosen(story)
    with show:
        scene.tell = show.tell
        for step in story:
            show.begin(step)
            try:
                show.done(play(step, scene))
            except (Unverified, Failure) as failed:
                show.failed(step, str(failed))
                return 1
    print(screen.last(show.played, here.api_url, here.mailbox_url, settings))
    _stay()
    return 0


def _stay() -> None:
    """On a terminal the cloud stays up to be played with; a pipe or CI wants its prompt back."""
    if not sys.stdout.isatty() or os.environ.get("CI"):
        return
    print("The cloud stays up until Ctrl-C.", flush=True)
    signal.pause()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
