#!/bin/bash
# nines-pair check: whether this node's own service answers. Run by keepalived, as a user of its own; it ends the check when
# its time is over. The moment of the last run is written down: by it the agent tells a keepalived that hangs.
#
# usage: check http|https|tcp PORT SECONDS [PATH]
set -u
umask 022 # keepalived's own lets nobody else read

protocol=$1 port=$2 seconds=$3 path=${4:-/}

read -r now _ </proc/uptime
# In place, with a fixed length: that needs no room on a disk that is full.
{ printf '%-20s\n' "$now" 1<>/run/nines-pair/check/last; } 2>/dev/null || true

# The answer's status line, without curl.
status() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nUser-Agent: nines-pair\r\nConnection: close\r\n\r\n' "$path" >&3
  local version code
  IFS=' ' read -r -t "$seconds" -u 3 version code _ && [[ $version == HTTP/* && $code == 2?? ]]
}

case $protocol in
  http)
    status 2>/dev/null
    ;;
  https)
    # The certificate is for the name that clients use, not for 127.0.0.1.
    code=$(curl --silent --insecure --output /dev/null --noproxy '*' --max-time "$seconds" --write-out '%{http_code}' \
      "https://127.0.0.1:$port$path") && [[ $code == 2?? ]]
    ;;
  tcp)
    { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null
    ;;
  *) exit 2 ;;
esac
