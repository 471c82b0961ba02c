import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';

/** The conversation for an answer by e-mail is in the inbox. */
export function onFollowUpOpened(ruling: Ruling, fact: FactOf<'follow-up-opened'>): void {
  if (ruling.state.followUp?.handoverId !== fact.handoverId) ruling.ignore('late-follow-up');
}

export function onFollowUpFailed(ruling: Ruling, fact: FactOf<'follow-up-failed'>): void {
  if (ruling.state.followUp?.handoverId !== fact.handoverId) ruling.ignore('late-follow-up');
}

/** He was asked for his address and said nothing for a while. */
export function onAddressAwaited(ruling: Ruling): void {
  ruling.change({ followUp: null });
}
