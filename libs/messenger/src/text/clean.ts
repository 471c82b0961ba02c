/** Databases take neither NUL nor half a surrogate pair. */
export function clean(said: string): string {
  return said.replaceAll('\u0000', '').toWellFormed();
}
