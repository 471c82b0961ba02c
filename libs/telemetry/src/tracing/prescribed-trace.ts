let prescribed: string | undefined;

/** Runs something that begins at most one trace: that one is given this id. */
export function withTraceId<T>(traceId: string, begin: () => T): T {
  prescribed = traceId;
  try {
    return begin();
  } finally {
    prescribed = undefined;
  }
}

/** The id for the trace that is just being begun, where it follows from what begins it. */
export function prescribedTraceId(): string | undefined {
  return prescribed;
}
