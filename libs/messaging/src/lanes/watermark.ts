/** One record's place in the order of its partition. */
export interface Place {
  readonly offset: bigint;
  done: boolean;
}

/** Knows up to where a partition may be committed: to its oldest unfinished record, whatever is finished behind it. */
export class Watermark {
  /** In the order of offsets; before `head` all are done. */
  private places: Place[] = [];
  private head = 0;
  private last: bigint | undefined;

  /** The offset to commit: of the oldest unfinished record, else the one after the last. Undefined while nothing was added. */
  get committable(): bigint | undefined {
    const oldest = this.places[this.head];
    return oldest ? oldest.offset : this.last === undefined ? undefined : this.last + 1n;
  }

  /** Added and not done. */
  get unfinished(): number {
    let count = 0;
    for (let i = this.head; i < this.places.length; i++) if (!this.places[i]!.done) count++;
    return count;
  }

  /** @throws when records do not come in the order of their offsets: a commit would then skip some */
  add(offset: bigint): Place {
    if (this.last !== undefined && offset <= this.last) throw new Error(`offset ${offset} came after ${this.last}`);
    this.last = offset;
    const place = { offset, done: false };
    this.places.push(place);
    return place;
  }

  finish(place: Place): void {
    place.done = true;
    while (this.places[this.head]?.done) this.head++;
    if (this.head > 1_024 && this.head * 2 > this.places.length) {
      this.places = this.places.slice(this.head);
      this.head = 0;
    }
  }
}
