#!/usr/bin/env bash
# Installs the VSIX into VS Code and does in it what a user does: through the extension host, and through the screen.
# usage: bash tests/editors/vscode/run.sh [SCENARIO ...]      with HOME and WORKSPACE set by ../run.sh, or alone
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../env.sh"
. "$here/code-server.sh"

bash "$here/../install.sh" server vscode || exit 1
vsix=$(bash "$here/build.sh") || exit 1
server=$(server_folder)
work=$(mktemp -d "${TMPDIR:-/tmp}/wrongfix-code-XXXXXX")
trap 'stop_code' EXIT
export NODE_PATH=$CACHE/code-server/node_modules FAILURE_PICTURE=$work/failure.png
node=$CACHE/node/only/node

settings() { # settings FOLDER [LINE]: the user's settings, calm enough for a test
  mkdir -p "$1"
  cat >"$1/settings.json" <<JSON
{ ${2:-} "security.workspace.trust.enabled": false, "telemetry.telemetryLevel": "off", "update.mode": "none",
  "extensions.autoUpdate": false, "extensions.autoCheckUpdates": false, "workbench.startupEditor": "none",
  "workbench.enableExperiments": false, "workbench.tips.enabled": false, "workbench.secondarySideBar.defaultVisibility": "hidden", "chat.disableAIFeatures": true,
  "files.autoSave": "off", "files.exclude": { "**/.vscode": true }, "window.title": "\${activeEditorShort} - \${rootName}", "git.enabled": false, "window.commandCenter": false, "editor.minimap.enabled": false,
  "editor.accessibilitySupport": "off", "workbench.colorTheme": "Default Light Modern" }
JSON
}
workspace() { # workspace FOLDER [SCENARIO]
  mkdir -p "$1/docs/decisions"
  : >"$1/wrongfix.toml"
  cp "$here/../records/0003-opening-hours.md" "$1/docs/decisions/"
  [ -z "${2:-}" ] || echo "$2" >"$1/.scenario"
}

# A Python with nothing installed, and the programs an extension host needs; no wrongfix anywhere.
bare=$work/bare
mkdir -p "$bare"
for program in sh env uname cat sed readlink dirname basename which ps grep; do
  ln -s "$(command -v $program)" "$bare/$program"
done
mkdir -p "$work/python"
python3 -m venv --without-pip "$work/python/venv"
ln -s "$work/python/venv/bin/python3" "$work/python/python3"

drive_single() {
  workspace "$work/single" single
  settings "$work/a"
  start_code "$work/a" "$work/python:$bare" "$vsix/wrongfix.vsix" "$vsix/driver.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?folder=$work/single" "$work/single/.result.json"
}
drive_roots() {
  workspace "$work/one" roots
  workspace "$work/other" roots
  cp "$work/one/docs/decisions/0003-opening-hours.md" "$work/one/docs/decisions/0005-closed.md"
  echo 'ignore = ["KNW002"]' >"$work/other/wrongfix.toml"
  echo '{"folders": [{"path": "one"}, {"path": "other"}]}' >"$work/roots.code-workspace"
  settings "$work/a"
  start_code "$work/a" "$work/python:$bare" "$vsix/wrongfix.vsix" "$vsix/driver.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?workspace=$work/roots.code-workspace" "$work/one/.result.json"
}
drive_environment() {
  workspace "$work/environment" environment
  settings "$work/b"
  start_code "$work/b" "$server/bin:$bare" "$vsix/wrongfix.vsix" "$vsix/driver.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?folder=$work/environment" "$work/environment/.result.json"
}
drive_interpreter() {
  workspace "$work/interpreter" interpreter
  settings "$work/c"
  export TEST_INTERPRETER=$server/bin/python
  start_code "$work/c" "$work/python:$bare" "$vsix/wrongfix.vsix" "$vsix/driver.vsix" "$vsix/python.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?folder=$work/interpreter" "$work/interpreter/.result.json"
}
drive_untrusted() {
  workspace "$work/untrusted" untrusted
  settings "$work/d" '"security.workspace.trust.startupPrompt": "never",'
  sed -i 's/"security.workspace.trust.enabled": false/"security.workspace.trust.enabled": true/' "$work/d/settings.json"
  export TEST_INTERPRETER=$server/bin/python
  TRUST=--disable-telemetry \
    start_code "$work/d" "$work/python:$bare" "$vsix/wrongfix.vsix" "$vsix/driver.vsix" "$vsix/python.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?folder=$work/untrusted" "$work/untrusted/.result.json"
}
missing() { # missing NAME PATH SETTING MESSAGE: no server can be had, and this is said
  workspace "$work/$1" missing
  settings "$work/home-$1" "$3"
  start_code "$work/home-$1" "$2" "$vsix/wrongfix.vsix" "$vsix/driver.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?folder=$work/$1" "$work/$1/.result.json" "$4"
}
drive_no-python() {
  missing no-python "$bare" '' 'wrongfix needs Python 3.11 or newer, and none was found.'
}
drive_old-python() {
  mkdir -p "$work/old"
  printf '#!/bin/sh\necho 3.9.2\n' >"$work/old/python3"
  chmod +x "$work/old/python3"
  missing old-python "$work/old:$bare" '' 'only older ones were found: python3 (Python 3.9.2)'
}
drive_wrong-path() {
  missing wrong-path "$work/python:$bare" '"wrongfix.path": "/nowhere/wrongfix",' 'names /nowhere/wrongfix, which does not answer'
}
drive_parts() { # a Python the copy has no compiled parts for, played by a copy that has lost them
  workspace "$work/parts" parts
  settings "$work/f"
  "$CACHE/node/only/node" "$CACHE/code-server/node_modules/code-server/out/node/entry.js" --user-data-dir "$work/f/data" \
    --extensions-dir "$work/f/extensions" --install-extension "$vsix/wrongfix.vsix" >/dev/null 2>&1
  rm -r "$work"/f/extensions/wrongfix.wrongfix-*/bundled/native
  python3 -m venv "$work/pip"
  mkdir -p "$work/with-pip"
  ln -s "$work/pip/bin/python3" "$work/with-pip/python3"
  start_code "$work/f" "$work/with-pip:$bare" "$vsix/driver.vsix" || return 1
  "$node" "$here/scenario.js" "$CODE_URL/?folder=$work/parts" "$work/parts/.result.json" \
    'has no compiled parts for Python' 'Install the missing parts'
}
drive_screen() {
  workspace "$work/handbook"
  settings "$work/e"
  start_code "$work/e" "$work/python:$bare" "$vsix/wrongfix.vsix" || return 1
  "$node" "$here/screen.js" "$CODE_URL" "$work/handbook" "${PICTURES:-$work}"
}

[ $# -gt 0 ] || set -- single roots environment interpreter untrusted no-python old-python wrong-path parts screen
failed=0
for scenario in "$@"; do
  echo "$scenario:"
  "drive_$scenario" || failed=1
  stop_code
done
[ $failed -eq 0 ] && rm -rf "$work" || echo "(kept in $work)"
exit $failed
