/** The trace of a fact begins here, and a repeated fact stays in the same one: it is named after the fact's id. */
export function traceOf(id: string): string {
  const hex = id.replaceAll('-', '');
  return `00-${hex}-${hex.slice(16)}-00`;
}
