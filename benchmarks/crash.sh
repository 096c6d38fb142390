#!/usr/bin/env bash
# Kills so many processes at random moments and checks after each what is left. Prints a table of
# what was hit; ends with 1, and says in which folder, if something does not hold.
#
#   benchmarks/crash.sh [KILLS [FOLDER [SEED]]]
#
# KILLS is 2000 unless given; FOLDER is on the disk to use (default: benchmarks/target).
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
kills=${1:-2000}
folder=${2:-$here/target}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

(cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2
exec "$java" -XX:+UseSerialGC -Xmx1g -Dslf4j.internal.verbosity=ERROR -cp "$here/target/app/*" \
  org.tidelog.benchmarks.crash.Crashes "$folder" --kills "$kills" ${3:+--seed "$3"}
