// Run by ../../runner.test.ts: a file that cannot be loaded.
test('never runs', () => undefined);

throw new Error('broken file');
