#!/usr/bin/env bash
# Cuts the power without hardware. A small ext4 disk lies as a file on XFS; while a process appends,
# imports, publishes or deletes on it, the file is cloned in an instant: the clone is what the disk
# would be if the power had gone. It is mounted, and everything that was acknowledged before has to be
# there. Prints a line for each clone; ends with 1 if something does not hold.
#
#   benchmarks/powercut.sh [CLONES [FOLDER]]
#
# CLONES is 20 unless given; FOLDER needs 3 GB (default: benchmarks/target). Needs root, loop devices,
# mkfs.xfs and mkfs.ext4: where one of them is missing it says so and ends with 0.
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
clones=${1:-20}
folder=${2:-$here/target}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=${TIDELOG_CLASSES:-$here/target/app/*}

skip() {
  printf 'power cuts: skipped: %s\n' "$1"
  exit 0
}

((EUID == 0)) || skip 'only root can mount disks'
for tool in mkfs.xfs mkfs.ext4 losetup; do
  command -v "$tool" >/dev/null || skip "there is no $tool"
done

if [[ -z ${TIDELOG_CLASSES:-} ]]; then
  (cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2
fi
mkdir -p "$folder"
work=$(mktemp -d "$folder/tidelog-power-XXXXXX")
pid= disk= clone=

clean() {
  [[ -z $pid ]] || kill -9 "$pid" 2>/dev/null || true
  umount "$work/clone" 2>/dev/null || true
  [[ -z $clone ]] || losetup -d "$clone" 2>/dev/null || true
  umount "$work/disk" 2>/dev/null || true
  [[ -z $disk ]] || losetup -d "$disk" 2>/dev/null || true
  umount "$work/outer" 2>/dev/null || true
  [[ -n ${keep:-} ]] || rm -rf "$work"
}
trap clean EXIT

program=("$java" -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1 -Xmx512m
  -Dslf4j.internal.verbosity=ERROR -Djava.io.tmpdir="$work/tmp" -cp "$classes")
package=org.tidelog.benchmarks.crash

mkdir "$work"/{outer,disk,clone,tmp}
truncate -s 3072M "$work/outer.img"
mkfs.xfs -q -m reflink=1 "$work/outer.img"
mount -o loop "$work/outer.img" "$work/outer" 2>/dev/null || skip 'no loop device can be mounted'

# A new disk with a new scene on it.
new_disk() {
  truncate -s 768M "$work/outer/disk.img"
  mkfs.ext4 -q -F "$work/outer/disk.img"
  disk=$(losetup -f --show "$work/outer/disk.img")
  mount "$disk" "$work/disk"
  "${program[@]}" $package.Survivors make "$work/disk/scene"
}

drop_disk() {
  kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  pid=
  umount "$work/disk"
  losetup -d "$disk"
  disk=
  rm "$work/outer/disk.img"
}

# What was acknowledged is taken down first, then the disk.
cut_power() {
  cp "$work/said" "$work/acknowledged"
  cp --reflink=always "$work/outer/disk.img" "$work/outer/clone.img"
  clone=$(losetup -f --show "$work/outer/clone.img")
  mount "$clone" "$work/clone"
  if ! said=$("${program[@]}" $package.Survivors check "$work/clone/scene" "$work/acknowledged" 2>&1); then
    printf '%s\n' "$said" >&2
    printf 'power cut %d, while it did %s: see %s\n' "$1" "$2" "$work" >&2
    cp -a "$work/clone/scene" "$work/broken"
    keep=yes
    exit 1
  fi
  printf 'power cut %d, %s: %s\n' "$1" "$2" "$said"
  umount "$work/clone"
  losetup -d "$clone"
  clone=
  rm "$work/outer/clone.img"
}

operations=(append import publish delete merge)
done=0
while ((done < clones)); do
  operation=${operations[$((done / 4 % ${#operations[@]}))]}
  new_disk
  "${program[@]}" $package.Worker "$operation" "$work/disk/scene" "$RANDOM" >"$work/said" 2>"$work/errors" &
  pid=$!
  for ((waited = 0; waited < 300; waited++)); do
    [[ ! -s $work/said ]] || break
    sleep 0.1
  done
  for ((i = 0; i < 4 && done < clones; i++)); do
    sleep "0.$((RANDOM % 900 + 100))"
    done=$((done + 1))
    cut_power "$done" "$operation"
  done
  drop_disk
done
printf 'power cuts: %d, nothing acknowledged was lost\n' "$done"
