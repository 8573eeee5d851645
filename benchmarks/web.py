"""How fast the page is, and what idle talks cost: `python benchmarks/web.py [--people 200] [--idle 5000] [--script]`.

`overstap web` serves a database of its own on SQLite. The first page with all that it loads is weighed and timed,
without a script. Then so many people talk at once, each for some turns with a pause of five seconds on average between
them, as who reads and types; the time of a turn is that of its POST with the page that follows it, or with `--script`
of the one POST that our script sends. Then so many others say one thing and are silent; the memory of the process is
compared before and after. Load says how busy it was.
"""

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from statistics import median, quantiles

import httpx

ROOT = Path(__file__).parent.parent
PORT = 18797
ADDRESS = f"http://127.0.0.1:{PORT}"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
SAID = (
    "ik wil timmerman worden, ik woon in Utrecht",
    "verkoper in een winkel",
    "mbo niveau 2",
    "bestaat stap nog",
    "34",
)
PAUSE = 5.0  # seconds


LINE = re.compile(r'data-line="([^"]+)"')


def form_of(page: str) -> dict[str, str]:
    part = page.partition('id="press"')[2].partition("</form>")[0]
    return {name: unescape(value) for name, value in HIDDEN.findall(part)}


async def talk(times: list[float], turns: int, number: int, pause: float = PAUSE, script: bool = False) -> None:
    headers = {"X-Forwarded-For": f"10.{number % 200}.{number // 200 % 250}.7"}  # each has an address of their own
    async with httpx.AsyncClient(base_url=ADDRESS, headers=headers, timeout=60) as client:
        await asyncio.sleep(random.uniform(0, pause))
        page = (await client.get("/")).text
        for turn in range(turns):
            await asyncio.sleep(random.uniform(0.5, 1.5) * pause)
            began = time.perf_counter()
            by_script = {"X-Talk": LINE.findall(page)[-1]} if script else {}
            form = {**form_of(page), "text": SAID[turn % len(SAID)]}
            response = await client.post("/", data=form, headers=by_script)
            assert response.status_code == (200 if script else 303), response.status_code
            page = response.text if script else (await client.get("/")).text
            times.append(time.perf_counter() - began)


async def idle(count: int) -> None:
    times: list[float] = []
    for start in range(0, count, 50):
        await asyncio.gather(*(talk(times, 1, start + number, pause=0.05) for number in range(50)))


def first_page() -> tuple[int, float]:
    """Bytes of the page, its style sheet and its sign; the median time of the page in milliseconds."""
    with httpx.Client(base_url=ADDRESS) as client:
        page = client.get("/").text
        files = [path for path in ASSET.findall(page) if ".js" not in path]
        size = len(page.encode()) + sum(len(client.get(path).content) for path in files)
        times = []
        for _ in range(50):
            began = time.perf_counter()
            client.get("/")
            times.append(time.perf_counter() - began)
    return size, median(times) * 1000


def resident(pid: int) -> float:
    """In megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor(pid: int) -> float:
    """Seconds of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--idle", type=int, default=5000)
    parser.add_argument("--script", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "OVERSTAP_HOME": folder, "CONTENT_DIR": str(ROOT), "WEB_PORT": str(PORT)}
        command = [sys.executable, "-c", "from bot.cli import main; main()", "web"]
        with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            try:
                measure(process.pid, asked)
            finally:
                process.terminate()


def measure(pid: int, asked: argparse.Namespace) -> None:
    for _ in range(600):
        try:
            httpx.get(f"{ADDRESS}/healthz")
            break
        except httpx.TransportError:
            time.sleep(0.5)
    size, first = first_page()
    print(f"first page: {size / 1000:.1f} KB without a script, {first:.1f} ms")
    times: list[float] = []
    before = processor(pid)

    async def crowd() -> None:
        await asyncio.gather(*(talk(times, asked.turns, number, script=asked.script) for number in range(asked.people)))

    asyncio.run(crowd())
    p95 = quantiles(times, n=20)[-1] * 1000
    spent = (processor(pid) - before) / len(times) * 1000
    print(f"{asked.people} people, {len(times)} turns: median {median(times) * 1000:.1f} ms, p95 {p95:.1f} ms")
    print(f"  the processor took {spent:.2f} ms a turn, with its page")
    warm = resident(pid)
    asyncio.run(idle(asked.idle))
    print(f"{asked.idle} idle talks: {resident(pid) - warm:+.1f} MB, from {warm:.0f} MB")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
