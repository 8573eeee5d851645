#!/bin/sh
# Pins every dependency with its hashes, for every platform and Python >= 3.11. Run it after a change in pyproject.toml.
set -eu
cd "$(dirname "$0")/.."
pin() {
    .venv/bin/uv pip compile pyproject.toml --extra postgresql --extra fast --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet "$@"
}
.venv/bin/python -m pip install --quiet uv
pin --group build --output-file requirements/run.txt
pin --group build --group dev --output-file requirements/dev.txt
.venv/bin/uv pip compile --group audit --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file requirements/audit.txt
