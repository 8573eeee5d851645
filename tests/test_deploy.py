"""The examples in deploy/ work: each proxy with the program itself, where that is installed; the unit with systemd."""

import http.server
import re
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from telegrams import free_port

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


PG_DUMP = {"bookworm": 15, "trixie": 17}
"""Of which PostgreSQL the `postgresql-client` of Debian 12 and of Debian 13 is."""


def test_pg_dump_in_the_image_is_not_older_than_the_server_beside_it() -> None:
    """An older pg_dump refuses a newer server: then no backup would be made."""
    base = re.search(r"^ARG BASE=\S+-(\w+)$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    image = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["database"]["image"]
    assert base and PG_DUMP[base[1]] >= int(image.rpartition(":")[2])


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


class Bot(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200 if self.headers["X-Telegram-Bot-Api-Secret-Token"] == "s" else 403)
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def upstream() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bot)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "cert.pem", tmp_path / "cert.key"
    pem.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    return pem, secret


@contextmanager
def started(command: list[str], port: str, certificate: Path) -> Iterator[ssl.SSLContext]:
    """A proxy that listens, until the end."""
    trust = ssl.create_default_context(cafile=str(certificate))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                status(trust, port, "/")
                break
            except URLError:
                time.sleep(0.1)
        yield trust
    finally:
        process.terminate()
        process.wait(10)


def status(trust: ssl.SSLContext, port: str, path: str, secret: str | None = None, body: bytes = b"{}") -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    request = Request(f"https://localhost:{port}{path}", headers=headers, data=body if secret else None)
    try:
        with urlopen(request, context=trust, timeout=5) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def lets_one_path_through(trust: ssl.SSLContext, port: str) -> None:
    assert status(trust, port, "/telegram", "s") == 200
    assert status(trust, port, "/telegram", "wrong") == 403
    assert [status(trust, port, path) for path in ("/", "/metrics", "/readyz", "/telegram/x")] == [404] * 4
    # nginx says 413; Caddy 2.6 breaks the request off and says 502.
    assert status(trust, port, "/telegram", "s", b"x" * 2_000_000) in (413, 502)


@needs("nginx")
def test_nginx_lets_the_webhook_through_and_nothing_else(
    tmp_path: Path, upstream: int, certificate: tuple[Path, Path]
) -> None:
    port, (pem, key) = free_port(), certificate
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for written, here in {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "127.0.0.1:8080": f"127.0.0.1:{upstream}",
        "/etc/ssl/bot.example.nl.pem": str(pem),
        "/etc/ssl/bot.example.nl.key": str(key),
        "bot.example.nl": "localhost",
    }.items():
        assert written in site
        site = site.replace(written, here)
    folders = "client_body proxy fastcgi uwsgi scgi".split()
    head = f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}"
    temporary = " ".join(f"{each}_temp_path {tmp_path}/{each};" for each in folders)
    file = tmp_path / "nginx.conf"
    file.write_text(f"{head} http {{ {temporary} {site} }}")
    with started(["nginx", "-c", str(file), "-p", str(tmp_path)], port, pem) as trust:
        lets_one_path_through(trust, port)


@needs("caddy")
def test_caddy_lets_the_webhook_through_and_nothing_else(
    tmp_path: Path, upstream: int, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, (pem, key) = free_port(), certificate
    site = (DEPLOY / "Caddyfile").read_text("utf-8")
    for written, here in {
        "bot.example.nl {\n": f"https://localhost:{port} {{\n\ttls {pem} {key}\n",
        "127.0.0.1:8080": f"127.0.0.1:{upstream}",
    }.items():
        assert written in site
        site = site.replace(written, here)
    (tmp_path / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + site)
    monkeypatch.setenv("HOME", str(tmp_path))
    with started(
        ["caddy", "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"], port, pem
    ) as trust:
        lets_one_path_through(trust, port)


@needs("systemd-analyze")
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "overstap.service").read_text("utf-8")
    file = tmp_path / "overstap.service"
    # `verify` wants the program to be there.
    file.write_text(unit.replace("/srv/overstap/.venv/bin/overstap", "/bin/true"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "overstap.service" in line]
    assert said == [], done.stderr


def test_compose_and_the_containerfile_name_files_that_are_there() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    bot = compose["services"]["bot"]
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    used = {volume.partition(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert used == set(compose["volumes"])
    ignored = set((ROOT / ".containerignore").read_text("utf-8").split())
    assert {".env", "secrets", "var", ".git"} <= ignored, "no secret goes into an image"
    assert (ROOT / ".dockerignore").read_text("utf-8") == (ROOT / ".containerignore").read_text("utf-8")
