#!/usr/bin/env bash
# The reader in this folder reads logs that the command line published to a Kubo daemon, through that daemon's gateway.
#   TIDELOG_IPFS=$(.ci/kubo) spec/reader/kubo.sh
set -euo pipefail
unset CDPATH
cd -P "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=interop/kubo.bash
source ../../interop/kubo.bash

find_node 20
npm install --no-package-lock --no-audit --no-fund --silent
start_kubo

tidelog -q init --no-passphrase --no-recovery-phrase >/dev/null
# One that anyone can read, and one that takes an invitation.
tidelog topic create news --open >/dev/null
tidelog topic create trip >/dev/null
append_lines news 500
append_lines trip 300
tidelog publish --json >"$work/published"
invitation=$(tidelog topic share trip --json | field invitation)
while read -r log; do
  name=$(field name <<<"$log")
  tidelog read "$name" --all --json >"$work/expected"
  "$node" checks/kubo.js "$work/expected" "$gateway" "$name" \
    $([[ $(field topic <<<"$log") == news ]] || printf -- '--invitation %s' "$invitation")
done <"$work/published"
printf 'passed: read through the gateway of a Kubo daemon\n'
