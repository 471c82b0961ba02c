import { splitText } from '@baton/crisp';
import type { HeldWord } from './conversation.js';
import { DESK_TEXT_LIMIT, ESCALATION_DEADLINE } from './policy.js';
import type { Ruling } from './ruling.js';

/** Everything that must stand in Crisp before the visitor is told that a human comes, in this order. */
export function planSession(ruling: Ruling): void {
  const { handover, lastHandover, userData, locale } = ruling.state;
  if (!handover) return;
  const of = { handoverId: handover.id, websiteId: handover.websiteId, deadline: handover.requestedAt + ESCALATION_DEADLINE };
  const reusable = lastHandover?.websiteId === handover.websiteId ? lastHandover.sessionId : null;
  ruling.desk({ kind: 'open-session', ...of, reuse: ruling.policy.handover.session === 'reuse' ? reusable : null });
  ruling.desk({ kind: 'set-contact', ...of, category: handover.category, userData, locale });
  ruling.desk({ kind: 'post-first-message', ...of, fingerprint: ruling.nextFingerprint() });
}

/** The visitor's words to Crisp, cut where they are too long for one message there. */
export function postWords(ruling: Ruling, word: HeldWord): void {
  const { handover } = ruling.state;
  if (!handover) return;
  splitText(word.text, DESK_TEXT_LIMIT).forEach((text, part) =>
    ruling.desk({
      kind: 'post-visitor-words',
      handoverId: handover.id,
      websiteId: handover.websiteId,
      messageId: word.messageId,
      at: word.at,
      part,
      text,
      fingerprint: ruling.nextFingerprint(),
    }),
  );
}

export function postHeldWords(ruling: Ruling): void {
  for (const word of ruling.state.held) postWords(ruling, word);
}

/** A private note for the agents of an episode, open or just ended. */
export function postNote(ruling: Ruling, handover: { id: string; websiteId: string; sessionId: string | null }, text: string): void {
  if (!handover.sessionId) return;
  ruling.desk({ kind: 'post-note', handoverId: handover.id, websiteId: handover.websiteId, text, fingerprint: ruling.nextFingerprint() });
}
