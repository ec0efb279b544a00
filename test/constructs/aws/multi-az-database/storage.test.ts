import { Size } from 'nines';
import type { DatabaseStorage } from 'nines/aws';
import { ignored, KEY, made, server, TOPOLOGIES } from './databases';
import { problem } from './refusal';

function instance(storage?: DatabaseStorage) {
  return server({ storage });
}

function cluster(storage?: DatabaseStorage) {
  return server({ topology: 'cluster', storage });
}

describe('MultiAZDatabase', () => {
  test.each(TOPOLOGIES)("is encrypted as %s with the account's own key by default", (topology) => {
    expect(server({ topology })).toMatchObject({ storage_encrypted: true });
    expect(server({ topology })).not.toHaveProperty('kms_key_id');
  });

  test.each(TOPOLOGIES)('is encrypted as %s with the key that is given', (topology) => {
    expect(server({ topology, storage: { kmsKeyArn: KEY } })).toMatchObject({
      storage_encrypted: true,
      kms_key_id: KEY,
      performance_insights_kms_key_id: KEY,
    });
  });

  describe('as an instance', () => {
    test('starts with 100 GiB of gp3 and grows by itself to ten times as much (max_allocated_storage)', () => {
      const one = instance();
      expect(one).toMatchObject({ storage_type: 'gp3', allocated_storage: 100, max_allocated_storage: 1000 });
      expect(one).not.toHaveProperty('iops');
    });

    test('grows to ten times the size that is chosen, at most to what RDS has', () => {
      expect(instance({ size: Size.gibibytes(20) })).toMatchObject({
        allocated_storage: 20,
        max_allocated_storage: 200,
      });
      expect(instance({ size: Size.tebibytes(10) })).toMatchObject({
        allocated_storage: 10_240,
        max_allocated_storage: 65_536,
      });
    });

    test('does not grow where there is no room', () => {
      expect(instance({ size: Size.gibibytes(59_578) })).toMatchObject({ max_allocated_storage: 65_536 });
      expect(instance({ size: Size.gibibytes(59_579) })).not.toHaveProperty('max_allocated_storage');
    });

    test('grows to what is said', () => {
      expect(instance({ max: Size.gibibytes(110) })).toMatchObject({ max_allocated_storage: 110 });
    });

    test('has the operations per second that are paid for', () => {
      expect(instance({ size: Size.gibibytes(400), iops: 12_000 })).toMatchObject({
        storage_type: 'gp3',
        iops: 12_000,
      });
      expect(instance({ type: 'io2', iops: 3000 })).toMatchObject({ storage_type: 'io2', iops: 3000 });
    });

    test('has by default the operations per second of its volume, also of one that takes more', () => {
      expect(instance({ size: Size.gibibytes(400) })).not.toHaveProperty('iops');
    });
  });

  describe('as a cluster', () => {
    test('has 100 GiB of gp3, which cannot grow', () => {
      const one = cluster();
      expect(one).toMatchObject({ storage_type: 'gp3', allocated_storage: 100 });
      expect(one).not.toHaveProperty('max_allocated_storage');
    });

    test('has the size, the kind and the operations per second that are chosen', () => {
      expect(cluster({ size: Size.gibibytes(500), type: 'io2', iops: 5000 })).toMatchObject({
        allocated_storage: 500,
        storage_type: 'io2',
        iops: 5000,
      });
    });

    // RDS answers 3000, and every plan would take them away: terraform-provider-aws#41203, #43442
    test('ignores the operations per second that the volume has by itself, and only those', () => {
      expect(ignored(cluster())).toContain('iops');
      expect(ignored(cluster({ size: Size.gibibytes(400), iops: 12_000 }))).not.toContain('iops');
    });
  });

  test('says nothing of the volume as Aurora: it grows by itself', () => {
    const one = server({ topology: 'aurora' });
    for (const argument of ['allocated_storage', 'storage_type', 'iops', 'db_cluster_instance_class']) {
      expect(one).not.toHaveProperty(argument);
    }
  });
});

const gib = (amount: number) => Size.gibibytes(amount);
type Row = readonly [what: string, topology: 'instance' | 'cluster' | 'aurora', storage: DatabaseStorage, text: string];

const ROWS: readonly Row[] = [
  [
    'a smaller volume than there is',
    'instance',
    { size: gib(19) },
    'storage.size in GiB must be a whole number from 20 to 65536, got 19; write Size.gibibytes(…)',
  ],
  [
    'a larger volume than there is',
    'instance',
    { size: gib(65_537) },
    'storage.size in GiB must be a whole number from 20 to 65536, got 65537; write Size.gibibytes(…)',
  ],
  [
    'a cluster below 100 GiB',
    'cluster',
    { size: gib(99) },
    'storage.size in GiB must be a whole number from 100 to 65536, got 99; write Size.gibibytes(…)',
  ],
  [
    'io2 below 100 GiB',
    'instance',
    { size: gib(50), type: 'io2', iops: 1000 },
    'storage.size in GiB must be a whole number from 100 to 65536, got 50; write Size.gibibytes(…)',
  ],
  [
    'parts of a GiB',
    'instance',
    { size: Size.mebibytes(102_401) },
    'storage.size in GiB must be a whole number from 20 to 65536, got 100.0009765625; write Size.gibibytes(…)',
  ],
  [
    'no room to grow: RDS grows by a tenth at least',
    'instance',
    { max: gib(109) },
    'storage.max must be at least a tenth above size (100 GiB), got 109 GiB; raise max',
  ],
  [
    'growth past the largest volume',
    'instance',
    { max: Size.tebibytes(65) },
    'storage.max in GiB must be a whole number from 20 to 65536, got 66560; write Size.gibibytes(…)',
  ],
  [
    'io2 without operations per second',
    'instance',
    { type: 'io2' },
    'storage.iops must be given with io2, got none; say how many operations per second',
  ],
  [
    'operations per second of a small gp3',
    'instance',
    { size: gib(399), iops: 12_000 },
    'storage.iops must be left out below 400 GiB of gp3, got 12000; it has 3000 there',
  ],
  [
    'fewer operations per second than a large gp3 has by itself',
    'instance',
    { size: gib(400), iops: 11_999 },
    'storage.iops must be a whole number from 12000 to 64000, got 11999; RDS allows no other for that size',
  ],
  [
    'more than a thousand operations per second for each GiB of io2',
    'instance',
    { type: 'io2', iops: 100_001 },
    'storage.iops must be a whole number from 1000 to 100000, got 100001; RDS allows no other for that size',
  ],
  [
    'less than one operation per second for two GiB of io2',
    'instance',
    { size: gib(3000), type: 'io2', iops: 1499 },
    'storage.iops must be a whole number from 1500 to 256000, got 1499; RDS allows no other for that size',
  ],
  [
    'a size on Aurora',
    'aurora',
    { size: gib(100) },
    "storage.size must be left out with topology 'aurora', got an object; its volume grows by itself",
  ],
  [
    'a kind of volume on Aurora',
    'aurora',
    { type: 'gp3' },
    "storage.type must be left out with topology 'aurora', got 'gp3'; its volume grows by itself",
  ],
  [
    'operations per second on Aurora',
    'aurora',
    { iops: 3000 },
    "storage.iops must be left out with topology 'aurora', got 3000; its volume grows by itself",
  ],
  [
    'the name of a key in place of its ARN',
    'instance',
    { kmsKeyArn: 'alias/mine' },
    "storage.kmsKeyArn must be the ARN of a KMS key, got 'alias/mine'; write it as in 'arn:aws:kms:eu-west-1:123456789012:key/…'",
  ],
];

describe('MultiAZDatabase', () => {
  test.each(ROWS)('refuses %s', (_, topology, storage, text) => {
    expect(problem({ topology, storage })).toBe(text);
  });

  test.each<[string, 'instance' | 'cluster', DatabaseStorage]>([
    ['the smallest instance', 'instance', { size: gib(20) }],
    ['the smallest cluster', 'cluster', { size: gib(100) }],
    ['the largest volume of a cluster', 'cluster', { size: gib(65_536) }],
    ['the largest volume of an instance', 'instance', { size: gib(65_536) }],
    ['growth by exactly a tenth', 'instance', { size: gib(100), max: gib(110) }],
    ['a large gp3 with more operations per second', 'instance', { size: gib(400), iops: 64_000 }],
    ['io2 from its fewest operations per second', 'instance', { type: 'io2', iops: 1000 }],
    ['io2 to its most', 'cluster', { size: gib(256), type: 'io2', iops: 256_000 }],
  ])('takes %s', (_, topology, storage) => {
    expect(() => made({ topology, storage })).not.toThrow();
  });
});
