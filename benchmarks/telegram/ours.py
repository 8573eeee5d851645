"""Start `overstap telegram` as the load bench starts its peers: with its variables, and its ten questions.

CONTENT=own runs the flows and the knowledge that Overstap ships instead.
"""

import os
import shutil
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]


def main() -> None:
    env = os.environ
    folder = Path(env["WORKDIR"]).resolve()
    os.environ |= {
        "TELEGRAM_BOT_TOKEN": env["TOKEN"],
        "TELEGRAM_BASE_URL": env["BASE_URL"].removesuffix("/bot"),
        "DATA_DIR": str(folder / "var"),
        "ENCRYPTION_KEY_FILE": str(folder / "secrets" / "encryption.keys"),
        "CONTENT_DIR": str(REPOSITORY if env.get("CONTENT") == "own" else ten_questions(folder / "content")),
        "WEBHOOK_PORT": env["WEBHOOK_PORT"],
        "LOG_LEVEL": "ERROR",
    }
    if env["TRANSPORT"] == "webhook":
        os.environ["WEBHOOK_SECRET"] = "bench-" + env["SECRET"]
    else:
        del os.environ["WEBHOOK_URL"]
    os.chdir(folder)

    from bot.cli import main as overstap

    overstap(["telegram"])


def ten_questions(root: Path) -> Path:
    """Content with the bench's flow, and the sentences that Overstap says by itself."""
    for folder in ("flows", "knowledge"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / "flows" / "common.yaml", root / "flows" / "common.yaml")
    shutil.copy(HERE / "intake10.yaml", root / "flows" / "intake.yaml")
    return root


if __name__ == "__main__":
    main()
