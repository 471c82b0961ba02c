/** The same value, whatever the order of its fields; a field that is undefined is none. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => same(one, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => same(a[name], b[name]));
}

export interface Rebased<T> {
  readonly value: T;
  /** What both changed, differently, as JSON pointers: there mine stands. */
  readonly both: readonly string[];
}

/**
 * My changes of what I read, put on top of what stands there now: what I did not touch is theirs, what I changed is mine. Lists are one
 * value, for nobody can tell which entry is which.
 */
export function rebase<T>(read: T, mine: T, theirs: T): Rebased<T> {
  const both: string[] = [];
  return { value: merged(read, mine, theirs, '', both) as T, both };
}

function merged(read: unknown, mine: unknown, theirs: unknown, pointer: string, both: string[]): unknown {
  if (same(mine, read)) return theirs;
  if (same(theirs, read) || same(mine, theirs)) return mine;
  if (isRecord(mine) && isRecord(theirs)) {
    const before = isRecord(read) ? read : {};
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
    const fields = names.map((name) => [name, merged(before[name], mine[name], theirs[name], `${pointer}/${name}`, both)] as const);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  both.push(pointer);
  return mine;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
