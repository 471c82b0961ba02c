import type { Ruling } from '../ruling.js';

/** Where in the inbox something was asked of us. */
export interface Place {
  readonly sessionId: string;
  readonly websiteId: string;
  /** The handover that it belongs to; of an older one nobody asks any more, and the last stands for it. */
  readonly handoverId: string;
}

export function placeOf({ state }: Ruling, { sessionId, websiteId }: Omit<Place, 'handoverId'>): Place {
  const { handover, lastHandover } = state;
  const of = [handover, lastHandover].find((one) => one?.sessionId === sessionId) ?? handover ?? lastHandover;
  return { sessionId, websiteId, handoverId: of?.id ?? '' };
}

/** One private note, whatever became of the handover meanwhile. */
export function answerAt(ruling: Ruling, place: Place, text: string): void {
  ruling.desk({ kind: 'post-note', ...place, text, fingerprint: ruling.nextFingerprint() });
}
