"""Ask the advisory service of PyPI for known holes in the packages that run: `make audit`.

Exit code 0: none is known; 1: there are; 2: not every package could be asked for, so nothing is known either way.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).parent.parent / "requirements" / "run.txt"
SECONDS = "15"


def verdict(dependencies: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """Exit code, and what to say. A package that the service does not know is not safe: mirrors know no advisories."""
    holes = [(each, hole) for each in dependencies for hole in each.get("vulns", ())]
    unknown = [each["name"] for each in dependencies if "skip_reason" in each]
    said = [
        f"{each['name']} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none yet'}"
        for each, hole in holes
    ]
    if unknown:
        some = ", ".join(unknown[:5]) + (" ..." if len(unknown) > 5 else "")
        said.append(f"{len(unknown)} of {len(dependencies)} packages could not be asked for: {some}")
        said.append("Nothing is known of those. Run `make audit` where pypi.org itself answers.")
    return (1 if holes else 2 if unknown else 0), said or [f"{len(dependencies)} packages, and no known hole."]


def main() -> int:
    # Every package is pinned with its hashes, so nothing has to be installed to know which they are.
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(REQUIREMENTS)]
    command += ["--format", "json", "--timeout", SECONDS, "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        code, said = verdict(json.loads(done.stdout)["dependencies"])
    except (ValueError, LookupError):
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        code, said = 2, [f"The advisory service cannot be reached from here, and nothing is known: {reason[:200]}"]
    print("\n".join(said))
    return code


if __name__ == "__main__":
    sys.exit(main())
