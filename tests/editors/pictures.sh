#!/usr/bin/env bash
# Takes the pictures of the extension's README from the real thing; look at them before committing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$here/../../editors/vscode/pictures"
PICTURES=$here/../../editors/vscode/pictures bash "$here/vscode/run.sh" screen
