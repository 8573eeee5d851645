"""Start `overstap telegram` as the load bench starts its peers: with its variables, and its ten questions.

The knowledge is ours, all of it. CONTENT=own runs our own flows as well. What is built from the content is kept in
the temporary folder, as on any second start; the database is new each time.
"""

import os
import shutil
import tempfile
from pathlib import Path

from bot.content.files import fingerprint

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]


def main() -> None:
    env = os.environ
    kind = env.get("CONTENT", "ten")
    work = Path(env["WORKDIR"]).resolve()
    kept = Path(env.get("BENCH_FOLDER", tempfile.gettempdir())) / f"overstap-bench-{kind}"
    os.environ |= {
        "TELEGRAM_BOT_TOKEN": env["TOKEN"],
        "TELEGRAM_BASE_URL": env["BASE_URL"].removesuffix("/bot"),
        "DATABASE_URL": env.get("BENCH_DATABASE") or f"sqlite:///{work / 'overstap.db'}",
        "ENCRYPTION_KEY_FILE": str(work / "encryption.keys"),
        "DATA_DIR": str(kept / "data"),
        "CONTENT_DIR": str(content(kept / "content", kind)),
        "LOG_LEVEL": "ERROR",
    }
    if env["TRANSPORT"] == "webhook":
        os.environ["WEBHOOK_SECRET"] = env["SECRET"]
    else:
        del os.environ["WEBHOOK_URL"]
    os.chdir(work)

    from bot.cli import main as overstap

    overstap(["telegram"])


def content(root: Path, kind: str) -> Path:
    """A copy of our content, that nobody edits while we measure; with the bench's questions unless `kind` is "own"."""
    version, of = fingerprint(REPOSITORY), root.with_name(root.name + ".version")
    if of.exists() and of.read_text() == version:
        return root
    shutil.rmtree(root, ignore_errors=True)  # of an older content: it may not even be read any more
    for folder in ("flows", "knowledge"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    if kind != "own":
        for flow in (root / "flows").glob("*.yaml"):
            if flow.name != "common.yaml":
                flow.unlink()
        shutil.copy(HERE / "intake10.yaml", root / "flows" / "intake.yaml")
    of.write_text(version)
    return root


if __name__ == "__main__":
    main()
