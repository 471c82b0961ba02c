import type { Conversation } from './conversation.js';
import { postNote } from './desk-work.js';
import { failureNote } from './failure-words.js';
import type { FactOf } from './facts.js';
import type { Ruling } from './ruling.js';

/**
 * The visitor did not get a line: whoever wrote it is told where he wrote it. Of the bot's lines only those are told that
 * concern an agent who is there, of a channel that has to be connected again only the first one of an episode.
 */
export function onDeliveryFailed(ruling: Ruling, fact: FactOf<'delivery-failed'>): void {
  const episode = whereToTell(ruling.state, fact);
  if (!episode) return ruling.ignore('failure-for-nobody');
  if (fact.what === 'waiting') {
    if (ruling.state.toldOfDeadChannel === episode.id) return ruling.ignore('failure-told-before');
    ruling.change({ toldOfDeadChannel: episode.id });
  }
  const { channel, userData } = ruling.state;
  postNote(ruling, episode, failureNote(fact, { channel, userData, humanAgent: ruling.policy.humanAgent }), { mustArrive: true });
}

type Episode = Pick<NonNullable<Conversation['handover']>, 'id' | 'websiteId' | 'sessionId'>;

function whereToTell({ handover, lastHandover }: Conversation, { author, sessionId }: FactOf<'delivery-failed'>): Episode | null {
  if (author === 'bot') return handover;
  if (author !== 'agent') return null;
  const episodes = [handover, lastHandover].filter((one) => one !== null && one.sessionId !== null);
  return episodes.find((one) => one?.sessionId === sessionId) ?? episodes[0] ?? null;
}
