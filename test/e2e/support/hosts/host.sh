#!/bin/sh
# A host: namespaces of its own (network, processes, mounts), and a copy of this machine's files that is thrown away.
#
# usage, as root: unshare --net --mount --pid --uts --ipc --fork --kill-child sh host.sh NAME FOLDER PROGRAM…
set -eu

name=$1
folder=$2
shift 2
hostname "$name"
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$folder"
mkdir "$folder/upper" "$folder/work" "$folder/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
root=$folder/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t sysfs sysfs "$root/sys"
mount -t tmpfs -o mode=755,size=8m none "$root/run"
mount -t tmpfs -o mode=1777 none "$root/tmp"
cp -a "$folder.files/." "$root/"
ip link set lo up
exec chroot "$root" "$@"
