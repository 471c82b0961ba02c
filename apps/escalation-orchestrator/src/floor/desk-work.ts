import { splitText } from '@baton/crisp';
import { causeOf } from './cause-in-words.js';
import { MAX_NOTES } from './conversation.js';
import type { Handover, HeldWord } from './conversation.js';
import { DESK_TEXT_LIMIT, ESCALATION_DEADLINE } from './policy.js';
import { whoAnswers } from './promising/who-answers.js';
import type { Ruling } from './ruling.js';

/** Everything that must stand in Crisp before the visitor is told that a human comes, in this order. */
export function planSession(ruling: Ruling): void {
  const { handover, lastHandover, userData, locale } = ruling.state;
  if (!handover) return;
  const of = { handoverId: handover.id, websiteId: handover.websiteId, deadline: handover.requestedAt + ESCALATION_DEADLINE };
  const reusable = lastHandover?.websiteId === handover.websiteId ? lastHandover.sessionId : null;
  const { inboxId } = whoAnswers(ruling.policy.handover, handover.category);
  const reuse = ruling.policy.handover.session === 'reuse' ? reusable : null;
  ruling.desk({ kind: 'open-session', ...of, reuse, ...(inboxId === undefined ? {} : { inboxId }) });
  ruling.desk({ kind: 'set-contact', ...of, category: handover.category, userData, locale });
  ruling.desk({ kind: 'post-first-message', ...of, category: handover.category, fingerprint: ruling.nextFingerprint() });
  if (ruling.policy.handover.briefing) brief(ruling, handover);
}

/** Behind the first message, so that nobody waits for it, and before whatever the bot tells the agents itself. */
function brief(ruling: Ruling, handover: Handover): void {
  const { id: handoverId, websiteId, category, reason, requestedAt: since } = handover;
  const of = { handoverId, websiteId, category, reason, cause: causeOf(handover), since, locale: ruling.state.locale };
  const hasBotNote = (handover.botNotes ?? 0) > 0;
  ruling.desk({ kind: 'post-briefing', ...of, hasBotNote, fingerprint: ruling.nextFingerprint() });
}

/** What is known of the visitor, once more: the conversation is in the inbox already, or being opened there. */
export function setContact(ruling: Ruling): void {
  const { handover, userData, locale } = ruling.state;
  if (!handover || handover.step === 'asking') return;
  const { id: handoverId, websiteId, category } = handover;
  ruling.desk({ kind: 'set-contact', handoverId, websiteId, category, userData, locale, deadline: null });
}

/** The visitor's words to Crisp, after a line of the message that they answer, cut where they are too long for one message there. */
export function postWords(ruling: Ruling, word: HeldWord): void {
  const { handover } = ruling.state;
  if (!handover) return;
  ruling.changeHandover({ lastWordAt: ruling.now });
  const { file } = word;
  const quote = word.replyTo ? [`↪ “${word.replyTo.excerpt}”`] : [];
  const texts = file ? [...quote, word.text] : splitText([...quote, word.text].join('\n'), DESK_TEXT_LIMIT);
  texts.forEach((text, part) =>
    ruling.desk({
      kind: 'post-visitor-words',
      handoverId: handover.id,
      websiteId: handover.websiteId,
      messageId: word.messageId,
      at: word.at,
      part,
      text,
      ...(file && part === texts.length - 1 ? { file } : {}),
      fingerprint: ruling.nextFingerprint(),
    }),
  );
}

export function postHeldWords(ruling: Ruling): void {
  for (const word of ruling.state.held) postWords(ruling, word);
}

/**
 * A private note for the agents of an episode, open or just ended. Before the conversation is being opened in their inbox it
 * waits for that; an episode that ended without ever being there has nobody to read it.
 */
export function postNote(
  ruling: Ruling,
  handover: { id: string; websiteId: string; sessionId: string | null },
  text: string,
  o: { mustArrive?: true; deadline?: number } = {},
): void {
  const open = ruling.state.handover?.id === handover.id ? ruling.state.handover : null;
  if (open?.step === 'asking') return ruling.changeHandover({ notes: [...(open.notes ?? []), text].slice(-MAX_NOTES) });
  if (open?.step !== 'opening' && !handover.sessionId) return;
  const of = { handoverId: handover.id, websiteId: handover.websiteId };
  for (const part of splitText(text, DESK_TEXT_LIMIT)) {
    ruling.desk({ kind: 'post-note', ...of, text: part, fingerprint: ruling.nextFingerprint(), ...o });
  }
}

/** What waited for the conversation to be opened. */
export function postWaitingNotes(ruling: Ruling): void {
  const { handover } = ruling.state;
  if (!handover?.notes) return;
  ruling.changeHandover({ notes: undefined });
  for (const text of handover.notes) postNote(ruling, handover, text, { mustArrive: true });
}
