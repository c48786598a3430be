"""Settings: read in one place, unknown ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UsageError
from app.settings import read_settings


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("WHRD_HOME=/from/file\nWHRD_PORT=9000\nOTHER=1\n", encoding="utf-8")
    settings = read_settings({"WHRD_HOME": "~/reports", "PATH": "/bin"}, file)
    assert settings.home == Path("~/reports").expanduser()
    assert settings.port == 9000


def test_nothing_set_means_no_model_and_a_folder_of_the_users(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path / "none")
    assert settings.model == ""
    assert settings.home.is_absolute()


@pytest.mark.parametrize(
    ("name", "value"),
    [("WHRD_HOEM", "x"), ("WHRD_PORT", "eighty"), ("WHRD_NO_TRACES", "maybe"), ("WHRD_ANY_USER", "2")],
)
def test_an_unknown_name_or_a_wrong_value_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name):
        read_settings({name: value}, tmp_path / "none")


@pytest.mark.parametrize(("value", "told"), [("1", True), ("True", True), ("off", False), ("False", False)])
def test_a_switch_is_told_by_any_of_its_usual_words(tmp_path: Path, value: str, told: bool) -> None:
    assert read_settings({"WHRD_NO_TRACES": value}, tmp_path / "none").no_traces is told
