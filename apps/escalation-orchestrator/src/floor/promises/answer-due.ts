import type { Conversation } from '../conversation.js';
import type { Ruling } from '../ruling.js';

/** Until when a human must have spoken to a visitor who waits (ms): when a timer gives him back, whoever takes him, else by the bot's own bound. */
export function answerDue({ state, policy, now }: Ruling): number {
  return givenBackAt(state) ?? now + policy.handover.promises.keptWithinSeconds * 1_000;
}

/** An agent who asks for time moves the timer, and with it the end of the promise; where there is none, the time he asked for counts. */
export function answerDueNow(state: Conversation, dueAt: number): number {
  return givenBackAt(state) ?? Math.max(dueAt, state.handover?.heldUntil ?? 0);
}

function givenBackAt({ timers }: Conversation): number | undefined {
  const givesBack = (['no-first-answer', 'no-accept'] as const).flatMap((kind) => timers.find((timer) => timer.kind === kind) ?? []);
  return givesBack[0]?.dueAt;
}
