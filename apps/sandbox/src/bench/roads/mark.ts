const FILLER = ' lorem ipsum dolor sit amet consectetur'.repeat(5);
const TEXT_LENGTH = 120;

/** What the text of a message of the load says of itself. */
export interface Mark {
  readonly conversation: number;
  /** From 1 in its conversation and direction. */
  readonly number: number;
  /** When it was meant to leave: microseconds of the monotonic clock that all processes of one machine share. */
  readonly dueUs: number;
}

/** A text of about 120 characters, as people write, that carries its mark. */
export function markedText({ conversation, number, dueUs }: Mark): string {
  const mark = `c=${conversation} n=${number} t=${Math.round(dueUs)}`;
  return mark + FILLER.slice(0, TEXT_LENGTH - mark.length);
}

/** The mark of a text; undefined where it has none: somebody else's words. */
export function markOf(text: string): Mark | undefined {
  const found = /^c=(\d+) n=(\d+) t=(\d+)/.exec(text);
  return found ? { conversation: Number(found[1]), number: Number(found[2]), dueUs: Number(found[3]) } : undefined;
}
