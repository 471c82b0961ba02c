/** A line that is not heard of is looked for so often (ms); Node's own half a minute would let it hold its place for so much longer. */
const LOOK_EVERY_MS = 2_000;

/** Options of the HTTP server: for how long a whole request may take to arrive (ms). Who is slower is told 408, and let go. */
export const patience = (requestWithinMs: number) => ({
  requestTimeout: requestWithinMs,
  http: { connectionsCheckingInterval: LOOK_EVERY_MS },
});
