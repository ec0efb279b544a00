BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SELECT set_config('lock_timeout', :'lock_timeout' || 's', false) \g /dev/null
-- Held to the end: a table that is truncated between the dump and its checksum would look like a bad backup.
SELECT format('LOCK TABLE ONLY %I.%I IN ACCESS SHARE MODE', nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p') AND relpersistence = 'p' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
  )
\gexec
SHOW server_version_num;
SELECT pg_export_snapshot();
