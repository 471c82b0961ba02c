import type { Ruling } from './ruling.js';

/** The bot's own mute ends: it hears what was said meanwhile. */
export function endMute(ruling: Ruling, reason: 'mute-expired' | 'asked-by-bot'): void {
  if (ruling.state.mutedUntil === null) return;
  ruling.change({ mutedUntil: null });
  ruling.clearTimers('mute-expired');
  if (ruling.state.floor !== 'bot') return;
  ruling.push({ do: 'unmute', epoch: ruling.state.epoch, reason, handoverId: null });
  ruling.giveHeldAsTurn();
}
