/** A place in settings, as RFC 6901 writes it: `/handover/timers/silenceSeconds`. */
export type Pointer = `/${string}`;

const partsOf = (pointer: Pointer): string[] =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** One part of a pointer, whatever stands in it. */
export function part(name: string | number): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What stands at a place; undefined where nothing does. */
export function at(value: unknown, pointer: Pointer): unknown {
  return partsOf(pointer).reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);
}

/** The same with another value at a place; undefined takes the field away. What is on the way there is made. */
export function put<T>(value: T, pointer: Pointer, to: unknown): T {
  return written(value, partsOf(pointer), to) as T;
}

function written(value: unknown, [name, ...rest]: string[], to: unknown): unknown {
  if (name === undefined) return to;
  if (Array.isArray(value)) return value.map((one: unknown, i) => (String(i) === name ? written(one, rest, to) : one));
  const { [name]: before, ...others } = (value ?? {}) as Record<string, unknown>;
  const after = written(before, rest, to);
  if (after === undefined) return others;
  return name in ((value ?? {}) as object) ? { ...(value as object), [name]: after } : { ...others, [name]: after };
}
