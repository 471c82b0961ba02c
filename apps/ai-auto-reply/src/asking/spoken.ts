/** Of a line that was said, so much is kept (UTF-16 units). */
const LONGEST_LINE = 4_000;

/** Without what Postgres' JSON types refuse: NUL, and halves of a character, as they are left where a text was cut. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** A line as it is kept: storable, and cut where it is longer than what anybody says in one line. */
export function spoken(text: string): string {
  return storable(text.slice(0, LONGEST_LINE));
}
