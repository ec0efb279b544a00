#!/bin/sh
# Runs a program as a container would: as the first process of a namespace, with which all others end; with a read-only
# root; as a user of its own without capabilities; with directories mounted where the pod has its volumes.
#
# usage, as root: unshare --mount --pid --ipc --fork --kill-child --mount-proc sh run.sh USER GROUP FROM:TO… -- PROGRAM…
set -eu

user=$1
group=$2
shift 2
if [ -d "$HOME/.pyenv" ]; then # programs in a home that others may not enter
  mount -t tmpfs none /mnt
  mkdir /mnt/home
  mount --bind "$HOME" /mnt/home
  mount -t tmpfs -o mode=755 none "$HOME"
  mkdir "$HOME/.pyenv"
  mount --bind /mnt/home/.pyenv "$HOME/.pyenv"
  umount /mnt/home
fi
mount -t tmpfs -o mode=755 none /run
while [ "$1" != -- ]; do
  mkdir -p "${1#*:}"
  mount --bind "${1%%:*}" "${1#*:}"
  shift
done
shift
mount -o remount,bind,ro /
exec setpriv --reuid="$user" --regid="$user" --groups="$group" --inh-caps=-all --bounding-set=-all --no-new-privs "$@"
