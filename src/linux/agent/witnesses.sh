#!/bin/bash
# nines-pair witnesses: whether a majority of other hosts answers a ping. Run by keepalived, as a user of its own.
#
# usage: witnesses ADDRESS…
set -u

pids=()
for address; do
  ping -n -q -c 1 -W 1 "$address" >/dev/null 2>&1 &
  pids+=($!)
done
answered=0
for pid in "${pids[@]}"; do
  wait "$pid" && answered=$((answered + 1))
done
((2 * answered > $#))
