import type { PostgresServer } from './postgres';
import { mustRun } from './processes';

/** What pg_dump says of a database without its rows. */
export async function schemaOf({ env }: PostgresServer, database: string): Promise<string> {
  const { stdout } = await mustRun('pg_dump', ['--schema-only', '--create', database], { env });
  return stdout.replace(/^\\(un)?restrict \w+$/gm, ''); // a new word each time
}

const IN_ORDER = `
  SET extra_float_digits = 3; SET bytea_output = hex; SET timezone = 'UTC';
  SELECT format('COPY (SELECT %L, it.* FROM ONLY %I.%I AS it ORDER BY ROW(it.*)::text COLLATE "C") TO STDOUT',
    nspname || '.' || relname, nspname, relname)
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind IN ('r', 'm') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  ORDER BY nspname COLLATE "C", relname COLLATE "C"
  \\gexec
  SELECT format('SELECT %L, last_value, is_called FROM %I.%I', relname, nspname, relname)
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind = 'S' ORDER BY nspname COLLATE "C", relname COLLATE "C"
  \\gexec
  SELECT oid, lo_get(oid) FROM pg_largeobject_metadata ORDER BY oid;
`;

/** Every row of every table and materialized view, every sequence and every large object, as text in a fixed order. */
export async function contentOf({ env }: PostgresServer, database: string): Promise<string> {
  const args = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database];
  const { stdout } = await mustRun('sh', ['-c', 'printf %s "$0" | psql "$@"', IN_ORDER, ...args], { env });
  return stdout;
}
