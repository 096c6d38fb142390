#!/usr/bin/env bash
# How time and memory grow with a log, up to ten million entries, and with the number of logs in a
# home. Prints tables and draws docs/scale-time.svg and docs/scale-memory.svg. Takes a quarter of an
# hour, and five gigabytes in FOLDER.
#
#   benchmarks/scale.sh [FOLDER [POWERS]]
#
# FOLDER is on the disk to measure (default: benchmarks/target); POWERS is 7 for ten million.
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
folder=${1:-$here/target}
powers=${2:-7}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

(cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2

run() {
  "$java" -XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR "$@"
}

printf '\n## Growth\n'
PICTURES=$root/docs run -Xmx64m -cp "$here/target/app/*" \
  org.tidelog.benchmarks.ScaleBenchmark "$folder" --powers "$powers"

printf '\n## Ten thousand logs in one home\n\n'
many=$(mktemp -d "$folder/tidelog-many-XXXXXX")
trap 'rm -rf "$many"' EXIT
run -Xmx1g -cp "$here/target/app/*" org.tidelog.benchmarks.ManyLogs fill "$many" 10000
for _ in 1 2 3; do
  run -Xmx128m -cp "$here/target/app/*" org.tidelog.benchmarks.ManyLogs open "$many" 10000
done
