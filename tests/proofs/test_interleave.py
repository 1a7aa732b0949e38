"""The quick tier of `make interleave`: few seeds on DynamoDB Local, more in memory; a seed is one schedule."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proofs.interleave import Engine, played
from tests.proofs.stages import InMemory, play

SEEDS = 12
IN_MEMORY = 150


@pytest.mark.usefixtures("engine_of_its_own")
def test_eight_at_once_on_dynamodb_leave_a_registry_that_is_right_and_a_history_that_is_true() -> None:
    assert played(Engine.DYNAMODB, range(1, 1 + SEEDS)).violations == ()


def test_eight_at_once_in_memory_do_as_well() -> None:
    assert played(Engine.FAKE, range(1, 1 + IN_MEMORY)).violations == ()


def test_another_process_plays_a_seed_as_this_one_does() -> None:
    said = "from tests.proofs.stages import InMemory, play; print(play(7, InMemory())[0].trace)"
    elsewhere = subprocess.run(
        [sys.executable, "-c", said],
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONHASHSEED": "77"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert elsewhere.stdout.strip() == str(play(7, InMemory())[0].trace)


def test_two_seeds_are_two_schedules() -> None:
    assert play(7, InMemory())[0].trace != play(8, InMemory())[0].trace
