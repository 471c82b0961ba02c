import type { Refusal } from '../doors/refusal.js';

export const refusals = {
  notFound: { status: 404, error: { code: 'not-found', message: 'this bot has no such conversation' } },
  conflict: {
    status: 409,
    error: { code: 'idempotency-conflict', message: 'this Idempotency-Key was used with another body', field: 'Idempotency-Key' },
  },
  loop: {
    status: 409,
    error: {
      code: 'handover-loop',
      message: 'nobody came a moment ago, or too many humans were asked for in this conversation within the hour',
    },
  },
  notJson: { status: 400, error: { code: 'invalid-request', message: 'the body must be a JSON object' } },
  notJsonType: { status: 415, error: { code: 'unsupported-media-type', message: 'the body must be application/json' } },
} as const satisfies Record<string, Refusal>;
