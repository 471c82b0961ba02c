import { CONTINUE_WITH_BOT, mayFollowUp, OTHER_ADDRESS, USE_ADDRESS } from '@baton/contracts';
import type { QuickReply } from '@baton/contracts';
import type { FollowUp } from '../conversation.js';
import { about, handoverIdOf } from '../handover.js';
import type { Ruling } from '../ruling.js';
import { addressOf } from './address.js';

/** So long he is waited for when he was asked (ms). */
export const ADDRESS_AWAITED = 10 * 60_000;

/**
 * He wants an answer by e-mail, or the bot does for him: the address that is known is shown to him, else he is asked for one. Where
 * it is being opened or open already, nothing begins anew.
 */
export function beginFollowUp(ruling: Ruling, of: { category?: string | null } = {}): void {
  const { followUp, declined, handoverCount, userData } = ruling.state;
  if (followUp?.step === 'opening') return;
  if (followUp?.step === 'open' && followUp.answerUntil !== null) return sayAgain(ruling, followUp);
  const asked = declined?.number === handoverCount ? declined : null;
  const known = addressOf(userData);
  ruling.change({
    followUp: {
      step: 'address',
      handoverId: asked?.id ?? handoverIdOf(ruling.state.id, handoverCount + 1),
      websiteId: ruling.policy.websiteId ?? '',
      category: of.category ?? asked?.category ?? null,
      email: null,
      sessionId: null,
      asked: 0,
      answerUntil: null,
      beganAt: ruling.now,
    },
  });
  if (known !== null) showAddress(ruling, known);
  else askAddress(ruling);
}

/** The bot asks for it, which he hears once; where nobody could answer by e-mail, its visitor is told that nobody is there. */
export function beginForBot(ruling: Ruling, category: string | null): void {
  const step = ruling.state.followUp?.step;
  if (step === 'address' || step === 'confirm') return;
  if (mayFollowUp(ruling.policy.handover, ruling.policy.websiteId !== null)) beginFollowUp(ruling, { category });
  else ruling.deliverBotLine(ruling.wording.noAgent('channel-off'));
}

export function askAddress(ruling: Ruling): void {
  changeFollowUp(ruling, { step: 'address', email: null, asked: (ruling.state.followUp?.asked ?? 0) + 1 });
  ruling.deliverSystemLine(ruling.wording.say('askAddress'), false, [stay(ruling)]);
  awaitHim(ruling);
}

export function sayItIsWrong(ruling: Ruling): void {
  changeFollowUp(ruling, { asked: (ruling.state.followUp?.asked ?? 0) + 1 });
  ruling.deliverSystemLine(ruling.wording.say('addressWrong'), false, [stay(ruling)]);
  awaitHim(ruling);
}

export function showAddress(ruling: Ruling, email: string): void {
  changeFollowUp(ruling, { step: 'confirm', email });
  ruling.deliverSystemLine(ruling.wording.say('confirmAddress', { email }), false, [
    { title: ruling.wording.useAddress, payload: USE_ADDRESS },
    { title: ruling.wording.otherAddress, payload: OTHER_ADDRESS },
    stay(ruling),
  ]);
  awaitHim(ruling);
}

/** He is asked no more: he stays with the bot, or a human was asked for. What is being opened already is taken back where it can be. */
export function endAsking(ruling: Ruling): void {
  const { followUp } = ruling.state;
  if (!followUp || followUp.step === 'open') return;
  if (followUp.step === 'opening') withdraw(ruling, followUp);
  ruling.change({ followUp: null });
  ruling.clearTimers('follow-up-address');
}

/** What is being opened; where it is an episode of its own, that ends with it. */
function withdraw(ruling: Ruling, { handoverId }: FollowUp): void {
  const { declined, epoch } = ruling.state;
  ruling.push({ do: 'withdraw-desk-work', handoverId });
  if (declined?.id !== handoverId || declined.reason !== null) return;
  ruling.change({ declined: null });
  ruling.announce({ type: 'handover.cancelled', data: { ...about(declined), epoch, cancelled_by: 'bot' } });
}

export function changeFollowUp(ruling: Ruling, patch: Partial<FollowUp>): void {
  const { followUp } = ruling.state;
  if (followUp) ruling.change({ followUp: { ...followUp, ...patch } });
}

/** What he was promised stands: it is said once more, and promised no second time. */
function sayAgain(ruling: Ruling, { email, answerUntil }: FollowUp): void {
  const time = answerUntil ?? ruling.now;
  const isLate = time < ruling.now;
  ruling.deliverSystemLine(
    isLate ? ruling.wording.say('followUpLate', { time }) : ruling.wording.say('followUpOpened', { email: email ?? '', time }),
  );
}

function awaitHim(ruling: Ruling): void {
  ruling.setTimer('follow-up-address', ruling.now + ADDRESS_AWAITED);
}

function stay({ wording }: Ruling): QuickReply {
  return { title: wording.say('continueWithBot'), payload: CONTINUE_WITH_BOT };
}
