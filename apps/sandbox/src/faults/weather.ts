import type { FaultsInput } from '../crisp-simulator/faults/faults.js';
import type { FaultsInput as MessengerFaultsInput } from '../messenger-simulator/faults/faults.js';

/** Crisp at its worst on an ordinary day: a repeated fingerprint is a second message, reads are stale, echoes are late, some hooks never come. */
export const CRISP_AT_ITS_WORST: FaultsInput = {
  rest: { stale_reads_ms: 1_000, repeated_fingerprint: 'duplicate', latency: { from: 0, to: 60 } },
  hooks: { delay: { from: 0, to: 5_000 }, dropped: 0.01, repeated: 0.02, reordered: 0.02 },
};

/** The same day for who answers by himself, but no hook is lost: what he never heard of he cannot answer. */
export const LATE_AND_REPEATED: FaultsInput = {
  rest: { stale_reads_ms: 1_000, repeated_fingerprint: 'duplicate', latency: { from: 0, to: 60 } },
  hooks: { delay: { from: 0, to: 3_000 }, repeated: 0.05, reordered: 0.02 },
};

/** Messenger on such a day: hooks come doubled, late and overtaken, and one in a hundred echoes never does. */
export const MESSENGER_AT_ITS_WORST: MessengerFaultsInput = {
  graph: { latency: { from: 0, to: 60 } },
  hooks: { repeated: 0.02, reordered: 0.02, echoes_dropped: 0.01 },
};
