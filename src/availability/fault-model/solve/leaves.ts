/** Pairs of probabilities, each stored once, and numbered. */
export class Leaves {
  /** How likely each leaf is true. */
  public yes = new Float64Array(64);
  /** How likely each leaf is false. */
  public no = new Float64Array(64);

  private count = 0;
  private chain = new Int32Array(64);
  private buckets = new Int32Array(64).fill(-1);
  private readonly numbers = new Float64Array(2);
  private readonly words = new Int32Array(this.numbers.buffer);

  /** The number of a pair, stored when it is not there. */
  public indexOf(yes: number, no: number): number {
    const slot = this.slot(yes, no);
    for (let found = this.buckets[slot] as number; found >= 0; found = this.chain[found] as number) {
      if (this.yes[found] === yes && this.no[found] === no) return found;
    }
    if (this.count === this.yes.length) this.grow();
    const index = this.count++;
    this.yes[index] = yes;
    this.no[index] = no;
    this.link(index);
    return index;
  }

  private link(index: number): void {
    const slot = this.slot(this.yes[index] as number, this.no[index] as number);
    this.chain[index] = this.buckets[slot] as number;
    this.buckets[slot] = index;
  }

  private slot(yes: number, no: number): number {
    this.numbers[0] = yes;
    this.numbers[1] = no;
    const [a = 0, b = 0, c = 0, d = 0] = this.words;
    const hash = Math.imul(a ^ (b << 7) ^ (b >>> 25), 0x9e3779b1) ^ Math.imul(c ^ (d << 11) ^ (d >>> 21), 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & (this.buckets.length - 1);
  }

  private grow(): void {
    const { yes, no, count } = this;
    this.yes = new Float64Array(count * 2);
    this.no = new Float64Array(count * 2);
    this.yes.set(yes);
    this.no.set(no);
    this.chain = new Int32Array(count * 2);
    this.buckets = new Int32Array(count * 2).fill(-1);
    for (let index = 0; index < count; index++) this.link(index);
  }
}
