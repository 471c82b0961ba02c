/** More came than is wanted; what came after it was not waited for. */
export class BodyTooLarge extends Error {
  readonly code = 'outside.too-large';

  constructor(maxBytes: number) {
    super(`the answer has more than ${maxBytes} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/**
 * A `fetch` for clients that read bodies whole: one that does not end in time or within so many bytes (unpacked) is broken off, and its
 * connection closed. Reading it then rejects with `BodyTooLarge` or something that `isTooLate`. It guards what comes
 * back, not where it is asked for.
 */
export function boundedFetch(o: { readonly maxBytes: number; readonly timeoutMs: number }): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(o.timeoutMs);
    const response = await fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
    if (!response.body) return response;
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(atMost(o.maxBytes)), { status, statusText, headers });
  };
}

/** Whether a bounded fetch, or reading what it gave, was broken off because it took too long. */
export function isTooLate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
}

function atMost(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > maxBytes) throw new BodyTooLarge(maxBytes);
      controller.enqueue(chunk);
    },
  });
}
