import fc from 'fast-check';

/** Statements that fill an empty database, to be run by its owner, one after the other. */
export type DatabaseScript = readonly string[];

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\\N', '\\.', 'NULL', '\t\n\r', "it's", '"quoted"', 'ﷺ', '🧑‍🚀', 'a'.repeat(3000)),
);
const noNul = (value: string) => value.replace(/\0/g, '');

function quoted(value: string): string {
  return `'${noNul(value).replace(/'/g, "''")}'`;
}

function quotedName(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

const literal = (arbitrary: fc.Arbitrary<string | number>) => arbitrary.map((value) => quoted(String(value)));
const oneOf = (...values: readonly string[]) => fc.constantFrom(...values.map(quoted));
const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => `'\\x${Buffer.from(value).toString('hex')}'`);
const json = fc
  .json({ maxDepth: 3 })
  .map((value) => quoted(value.replace(/\\u0000/g, '').replace(/\\ud[89a-f]../g, '')));
const instant = fc
  .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => quoted(date.toISOString()));
const float = fc.double().map((value) => quoted(Object.is(value, -0) ? '-0' : String(value)));
const list = (item: fc.Arbitrary<string>, type: string) =>
  fc.array(item, { maxLength: 4 }).map((items) => `ARRAY[${items.join(',')}]::${type}[]`);

/** Values of every type that is drawn, as SQL; the types that are made here come last. */
const TYPES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  smallint: literal(fc.integer({ min: -32_768, max: 32_767 })),
  bigint: literal(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  numeric: oneOf('0', '-0.00', '1e-40', 'NaN', 'Infinity', '12345678901234567890.123456789', '100'),
  'numeric(12,3)': literal(fc.integer({ min: -1e8, max: 1e8 })),
  'double precision': fc.oneof(float, oneOf('NaN', 'Infinity', '-Infinity', '-0', '5e-324', '0.1')),
  real: fc.float().map((value) => quoted(Object.is(value, -0) ? '-0' : String(value))),
  boolean: oneOf('t', 'f'),
  text: text.map(quoted),
  'varchar(60)': fc.string({ unit: 'grapheme', maxLength: 5 }).map((value) => `left(${quoted(value)}, 60)`),
  'char(7)': oneOf('', 'a', ' a', 'a  b'),
  bytea: bytes,
  json,
  jsonb: json,
  uuid: literal(fc.uuid()),
  date: fc.oneof(instant, oneOf('infinity', '-infinity', '4713-01-01 BC')),
  timestamptz: fc.oneof(instant, oneOf('infinity', '-infinity', '2026-03-29 02:30:00 Europe/Paris')),
  'timestamp(3)': instant,
  timetz: oneOf('00:00:00+14', '24:00:00-12', '12:30:15.123456+05:45'),
  interval: oneOf('1 year -2 days 03:04:05.6', '-178000000 years', '00:00:00.000001'),
  money: oneOf('0', '-1.5', '92233720368547758.07'),
  inet: oneOf('192.168.0.1/24', '::1', '2001:db8::/32'),
  macaddr8: oneOf('08:00:2b:01:02:03:04:05'),
  'bit varying': oneOf('', '0', '101010111'),
  point: oneOf('(0.1,-1e300)', '(NaN,Infinity)'),
  polygon: oneOf('((0,0),(1,1),(0.3,1e-9))'),
  int8range: oneOf('empty', '[1,)', '(,5]', '[2,7)'),
  tstzmultirange: oneOf('{}', '{[2026-01-01,2026-02-01),[2027-01-01,)}'),
  tsvector: fc.constantFrom("to_tsvector('simple', 'the quick brown fox')", "'a:1A b:2'"),
  xml: oneOf('<a b="ü">1</a>', 'content only'),
  pg_lsn: oneOf('16/B374D848'),
  'text[]': list(text.map(quoted), 'text'),
  'int[]': oneOf('{}', '{1,NULL,3}', '{{1,2},{3,4}}', '[0:1]={7,8}'),
  hstore: oneOf('a=>1, "ü b"=>NULL', ''),
  mood: oneOf('sad', 'ok', 'ça va', `it's "fine"`),
  address: fc.tuple(text, fc.integer()).map(([street, number]) => `ROW(${quoted(street)}, ${number | 0})::address`),
  'address[]': text.map((street) => `ARRAY[ROW(${quoted(street)}, 1), NULL]::address[]`),
  positive: literal(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
};

const OWN_TYPES: DatabaseScript = [
  'CREATE EXTENSION hstore',
  `CREATE TYPE mood AS ENUM ('sad', 'ok', 'ça va', 'it''s "fine"')`,
  'CREATE TYPE address AS (street text, "number" int)',
  'CREATE DOMAIN positive AS int NOT NULL CHECK (VALUE > 0)',
];

const name = fc
  .oneof(
    fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
    fc.constantFrom('Größe', 'select', 'user', "o'brien", 'with space', 'semi;colon', '%I', '$1', ':x', 't', '日本語'),
  )
  .map((drawn) => noNul(drawn).replace(/[\n\r]/g, '_') || 'x')
  .filter((drawn) => Buffer.byteLength(drawn) <= 40);

interface Column {
  readonly name: string;
  readonly type: string;
}

const column: fc.Arbitrary<Column> = fc.record({ name, type: fc.constantFrom(...Object.keys(TYPES)) });

/** A table of any columns, and up to 12 rows, each value of which may be missing. */
const table = fc
  .record({
    columns: fc.uniqueArray(column, { maxLength: 7, selector: (drawn) => drawn.name }),
    rows: fc.nat(12),
    unlogged: fc.boolean(),
  })
  .chain(({ columns, ...rest }) => {
    const value = ({ type }: Column) =>
      type === 'positive' ? TYPES[type] : fc.option(TYPES[type] ?? fc.constant('NULL'), { nil: 'NULL', freq: 5 });
    const row = fc.tuple(...columns.map((drawn) => value(drawn) ?? fc.constant('NULL')));
    return fc.record({
      columns: fc.constant(columns),
      unlogged: fc.constant(rest.unlogged),
      rows: fc.array(row, { minLength: rest.rows, maxLength: rest.rows }),
    });
  });

/** What is in it beside tables of any columns, each or none. */
const EXTRAS: Readonly<Record<string, DatabaseScript>> = {
  'a generated column and an identity': [
    'CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY (START 7), a int, twice int GENERATED ALWAYS AS (a * 2) STORED)',
    'INSERT INTO made (a) SELECT g FROM generate_series(1, 500) AS g',
  ],
  'partitions, one of them empty': [
    'CREATE TABLE split (at date, what text) PARTITION BY RANGE (at)',
    "CREATE TABLE split_old PARTITION OF split FOR VALUES FROM ('2020-01-01') TO ('2025-01-01')",
    "CREATE TABLE split_new PARTITION OF split FOR VALUES FROM ('2025-01-01') TO ('2030-01-01')",
    'CREATE TABLE split_rest PARTITION OF split DEFAULT',
    "INSERT INTO split SELECT date '2023-12-25' + g, 'row ' || g FROM generate_series(1, 800) AS g",
  ],
  inheritance: [
    'CREATE TABLE parent (a int)',
    'CREATE TABLE child (b int) INHERITS (parent)',
    'INSERT INTO parent VALUES (1), (1), (1)',
    'INSERT INTO child VALUES (1, 2)',
  ],
  'large rows': [
    'CREATE TABLE large (id int PRIMARY KEY, body text, data bytea)',
    `INSERT INTO large SELECT g, repeat(md5(g::text), 60000), decode(repeat(md5(g::text), 30000), 'hex')
      FROM generate_series(1, 2) AS g`,
  ],
  'large objects, an empty one and one past a mebibyte': [
    `CREATE TABLE files AS SELECT lo_from_bytea(0, decode(repeat('0123456789abcdef', n), 'hex')) AS file
      FROM unnest(ARRAY[0, 1, 150000]) AS n`,
  ],
  'keys, indexes, checks and triggers': [
    'CREATE TABLE customer (id serial PRIMARY KEY, email text UNIQUE CHECK (email <> $$$$))',
    `CREATE TABLE "order" (id int PRIMARY KEY, customer int REFERENCES customer ON DELETE CASCADE,
      during daterange, EXCLUDE USING gist (during WITH &&))`,
    "INSERT INTO customer (email) VALUES ('a@example.com'), ('é@example.com')",
    'INSERT INTO "order" VALUES (1, 1, \'[2026-01-01,2026-02-01)\')',
    'CREATE INDEX ON customer (lower(email)) WHERE id > 0',
    `CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := lower(NEW.email); RETURN NEW; END $$`,
    'CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION stamp()',
  ],
  'views, plain and materialized': [
    'CREATE TABLE seen (a int)',
    'INSERT INTO seen SELECT generate_series(1, 10)',
    'CREATE VIEW doubled AS SELECT a * 2 AS a FROM seen',
    'CREATE MATERIALIZED VIEW summed AS SELECT sum(a) FROM doubled',
  ],
  'policies that name a role, and privileges': [
    'CREATE TABLE hidden (a int)',
    'INSERT INTO hidden VALUES (1), (2)',
    'ALTER TABLE hidden ENABLE ROW LEVEL SECURITY',
    'CREATE POLICY few ON hidden TO nines_reader USING (a = 1)',
    'GRANT SELECT ON hidden TO nines_reader',
  ],
  'sequences of their own, and comments': [
    'CREATE SEQUENCE counter START 40 INCREMENT -3 MINVALUE -100 MAXVALUE 100',
    "SELECT nextval('counter'), nextval('counter')",
    "COMMENT ON SEQUENCE counter IS 'counts; down'",
  ],
  'another schema, with a table of the same name': [
    'CREATE SCHEMA "Другая"',
    'CREATE TABLE same (a int)',
    'CREATE TABLE "Другая".same (a text)',
    `INSERT INTO "Другая".same VALUES ('ü')`,
  ],
  'a table without columns': [
    'CREATE TABLE bare ()',
    'INSERT INTO bare DEFAULT VALUES',
    'INSERT INTO bare DEFAULT VALUES',
  ],
  'a publication': ['CREATE TABLE told (a int PRIMARY KEY)', 'CREATE PUBLICATION news FOR TABLE told'],
};

/** What a draw is made of, for the count of what was drawn. */
export interface RandomDatabase {
  readonly script: DatabaseScript;
  readonly holds: readonly string[];
}

/** What must have been drawn once among all. */
export const EVERYTHING: readonly string[] = [
  ...Object.keys(TYPES),
  ...Object.keys(EXTRAS),
  'no table',
  'an empty table',
];

/** Databases of every kind. */
export const databases: fc.Arbitrary<RandomDatabase> = fc
  .record({
    tables: fc.array(table, { maxLength: 8 }),
    extras: fc.subarray(Object.keys(EXTRAS)),
    isEmpty: fc.nat(9).map((drawn) => drawn === 0),
  })
  .map(({ tables, extras, isEmpty }) => {
    if (isEmpty) return { script: [], holds: ['no table'] };
    const script = tables.flatMap(({ columns, rows, unlogged }, position) => {
      const called = quotedName(`table ${position} ${columns[0]?.name ?? ''}`.slice(0, 50));
      const list = columns.map((drawn) => `${quotedName(drawn.name)} ${drawn.type}`).join(', ');
      const values = rows.map((row) => `(${row.join(', ')})`).join(', ');
      const insert = columns.length > 0 && rows.length > 0 ? [`INSERT INTO ${called} VALUES ${values}`] : [];
      return [`CREATE ${unlogged ? 'UNLOGGED ' : ''}TABLE ${called} (${list})`, ...insert];
    });
    const types = tables.flatMap(({ columns }) => columns.map(({ type }) => type));
    const empty = tables.some(({ rows }) => rows.length === 0) ? ['an empty table'] : [];
    return {
      script: [...OWN_TYPES, ...script, ...extras.flatMap((extra) => EXTRAS[extra] ?? [])],
      holds: [...new Set([...types, ...extras, ...empty])],
    };
  });
