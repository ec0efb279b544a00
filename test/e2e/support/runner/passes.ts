// Run by ../../runner.test.ts in the same process, after ./fails.ts.
test('finds nothing of another file', async () => {
  await new Promise((resolve) => setTimeout(resolve, 20)); // would be too long
  expect(process.env.LEFT_BEHIND).toBeUndefined();
});
