#!/usr/bin/env bash
# Builds the extension's VSIX and those of the tests into the cache, when the sources are others than last time.
# usage: bash tests/editors/vscode/build.sh     prints the folder that holds them
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../env.sh"

cd "$CHECKOUT"
sources=$(git ls-files -co --exclude-standard -- . ':!sentences' ':!tests' && git ls-files -co --exclude-standard -- tests/editors/vscode)
sum=$(echo "$sources" | xargs -d '\n' sha256sum 2>/dev/null | sha256sum | cut -c1-12)
out=$CACHE/vsix-$sum
if [ ! -e "$out/wrongfix.vsix" ]; then
  rm -rf "$CACHE"/vsix-* "$CACHE/build"
  mkdir -p "$out" "$CACHE/build"
  # A copy, so that building leaves nothing in the checkout.
  echo "$sources" | tar --ignore-failed-read -cf - -T - 2>/dev/null | tar -C "$CACHE/build" -xf -
  ln -s "$CACHE/extension/node_modules" "$CACHE/build/editors/vscode/node_modules"
  PATH=$CACHE/node/only:$PATH
  bash -eu >"$out/log" 2>&1 <<SH || { cat "$out/log" >&2; rm -rf "$out"; exit 1; }
    cd "$CACHE/build/editors/vscode"
    npm run package
    for test in driver python; do
      cd "$CACHE/build/tests/editors/vscode/\$test"
      "$CACHE/extension/node_modules/.bin/vsce" package --no-dependencies --allow-missing-repository --skip-license \
        --out "$out/\$test.vsix"
    done
    mv "$CACHE/build/editors/vscode/wrongfix.vsix" "$out/"
SH
fi
echo "$out"
