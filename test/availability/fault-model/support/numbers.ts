/** Numbers that look random and are the same for the same seed: a linear congruence, unlike the generator that is tested. */
export class Numbers {
  constructor(private state: number) {
    for (let round = 0; round < 4; round++) this.share();
  }

  /** From 0 up to, and without, 1. */
  public share(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, `end`. */
  public below(end: number): number {
    return Math.floor(this.share() * end);
  }

  /** True in so many cases. */
  public chance(share: number): boolean {
    return this.share() < share;
  }

  /** One of some. */
  public one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T;
  }

  /** Some of them, at least one, each once, in any order. */
  public some<T>(of: readonly T[], most: number): T[] {
    const left = [...of];
    const count = 1 + this.below(Math.min(most, left.length));
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0] as T);
  }

  /** How much of the time something fails: anything from one in two to one in a trillion. */
  public failing(): number {
    return this.chance(0.2) ? this.share() : 10 ** (-12 * this.share());
  }
}
