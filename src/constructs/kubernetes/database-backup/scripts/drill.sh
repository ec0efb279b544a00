#!/bin/sh
# Restores the newest backup into a server of its own, and compares it with what the database held.
#
# The server lives in the scratch directory, is reached by a socket in it alone, and goes with it.

scripts=$(dirname "$0")
. "$scripts/common.sh"

# field NAME: of the manifest
field() {
  sed -n "s/^$1 //p" "$work/manifest" | head -n 1
}

log 'search'
attend aws s3api list-objects-v2 --bucket "$BUCKET" --prefix "daily/$NAME/" --query 'Contents[].[Key]' --output text \
  >"$work/keys"
key=$(grep '\.manifest$' "$work/keys" | sort | tail -n 1)
[ -n "$key" ] || refuse "there is no whole backup in daily/$NAME/"
attend aws s3 cp --only-show-errors "s3://$BUCKET/$key" "$work/manifest"
[ "$(head -n 1 "$work/manifest")" = 'nines-database-backup 1' ] || refuse "$key is no manifest"

object=${key%.manifest}.dump.age
bytes=$(field bytes)
sha256=$(field sha256)
taken=$(field taken)
version=$(field server_version_num)
case $bytes:$taken:$version in
  *[!0-9:]* | :* | *::* | *:) refuse "$key is damaged" ;;
esac
age=$((started - taken))
measure database_backup_drill_age_seconds 'Age of the newest whole backup when the drill began.' "$age"
[ "$age" -le "$MAX_AGE" ] || refuse "the newest whole backup, $key, is $age seconds old, more than $MAX_AGE"
[ "$age" -ge -300 ] || refuse "$key is of the future: the clocks differ by $((-age)) seconds"

log "download of $object"
attend aws s3 cp --only-show-errors "s3://$BUCKET/$object" "$work/object"
[ "$(bytes_of "$work/object")" = "$bytes" ] || refuse "$object has $(bytes_of "$work/object") bytes, not $bytes"
[ "$(sha256_of "$work/object")" = "$sha256" ] || refuse "$object has another SHA-256 than its manifest says"

log 'decryption'
attend age --decrypt --identity "$IDENTITY" --output "$work/dump" "$work/object"
rm "$work/object"
sed -n '/^-----BEGIN AGE/,$p' "$work/manifest" >"$work/facts.age"
attend age --decrypt --identity "$IDENTITY" --output "$work/facts" "$work/facts.age"
grep '^\[' "$work/facts" >"$work/expected" || refuse "$key does not say what was in the database"
grep '^CREATE ROLE ' "$work/facts" >"$work/roles.sql" || :

log 'server'
major=$(postgres --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
[ "$major" -ge $((version / 10000)) ] || refuse "PostgreSQL $major is older than that of the backup, $((version / 10000))"
attend initdb --pgdata="$work/data" --username=nines_drill --auth=trust --encoding=UTF8 --locale=C --no-sync \
  >"$work/initdb"
export PGHOST="$work" PGPORT=5432 PGUSER=nines_drill
postgres -D "$work/data" -k "$work" -c listen_addresses= -c fsync=off -c full_page_writes=off -c autovacuum=off \
  -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c max_locks_per_transaction=1024 \
  -c dynamic_shared_memory_type=mmap >"$work/server.log" 2>&1 &
server=$!
tries=0
until pg_isready --quiet --dbname=template1; do
  tries=$((tries + 1))
  [ "$tries" -le 600 ] || refuse "the server does not start: $(tail -n 3 "$work/server.log")"
  sleep 0.2 # not of POSIX, but of coreutils and of busybox
done

log 'restore'
attend psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname=template1 --file="$work/roles.sql"
attend pg_restore --exit-on-error --clean --if-exists --create --no-tablespaces --no-subscriptions --dbname=template1 \
  "$work/dump"

log 'comparison'
attend psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 \
  --file="$scripts/settings.sql" --file="$scripts/facts.sql" >"$work/restored"
sort "$work/expected" >"$work/expected.sorted"
sort "$work/restored" >"$work/restored.sorted"
if ! diff "$work/expected.sorted" "$work/restored.sorted" >"$work/differences"; then
  head -n 40 "$work/differences" >&2
  refuse "$object does not restore to what was in the database (<)"
fi

finished=$(date +%s)
tables=$(grep -c '^\["table"' "$work/restored" || :)
measure database_backup_drill_last_success_timestamp_seconds 'When the last drill passed.' "$finished"
measure database_backup_drill_duration_seconds 'How long it took, which a restore takes too.' $((finished - started))
log "passed object=$object age_seconds=$age duration_seconds=$((finished - started)) tables=$tables"
