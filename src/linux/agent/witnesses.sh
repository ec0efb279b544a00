#!/bin/bash
# nines-pair witnesses: whether a majority of other hosts answers a ping. Run by keepalived, as a user of its own, which ends
# it after a second: it ends by itself before that, as soon as it is known. Pings that are left end by themselves.
#
# usage: witnesses ADDRESS…
set -u

for address; do
  ping -n -q -c 1 -W 0.8 "$address" >/dev/null 2>&1 &
done
answered=0
for ((left = $#; left > 0 && 2 * answered <= $# && 2 * (answered + left) > $#; left--)); do
  wait -n && answered=$((answered + 1))
done
((2 * answered > $#))
