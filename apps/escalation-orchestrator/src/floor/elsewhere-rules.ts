import type { Channel } from '@baton/contracts';
import { textOf } from './conversation.js';
import { postNote } from './desk-work.js';
import { CHANNEL_NAMES } from './failure-words.js';
import type { FactOf } from './facts.js';
import { mute } from './mute.js';
import { endPromises } from './promises/ledger.js';
import type { Ruling } from './ruling.js';

/** How Meta names the inbox of a page: its documentation writes both. */
const META_INBOX = ['263902037430900', '26390203743090'];

/** Who it was, as bot and transcript name him, and what the agents are told. */
function elsewhere(channel: Channel, by: string): { name: string; told: string } {
  const where = CHANNEL_NAMES[channel];
  if (channel === 'messenger' && META_INBOX.includes(by)) return { name: `${where}'s inbox`, told: `Answered in ${where}'s inbox` };
  return { name: `Another app in ${where}`, told: `Answered by another app in ${where}` };
}

/**
 * Somebody spoke to the visitor past us. Whoever cares for him knows of it: the agents by a note; the bot is silent for a while, which
 * each further word of that kind begins anew and only time, the visitor or a handover ends.
 */
export function onAnsweredElsewhere(ruling: Ruling, fact: FactOf<'answered-elsewhere'>): void {
  const { channel, handover } = ruling.state;
  const { name, told } = elsewhere(channel, fact.by);
  ruling.record({ messageId: fact.messageId, author: { kind: 'agent', name }, body: fact.body, at: fact.at, via: channel });
  endPromises(ruling, ['bot'], 'kept');
  if (handover) {
    noteAnswered(ruling);
    return postNote(ruling, handover, `${told}: ${textOf(fact.body)}`, { mustArrive: true });
  }
  const isNews = ruling.state.elsewhereSince === null;
  if (isNews) ruling.change({ elsewhereSince: ruling.state.linePosition });
  mute(ruling, ruling.now + ruling.policy.handover.elsewhereMuteSeconds * 1_000);
  if (isNews) ruling.tellBot({ type: 'bot.muted', data: { epoch: ruling.state.epoch, reason: 'agent-took-over' } });
}

/** Whom somebody answered is not told any more that nobody is free, or that nobody did; the agents have him still, and his time runs on. */
function noteAnswered(ruling: Ruling): void {
  if (ruling.state.floor !== 'waiting') return;
  ruling.changeHandover({ answeredElsewhere: true });
  ruling.clearTimers('keep-alive');
  endPromises(ruling, ['answer'], 'kept');
}
