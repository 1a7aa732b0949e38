"""Where Treadle is: variables first, then a file, then the embedded cloud of this folder."""

import json
from pathlib import Path

import pytest

from treadle.errors import CannotAsk
from treadle.profile import Profile, profile

GIVEN = {"api_url": "https://a", "token_url": "https://t", "client_id": "c", "client_secret": "s"}
VARIABLES = {f"TREADLE_{name.upper()}": value for name, value in GIVEN.items()}


def kept(folder: Path, **settings: object) -> Path:
    """A local.json with these settings."""
    path = folder / "local.json"
    path.write_text(json.dumps(GIVEN | settings))
    return path


def test_variables_are_a_profile() -> None:
    assert profile(VARIABLES) == Profile(**GIVEN)


def test_variables_beat_a_file(tmp_path: Path) -> None:
    assert profile(VARIABLES, kept(tmp_path, api_url="https://other")).api_url == "https://a"


def test_a_named_file_beats_the_cloud_of_this_folder(tmp_path: Path) -> None:
    named = kept(tmp_path, data_bucket="b", tempo=60, pid=7)
    assert profile({"TREADLE_PROFILE": str(named)}, tmp_path / "no.json").data_bucket == "b"


@pytest.mark.parametrize("name", sorted(set(VARIABLES) - {"TREADLE_API_URL"}))
def test_a_variable_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(CannotAsk, match=name):
        profile({each: value for each, value in VARIABLES.items() if each != name})


@pytest.mark.parametrize("text", ["", "[]", "{", '{"api_url": ""}', '{"api_url": "ftp://x", "token_url": "y"}', "\xff"])
def test_a_file_that_is_no_profile_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "local.json").write_text(text)
    with pytest.raises(CannotAsk, match=r"local\.json"):
        profile({}, tmp_path / "local.json")


def test_without_any_cloud_the_way_to_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotAsk) as refused:
        profile({}, tmp_path / "local.json")
    assert refused.value.fix.startswith("make up")


def test_an_address_without_its_scheme_is_refused() -> None:
    with pytest.raises(CannotAsk, match="TREADLE_API_URL is no address"):
        profile(VARIABLES | {"TREADLE_API_URL": "localhost:9"})
