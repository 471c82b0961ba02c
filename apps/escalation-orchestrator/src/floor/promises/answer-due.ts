import type { Ruling } from '../ruling.js';

/** Until when a human must have spoken to a visitor who waits (ms): when a timer gives him back, whoever takes him, else by the bot's own bound. */
export function answerDue({ state, policy, now }: Ruling): number {
  const givesBack = (['no-first-answer', 'no-accept'] as const).flatMap((kind) => state.timers.find((timer) => timer.kind === kind) ?? []);
  return givesBack[0]?.dueAt ?? now + policy.handover.promises.keptWithinSeconds * 1_000;
}
