import { manifestsOf } from './tiers';

describe('HAWebTier', () => {
  test('makes what it made before, of no more than it needs', () => {
    expect(manifestsOf()).toMatchSnapshot();
  });
});
