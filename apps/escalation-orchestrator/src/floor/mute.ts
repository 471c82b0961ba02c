import { giveHeldOrCall } from './kill-switch/in-the-bots-place.js';
import type { Ruling } from './ruling.js';

/** The bot is silent until then (ms), or longer where it was to be already. What the visitor says is held for it. */
export function mute(ruling: Ruling, until: number): void {
  const mutedUntil = Math.max(until, ruling.state.mutedUntil ?? 0);
  ruling.change({ mutedUntil });
  ruling.setTimer('mute-expired', mutedUntil);
}

/** A mute without a handover ends: the bot hears what was said meanwhile. */
export function endMute(ruling: Ruling, reason: 'mute-expired' | 'asked-by-bot' | 'cancelled'): void {
  const { mutedUntil, elsewhereSince } = ruling.state;
  if (mutedUntil === null) return;
  ruling.change({ mutedUntil: null, elsewhereSince: null });
  ruling.clearTimers('mute-expired');
  if (ruling.state.floor !== 'bot') return;
  ruling.push({ do: 'unmute', epoch: ruling.state.epoch, reason, handoverId: null, sincePosition: elsewhereSince });
  giveHeldOrCall(ruling);
}
