import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { generatedDocs } from '../../scripts/generate-docs';

describe('computed tables', () => {
  test.each(generatedDocs().map(({ file, text }) => [basename(file), file, text]))(
    'of docs/%s are what the code computes (npm run docs writes them)',
    (_, file, text) => {
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});
