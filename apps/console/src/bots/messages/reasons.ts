import type { DeclineReason } from '@baton/contracts';

/** Every reason for which no human comes, in words of a support lead; null is what is said where a reason has no line of its own. */
export const REASONS: readonly { readonly reason: DeclineReason | null; readonly title: string; readonly when: string }[] = [
  { reason: null, title: 'For every reason', when: 'Said whenever no human can be promised and the reason has no line of its own.' },
  { reason: 'closed', title: 'Outside business hours', when: 'Somebody asks for a human while your team is closed.' },
  { reason: 'nobody-online', title: 'Nobody is online', when: 'Your team is open, but no agent is available in Crisp.' },
  {
    reason: 'nobody-for-category',
    title: 'Nobody for this topic',
    when: 'Agents are online, but none of those who answer what was asked about.',
  },
  { reason: 'crisp-unreachable', title: 'Crisp does not answer', when: 'Crisp could not be asked who is there.' },
  { reason: 'took-too-long', title: 'It took too long', when: 'The conversation could not be opened in Crisp within 20 seconds.' },
  { reason: 'channel-off', title: 'Handovers are off', when: 'This bot never passes conversations to humans.' },
  { reason: 'quota', title: 'Crisp’s daily quota is used up', when: 'Crisp takes no more calls from this connection today.' },
];

export function reasonOf(text: string | null): DeclineReason | null {
  return REASONS.find(({ reason }) => reason === text)?.reason ?? null;
}
