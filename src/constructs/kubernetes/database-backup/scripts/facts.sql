-- Rows and a checksum of every table whose rows a dump holds, one JSON array per line. The order of rows counts for
-- nothing: a checksum is the sum of 64 bits of each row's SHA-256. Sequences move on outside of snapshots, materialized
-- views are computed anew by a restore, tables of extensions are made by them, and rows of unlogged tables are on no
-- standby: none of these is compared.
SELECT format(
  $query$
    SELECT json_build_array('table', %L, count(*)::text, coalesce(sum(
      ('x' || left(encode(sha256(convert_to(ROW(t.*)::text, getdatabaseencoding())), 'hex'), 16))::bit(64)::bigint
    ), 0)::text)
    FROM ONLY %I.%I AS t
  $query$,
  format('%I.%I', nspname, relname), nspname, relname
)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND relpersistence = 'p' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
  )
ORDER BY nspname COLLATE "C", relname COLLATE "C"
\gexec
-- Large objects, a mebibyte at a time; 262144 opens one for reading.
SELECT json_build_array('large objects', '', count(DISTINCT loid)::text, coalesce(sum(
  ('x' || left(encode(sha256(
    convert_to(loid || ' ' || position, 'SQL_ASCII') || lo_get(loid, position, 1048576)
  ), 'hex'), 16))::bit(64)::bigint
), 0)::text)
FROM (SELECT oid AS loid, lo_lseek64(lo_open(oid, 262144), 0, 2) AS bytes FROM pg_largeobject_metadata OFFSET 0) AS object,
  generate_series(0, bytes, 1048576) AS position;
