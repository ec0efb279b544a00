/** A queue that gives its greatest item first. */
export class Heap<T> {
  private readonly items: T[] = [];

  /** @param isBefore whether an item comes before another */
  constructor(private readonly isBefore: (a: T, b: T) => boolean) {}

  /** How many items wait. */
  public get size(): number {
    return this.items.length;
  }

  /** The item that {@link pop} would give. */
  public peek(): T | undefined {
    return this.items[0];
  }

  /** Puts an item into the queue. */
  public push(item: T): void {
    const { items } = this;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(item, items[parent] as T)) break;
      items[at] = items[parent] as T;
      at = parent;
    }
    items[at] = item;
  }

  /** Takes the greatest item out of the queue. */
  public pop(): T | undefined {
    const { items } = this;
    const [first] = items;
    const last = items.pop();
    if (items.length === 0 || last === undefined) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.isBefore(items[child + 1] as T, items[child] as T)) child++;
      if (!this.isBefore(items[child] as T, last)) break;
      items[at] = items[child] as T;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
