/** Whether a W3C traceparent says that its trace is recorded. */
export function isSampled(traceparent: string | undefined): boolean {
  return traceparent !== undefined && /-[0-9a-f][13579bdf]$/.test(traceparent);
}

/** The trace that a W3C traceparent names; undefined when there is none or it is broken. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const id = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent ?? '')?.[1];
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}
