#!/usr/bin/env bash
# Flips one bit of each byte of a small home and its mirror, one at a time, and uses what is left:
# that has to be noticed or to do no harm. Prints a table, and ends with 1 if there was anything else.
#
#   benchmarks/flips.sh [FLIPS [FOLDER [SEED]]]
#
# FLIPS is 0, every byte, unless given; FOLDER is best in memory (default: /dev/shm, else
# benchmarks/target).
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
folder=$here/target
[[ ! -w /dev/shm ]] || folder=/dev/shm
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

(cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2
exec "$java" -XX:+UseSerialGC -Xmx1g -Dslf4j.internal.verbosity=ERROR -cp "$here/target/app/*" \
  org.tidelog.benchmarks.crash.Flips "${2:-$folder}" --flips "${1:-0}" ${3:+--seed "$3"}
