#!/usr/bin/env bash
# Breaks a disk under a process that appends, imports, publishes, deletes or joins slices: from some
# moment on every read and write fails with an input or output error. The process has to end by
# itself with a named error, and when the disk is whole again everything acknowledged has to be there.
#
#   benchmarks/eio.sh [TIMES [FOLDER]]
#
# TIMES is 20 unless given; FOLDER is where the disk lies (default: benchmarks/target). The disk is
# one of the device mapper, replaced by its error target, where there is root and a kernel with it;
# else a folder, whose calls fail in a library that is loaded before the C library (Linux, a C
# compiler). Where neither is there it says so and ends with 0.
set -euo pipefail
unset CDPATH

here=$(cd -P "${BASH_SOURCE[0]%/*}" && pwd)
root=${here%/*}
times=${1:-20}
folder=${2:-$here/target}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=${TIDELOG_CLASSES:-$here/target/app/*}
seconds_max=60
disk_sectors=$((256 * 2048))

skip() {
  printf 'broken disks: skipped: %s\n' "$1"
  exit 0
}

has_device_mapper() {
  ((EUID == 0)) && command -v dmsetup mkfs.ext4 losetup >/dev/null && grep -q device-mapper /proc/devices &&
    dmsetup targets 2>/dev/null | grep -q '^error '
}

if has_device_mapper; then
  way=device
elif [[ -e /proc/self/fd ]] && command -v cc >/dev/null; then
  way=library
else
  skip 'this kernel has no device mapper, or this is not root, and there is no C compiler'
fi

if [[ -z ${TIDELOG_CLASSES:-} ]]; then
  (cd "$root" && mvn -q -B -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) >&2
fi
mkdir -p "$folder"
work=$(mktemp -d "$(cd -P "$folder" && pwd)/tidelog-eio-XXXXXX")
pid= loop= mapped=

clean() {
  [[ -z $pid ]] || kill -9 "$pid" 2>/dev/null || true
  umount "$work/disk" 2>/dev/null || true
  [[ -z $mapped ]] || dmsetup remove --retry "$mapped" 2>/dev/null || true
  [[ -z $loop ]] || losetup -d "$loop" 2>/dev/null || true
  [[ -n ${keep:-} ]] || rm -rf "$work"
}
trap clean EXIT

program=("$java" -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1 -Xmx512m
  -Dslf4j.internal.verbosity=ERROR -Djava.io.tmpdir="$work/tmp" -cp "$classes")
package=org.tidelog.benchmarks.crash
mkdir "$work"/{disk,tmp}
[[ $way == device ]] || cc -O1 -shared -fPIC -o "$work/eio.so" "$here/eio.c" -ldl

new_disk() {
  if [[ $way == device ]]; then
    truncate -s $((disk_sectors * 512)) "$work/disk.img"
    mkfs.ext4 -q -F "$work/disk.img"
    loop=$(losetup -f --show "$work/disk.img")
    mapped=tidelog-eio-$$
    dmsetup create "$mapped" --table "0 $disk_sectors linear $loop 0"
    mount "/dev/mapper/$mapped" "$work/disk"
  fi
  "${program[@]}" $package.Survivors make "$work/disk/scene"
}

# All that is read or written from now on fails.
break_disk() {
  if [[ $way == device ]]; then
    dmsetup suspend --noflush --nolockfs "$mapped"
    dmsetup load "$mapped" --table "0 $disk_sectors error"
    dmsetup resume "$mapped"
  else
    touch "$work/broken"
  fi
}

mend_disk() {
  if [[ $way == device ]]; then
    umount "$work/disk"
    dmsetup load "$mapped" --table "0 $disk_sectors linear $loop 0"
    dmsetup suspend "$mapped" && dmsetup resume "$mapped"
    e2fsck -fp "/dev/mapper/$mapped" >/dev/null || (($? < 4))
    mount "/dev/mapper/$mapped" "$work/disk"
  else
    rm "$work/broken"
  fi
}

drop_disk() {
  if [[ $way == device ]]; then
    umount "$work/disk"
    dmsetup remove --retry "$mapped"
    mapped=
    losetup -d "$loop"
    loop=
  else
    rm -rf "$work/disk/scene"
  fi
}

start() {
  local preload=()
  [[ $way == device ]] ||
    preload=(env LD_PRELOAD="$work/eio.so" EIO_FOLDER="$work/disk/scene" EIO_TRIGGER="$work/broken")
  "${preload[@]}" "${program[@]}" $package.Worker "$1" "$work/disk/scene" "$RANDOM" \
    >"$work/said" 2>"$work/errors" &
  pid=$!
}

wait_for() {
  local waited
  for ((waited = 0; waited < seconds_max * 10; waited++)); do
    ! "$@" || return 0
    sleep 0.1
  done
  return 1
}

has_spoken() { [[ -s $work/said ]]; }
has_ended() { ! kill -0 "$pid" 2>/dev/null; }

fail() {
  cat "$work/errors" >&2
  printf 'broken disk %d, while it did %s: %s: see %s\n' "$1" "$2" "$3" "$work" >&2
  keep=yes
  exit 1
}

operations=(append import publish delete merge)
for ((i = 1; i <= times; i++)); do
  operation=${operations[$(((i - 1) % ${#operations[@]}))]}
  new_disk
  start "$operation"
  wait_for has_spoken || fail "$i" "$operation" 'it does not begin'
  sleep "$((RANDOM % 4 + 1)).$((RANDOM % 900 + 100))"
  break_disk
  wait_for has_ended || fail "$i" "$operation" 'it goes on as if nothing were broken'
  wait "$pid" || true
  pid=
  error=$(sed -n 's/^Exception in thread "main" //p' "$work/errors" | head -n 1)
  [[ $error == org.tidelog.node.TidelogException:* ]] || fail "$i" "$operation" 'it ends without a named error'
  mend_disk
  said=$("${program[@]}" $package.Survivors check "$work/disk/scene" "$work/said" 2>&1) ||
    { printf '%s\n' "$said" >&2; fail "$i" "$operation" 'something is lost'; }
  printf 'broken disk %d, %s: %s\n' "$i" "$operation" "$said"
  drop_disk
done
printf 'broken disks (by %s): %d, nothing acknowledged was lost\n' "$way" "$times"
