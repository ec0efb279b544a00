import { Size } from 'nines';
import { inMebibytes } from '../../src/units';

describe('inMebibytes', () => {
  test.each([
    ['a part of a KiB', Size.mebibytes(0.0001), 0.0001],
    ['512 KiB', Size.kibibytes(512), 0.5],
    ['1 MiB', Size.mebibytes(1), 1],
    ['1.5 MiB', Size.mebibytes(1.5), 1.5],
    ['30 GiB', Size.gibibytes(30), 30_720],
    ['0.5 GiB', Size.gibibytes(0.5), 512],
    ['1 TiB', Size.tebibytes(1), 1_048_576],
    ['nothing', Size.mebibytes(0), 0],
  ])('counts %s', (_, size, mebibytes) => {
    expect(inMebibytes(size)).toBe(mebibytes);
  });

  test('keeps a fraction, which Size itself refuses to convert', () => {
    const size = Size.kibibytes(1);
    expect(() => size.toMebibytes()).toThrow('cannot be converted');
    expect(inMebibytes(size)).toBe(1 / 1024);
  });
});
