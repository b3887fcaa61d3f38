#!/usr/bin/env bash
# Make an environment, install the checkout into it, and run the everyday suite; arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
exec .venv/bin/python -m pytest --quiet --numprocesses auto "$@"
