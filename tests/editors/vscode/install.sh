#!/usr/bin/env bash
# Builds the VS Code extension, and brings the VS Code that tests/editors/test_vscode_editor.py drives.
# It needs npm, a Python with pip, and a Chromium that is installed already (Debian: apt-get install chromium).
set -euo pipefail
cd "$(dirname "$0")"

(
  cd ../../../editors/vscode
  npm ci --no-audit --no-fund
  npm run package
)

# Nothing is compiled: code-server does without its native parts.
npm install --no-audit --no-fund --no-package-lock --ignore-scripts
# With its scripts left out, this one has to fetch its program here.
(cd node_modules/node && node installArchSpecificPackage.js)
for folder in vscode vscode/extensions; do
  (cd "node_modules/code-server/lib/$folder" && npm install --no-audit --no-fund --omit=dev --ignore-scripts)
done
