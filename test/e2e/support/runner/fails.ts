// Run by ../../runner.test.ts: each test but the first fails in a way of its own.
const later = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));

afterAll(() => {
  process.env.LEFT_BEHIND = 'yes';
  jest.setTimeout(1);
});

test('passes', () => {
  expect(1).toBe(1);
});

test('expects otherwise', () => {
  expect({ a: 1 }).toEqual({ a: 2 });
});

test('throws', () => {
  throw new RangeError('thrown');
});

test('rejects', async () => {
  await later();
  throw new Error('rejected');
});

test('throws when nobody waits', async () => {
  setTimeout(() => {
    throw new Error('too late');
  });
  await later();
});

test('rejects when nobody waits', async () => {
  void Promise.reject(new Error('unheard'));
  await later();
});

test('takes too long', () => later(60), 20);

test('asserts less than it says', () => {
  expect.assertions(2);
  expect(1).toBe(1);
});

test('differs from its snapshot', () => {
  expect(1).toMatchInlineSnapshot('2');
});
