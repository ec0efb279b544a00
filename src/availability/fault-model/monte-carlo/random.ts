/**
 * A stream of random numbers that is the same for the same seed: sfc32 of C. Doty-Humphrey (PractRand), seeded by
 * splitmix32. Node's own generator takes no seed.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** @param seed a whole number */
  constructor(seed: number) {
    let state = seed | 0;
    const next = () => {
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    this.a = next();
    this.b = next();
    this.c = next() ^ Math.floor(seed / 2 ** 32);
    for (let round = 0; round < 12; round++) this.word();
  }

  /** A number above 0 and at most 1, with 53 random bits: half of them would make every failure of 1e-10 or less alike. */
  public share(): number {
    return ((this.word() >>> 5) * 67_108_864 + (this.word() >>> 6) + 1) / 9_007_199_254_740_992;
  }

  /** An exponentially distributed number of mean 1. */
  public exponential(): number {
    return -Math.log(this.share());
  }

  /** A normally distributed number of mean 0 and deviation 1 (G. Box and M. Muller). */
  public normal(): number {
    return Math.sqrt(2 * this.exponential()) * Math.cos(2 * Math.PI * this.share());
  }

  private word(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum;
  }
}
