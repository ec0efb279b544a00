#!/bin/sh
# The agent of a host of a pair, as it was generated, with nothing of keepalived but what it says: lines of standard input go
# where keepalived writes them. The checks run, as keepalived would run them.
#
# usage: host.sh, in a network and a root of its own
set -eu

ip link add ens5 type veth peer name wire
ip link set ens5 up
ip link set wire up
mkdir -p /run/nines-pair/check /var/lib/prometheus/node-exporter
mkfifo /run/nines-pair/events
exec 3<>/run/nines-pair/events
while :; do
  read -r up _ </proc/uptime
  echo "$up" >/run/nines-pair/check/last
  sleep 1
done &
/usr/local/lib/nines-pair/agent </dev/null 3<&- &
while read -r line; do
  case $line in
    '!'*) sh -c "${line#!}" ;;
    *) echo "$line" >&3 ;;
  esac
done
