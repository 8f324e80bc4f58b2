#!/usr/bin/env bash
# Write the three locks from pyproject.toml. No address may enter them:
# where packages come from is the business of the machine that installs them.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="make lock"
uv=.venv/bin/uv
common=(--generate-hashes --python-version 3.11 --universal --quiet)

"$uv" pip compile pyproject.toml "${common[@]}" --group dev -o requirements/dev.txt
# The runner's set repeats the developer's choices, so that what was tested is what runs.
"$uv" pip compile pyproject.toml "${common[@]}" --constraint requirements/dev.txt -o requirements/base.txt
"$uv" pip compile "${common[@]}" --constraint requirements/dev.txt --group pyproject.toml:build -o requirements/build.txt
