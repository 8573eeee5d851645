"""Make `knowledge/demands.yaml`: what work asks of somebody, such as lifting, by its unit group in ISCO-08.

    python -m venv /tmp/demands && /tmp/demands/bin/pip install -e . pyarrow
    /tmp/demands/bin/python scripts/build_demands.py esco_occupation_profiles.parquet isco_riasec_profile.csv

The first file is ESCO 1.2.0 as one row an occupation with its essential skills (labels). The second has, by ISCO-08
group, the share of the O*NET abilities of strength, and of physical activities, that are important in its occupations.
A group asks something when at least half of its occupations do. It hardly asks lifting when its occupations are work
with computers, and neither strength nor physical activity is among what is important: work of which a file says nothing
is left out, because nothing follows from that. What lies between has a share of lifting, 0 to 1: the mean of the share
of the abilities of strength and that of physical activities (general ones, and to handle and move objects).
NOTICE and docs/sources.md say whose data these are.
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow.parquet as parquet
import yaml

ROOT = Path(__file__).parent.parent
OUT = ROOT / "knowledge" / "demands.yaml"
HALF = 0.5
SKILLS = {
    "lift heavy weights": "lifting",
    "follow safety procedures when working at heights": "heights",
    "climb trees": "heights",
    "work in outdoor conditions": "outdoors",
    "communicate by telephone": "telephone",
    "tolerate sitting for long periods": "sitting",
    "work in shifts": "shifts",
    "drive vehicles": "licence",
    "perform defensive driving": "licence",
    "drive in urban areas": "licence",
    "manoeuvre heavy trucks": "licence",
    "park vehicles": "licence",
}
HEAD = """\
# yaml-language-server: $schema=../schemas/demands.json
#
# What work asks of somebody, by its unit group in ISCO-08, for who has a limit (limits.yaml). Made by
# `scripts/build_demands.py`. Work that is not here, or has no line for a demand, is not known to ask it: ask.
#
# This service uses the ESCO classification of the European Commission. This product includes information from the
# O*NET 29.2 Database by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used under
# the CC BY 4.0 license. O*NET is a trademark of USDOL/ETA. We modified some of this information; USDOL/ETA has not
# approved, endorsed or tested these modifications. The way from O*NET to ISCO-08 is the crosswalk of Nesta (MIT).

sources:
  - id: esco
    name: ESCO
    url: https://esco.ec.europa.eu/en/use-esco/download
    date: "2024-05"
    checked: "2026-11-26"
  - id: onet
    name: "O*NET"
    url: https://www.onetcenter.org/database.html
    date: "2025-02"
    checked: "2026-11-26"

work:
"""


def esco(file: Path) -> dict[str, dict[str, float]]:
    """By ISCO-08 group, the share of its occupations to which each demand is essential."""
    occupations, asking = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for row in parquet.read_table(file, columns=["isco_group", "essential_skills"]).to_pylist():
        group = (row["isco_group"] or "")[:4]
        occupations[group] += 1
        asking[group].update({SKILLS[skill] for skill in row["essential_skills"] or [] if skill in SKILLS})
    return {
        group: {kind: count / occupations[group] for kind, count in kinds.items()} for group, kinds in asking.items()
    }


def onet(file: Path) -> dict[str, dict[str, float]]:
    with file.open(encoding="utf-8", newline="") as rows:
        return {
            row["isco08"]: {name: float(row[name]) for name in ("strength", "physical_activity", "computers")}
            for row in csv.DictReader(rows)
        }


def main(of_esco: Path, of_onet: Path) -> None:
    groups = {
        one["isco"]
        for path in sorted((ROOT / "knowledge" / "occupations").glob("*.yaml"))
        for one in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    }
    skills, profiles, lines = esco(of_esco), onet(of_onet), []
    for group in sorted(groups):
        asks = {kind: "esco" for kind, share in sorted(skills.get(group, {}).items()) if share >= HALF}
        profile, hardly = profiles.get(group), {}
        if profile and profile["strength"] >= HALF:
            asks.setdefault("lifting", "onet")
        if profile and profile["computers"] >= HALF and not profile["strength"] and not profile["physical_activity"]:
            hardly["lifting"] = "onet"
        share = (profile["strength"] + profile["physical_activity"]) / 2 if profile else 0.0
        shares = {"lifting": f"{share:.2f}"} if share and "lifting" not in asks else {}
        if asks or hardly or shares:
            said = [f'isco: "{group}"']
            said += [f"{name}: {{{', '.join(f'{kind}: {source}' for kind, source in kinds.items())}}}"
                     for name, kinds in (("asks", asks), ("hardly", hardly), ("shares", shares)) if kinds]  # fmt: skip
            said += ["shares_from: onet"] if shares else []
            lines.append(f"  - {{{', '.join(said)}}}")
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} of {len(groups)} groups in {OUT}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
