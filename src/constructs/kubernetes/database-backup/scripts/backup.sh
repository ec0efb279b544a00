#!/bin/sh
# Dumps a PostgreSQL database, encrypts it, and uploads it into the folder of every tier that is due today (UTC).
#
# Dump, then check, then upload: what fails half-way has uploaded nothing. The manifest comes after the object that it
# describes, and says what the dump must restore to: rows and checksums of every table, of the same snapshot.

scripts=$(dirname "$0")
. "$scripts/common.sh"
. "$scripts/calendar.sh"
. "$scripts/upload.sh"

now=$(date -u '+%Y%m%dT%H%M%SZ %m-%d-%u')
stamp=${now%% *}
object=$stamp.dump.age

# One session holds the snapshot, and locks that nobody can truncate or drop behind, while pg_dump reads it.
log 'snapshot'
mkfifo "$work/orders" "$work/answers"
psql --no-psqlrc --quiet --no-align --tuples-only --no-password --set ON_ERROR_STOP=1 --set lock_timeout="$LOCK_TIMEOUT" \
  <"$work/orders" >"$work/answers" &
session=$!
exec 3>"$work/orders" 4<"$work/answers"
cat "$scripts/settings.sql" "$scripts/snapshot.sql" >&3
{ read -r server_version && read -r snapshot; } <&4 || refuse 'no snapshot of the database'

log "dump of snapshot $snapshot"
attend pg_dump --no-password --format=custom --snapshot="$snapshot" --lock-wait-timeout="${LOCK_TIMEOUT}s" --no-sync \
  --file="$work/dump"

log 'rows and checksums'
cat "$scripts/roles.sql" "$scripts/facts.sql" >&3
exec 3>&-
cat <&4 >"$work/facts" &
child=$!
wait "$child"
unset child
exec 4<&-
wait "$session" || refuse 'rows and checksums could not be read'
unset session

log 'check'
attend pg_restore --file=/dev/null "$work/dump" # reads all of it

log 'encryption'
attend age --encrypt --recipients-file "$scripts/recipients" --output "$work/$object" "$work/dump"
rm "$work/dump"
size=$(bytes_of "$work/$object")
{
  echo 'nines-database-backup 1'
  echo "object $object"
  echo "bytes $size"
  echo "sha256 $(sha256_of "$work/$object")"
  echo "taken $started"
  echo "server_version_num $server_version"
} >"$work/manifest"
attend age --encrypt --armor --recipients-file "$scripts/recipients" --output "$work/facts.age" "$work/facts"
cat "$work/facts.age" >>"$work/manifest"

for tier in $(due_tiers "$TIERS" "${now#* }"); do
  log "upload to $tier/"
  put "$work/$object" "$tier/$NAME/$object"
  put "$work/manifest" "$tier/$NAME/$stamp.manifest"
done

finished=$(date +%s)
measure database_backup_last_success_timestamp_seconds 'When the last backup was there.' "$finished"
measure database_backup_duration_seconds 'How long it took.' $((finished - started))
measure database_backup_bytes 'Bytes of it, compressed and encrypted.' "$size"
log "done object=$object bytes=$size duration_seconds=$((finished - started))"
