import { derivedId, encodeEvent, sourceOf, usage } from '@baton/contracts';
import type { EventInput, OutgoingRecord } from '@baton/contracts';

/** Tells that an answer was counted; the same entry is always the same event. */
export function usageEvent(data: EventInput<typeof usage, 'usage.answer'>): OutgoingRecord {
  const attributes = { id: derivedId('usage', data.entryId), source: sourceOf('ai-auto-reply'), time: new Date(data.at) };
  return encodeEvent(usage, 'usage.answer', data, attributes);
}
