"""Settings: defaults that work, everything that is wrong at once, and no secret in any message."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import BrokenSettings, Settings, WrongFolder

EXAMPLE = Path(__file__).parent.parent / ".env.example"
TOKEN = "123456:" + "A" * 35


def test_nothing_has_to_be_set(tmp_path: Path):
    settings = Settings.read({}, root=tmp_path)
    assert settings.telegram_bot_token is None
    assert settings.database_file == tmp_path / "var/overstap.db"
    assert settings.encryption_key_file == tmp_path / "secrets/encryption.keys"


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path):
    wrong = {
        "TELEGRAM_BOT_TOKEN": "token",
        "TELEGRAM_BASE_URL": "telegram",
        "TELEGRAM_FAST": "maybe",
        "STAFF_CHAT": "the group",
        "WEBHOOK_URL": "https://bot.example.nl",
        "WEBHOOK_PORT": "99999",
        "DATABASE_URL": "mysql://root:hunter2@host/db",
        "ENCRYPTION_KEY_FILE": "var/keys",
        "LEGAL_BASIS": "because",
        "LOG_LEVEL": "loud",
        "KEEP_LEAD_DAYS": "0",
        "KEEP_AUDIT_DAYS": "ever",
    }
    with pytest.raises(BrokenSettings) as caught:
        Settings.read(wrong, root=tmp_path)
    named = {problem.split(" ")[0] for problem in caught.value.problems}
    assert named == {*wrong, "WEBHOOK_SECRET"} - {"WEBHOOK_URL"}
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("chat", ["-1001234567890", "-100123/7", "12345"])
def test_the_group_of_advisers_may_be_a_topic(tmp_path: Path, chat: str):
    assert Settings.read({"STAFF_CHAT": chat}, root=tmp_path).staff_chat == chat


@pytest.mark.parametrize("chat", ["-100123/", "-100123/x", "@groep", "- 5", "-100/7/8"])
def test_what_is_no_group_is_refused(tmp_path: Path, chat: str):
    with pytest.raises(BrokenSettings, match="STAFF_CHAT is like"):
        Settings.read({"STAFF_CHAT": chat}, root=tmp_path)


def test_a_webhook_without_a_secret_does_not_start(tmp_path: Path):
    with pytest.raises(BrokenSettings, match="WEBHOOK_SECRET is needed"):
        Settings.read({"WEBHOOK_URL": "https://bot.example.nl"}, root=tmp_path)
    assert Settings.read(
        {"WEBHOOK_URL": "https://bot.example.nl/", "WEBHOOK_SECRET": "s" * 16}, root=tmp_path
    ).webhook_url


def test_secrets_do_not_show_in_a_repr(tmp_path: Path):
    env = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "WEBHOOK_URL": "https://x.nl",
        "WEBHOOK_SECRET": "geheimgeheimgeheim",
        "DATABASE_URL": "postgresql://user:hunter2@host/name",
    }
    shown = repr(Settings.read(env, root=tmp_path))
    assert not any(secret in shown for secret in (TOKEN, "geheim", "hunter2"))


def test_codes_of_links_are_read_and_what_no_link_can_carry_is_refused(tmp_path: Path):
    assert Settings.read({"SOURCES": "flyer-1, Beurs_2  x"}, root=tmp_path).sources == ("flyer-1", "Beurs_2", "x")
    with pytest.raises(BrokenSettings, match=r"found 'a\.b'"):
        Settings.read({"SOURCES": "flyer a.b"}, root=tmp_path)


def test_the_environment_wins_over_the_file(tmp_path: Path):
    (tmp_path / ".env").write_text(
        "# a remark\nexport CENTRE_NAME='Het Centrum'\nCENTRE_PHONE=030 1\n\nnonsense\n", "utf-8"
    )
    settings = Settings.read({"CENTRE_PHONE": "030 2"}, root=tmp_path)
    assert (settings.centre_name, settings.centre_phone) == ("Het Centrum", "030 2")


def test_a_postgresql_is_reached_by_psycopg_whatever_its_address_is_called(tmp_path: Path):
    for url in ("postgres://u@h/n", "postgresql://u@h/n", "postgresql+psycopg2://u@h/n"):
        settings = Settings.read({"DATABASE_URL": url}, root=tmp_path)
        assert settings.database_url == "postgresql+psycopg://u@h/n"
        assert (settings.sqlite, settings.database_file) == (False, None)


def test_the_example_names_every_setting_with_its_default(tmp_path: Path):
    lines = re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    names = {"data_folder": "DATA_DIR", "content_root": "CONTENT_DIR"}
    settable = {names.get(name, name.upper()) for name in Settings.__slots__} - {"ROOT"}
    assert {name for name, _ in lines} - {"OVERSTAP_STAFF"} == settable
    given = {
        name: value
        for name, value in lines
        if value and name not in ("TELEGRAM_BOT_TOKEN", "STAFF_CHAT", "WEBHOOK_URL")
    }
    assert Settings.read(given, root=tmp_path) == Settings.read({}, root=tmp_path)


def test_each_setting_of_the_example_has_a_line_that_explains_it():
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for before, line in pairwise(lines):
        if re.match(r"#[A-Z_]+=", line):
            assert before.startswith("#"), line


def test_a_command_in_the_wrong_folder_says_where_it_looked_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("DATABASE_URL", "DATA_DIR", "CONTENT_DIR", "OVERSTAP_HOME"):
        monkeypatch.delenv(name, raising=False)
    empty, home = tmp_path / "empty", tmp_path / "home"
    empty.mkdir()
    (home / "flows").mkdir(parents=True)
    monkeypatch.chdir(empty)
    done = CliRunner().invoke(main, ["leads", "list"])
    assert done.exit_code == 1 and done.stderr.startswith(f"There is no Overstap in {empty}: ")
    assert len(done.stderr.splitlines()) == 1 and not list(empty.iterdir())
    monkeypatch.setenv("OVERSTAP_HOME", str(home))
    assert Settings.read().data_folder == home / "var"
    monkeypatch.setenv("OVERSTAP_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(WrongFolder, match="nowhere"):
        Settings.read()
