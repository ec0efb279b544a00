# shellcheck shell=sh
# What backup.sh and drill.sh share; they source it.
#
# POSIX sh has no pipefail, so nothing that may fail stands left of a pipe: it writes a file, which is looked at.

set -eu
umask 077
export LC_ALL=C
unset child session server upload
upload_key=

started=$(date +%s)
work=$(mktemp -d "$SCRATCH/run.XXXXXX")
metrics=$work/metrics

log() {
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >&2
}

refuse() {
  log "failed: $*"
  exit 1
}

# Runs a program so that SIGTERM is answered at once: a shell hears it while it waits, not while a program runs before it.
attend() {
  "$@" &
  child=$!
  wait "$child" || {
    status=$?
    unset child
    return "$status"
  }
  unset child
}

# Ends, however it ends, with nothing left: no process, no part of an upload, no file.
finish() {
  status=$?
  trap '' TERM INT
  trap - EXIT
  for process in ${child:-} ${session:-}; do
    kill "$process" 2>/dev/null || :
  done
  if [ -n "${server:-}" ]; then
    kill -QUIT "$server" 2>/dev/null || : # at once: what it holds is thrown away
    wait "$server" || :
  fi
  if [ -n "${upload:-}" ]; then
    aws s3api abort-multipart-upload --bucket "$BUCKET" --key "$upload_key" --upload-id "$upload" || :
  fi
  push_metrics
  rm -rf "$work"
  [ "$status" -eq 0 ] || log "ended with $status"
  exit "$status"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# measure NAME HELP VALUE
measure() {
  printf '# HELP %s %s\n# TYPE %s gauge\n%s %s\n' "$1" "$2" "$1" "$1" "$3" >>"$metrics"
}

# A gateway that is away fails no backup and no drill: what it has not got grows old, and is missed there.
push_metrics() {
  [ -n "${PUSHGATEWAY_URL:-}" ] && [ -s "$metrics" ] || return 0
  curl --silent --show-error --fail --max-time 30 --data-binary "@$metrics" \
    "$PUSHGATEWAY_URL/metrics/job/$JOB/instance/$NAME" || log 'the Pushgateway did not take the metrics'
}

bytes_of() {
  wc -c <"$1" | tr -d ' '
}

# The SHA-256 of a file, in hexadecimal digits.
sha256_of() {
  sum=$(sha256sum "$1")
  printf '%s\n' "${sum%% *}"
}
