import type { BotMessage } from '@baton/contracts';
import { promisesContact } from '@baton/language';
import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { promise } from './ledger.js';

type Answer = FactOf<'bot-answered'>;

/** A line of an answer as it stands in the transcript. */
export interface BotLine {
  readonly messageId: string;
  readonly text: string;
}

/** What of the bot's answer is shown: where it may not promise that a human comes, other words stand for each line that does. */
export function withoutPromises(ruling: Ruling, answer: Answer): readonly BotMessage[] {
  if (ruling.policy.handover.promises.ofBot !== 'refuse' || ruling.state.handover !== null) return answer.messages;
  if (!answer.messages.some((message) => isPromise(answer, message))) return answer.messages;
  ruling.tellBot({
    type: 'bot.answer-rejected',
    data: { epoch: ruling.state.epoch, answer_id: answer.answerId, reason: 'promises' },
  });
  const instead = ruling.wording.say('cannotPromise');
  return answer.messages.map((message) => (isPromise(answer, message) ? { text: instead } : message));
}

/**
 * A human whom the bot promised must speak in time. Where one is asked for already, or by this very answer, that handover has promises
 * of its own; what the bot says a second time moves no end.
 */
export function watchBotLines(ruling: Ruling, answer: Answer, lines: readonly BotLine[]): void {
  const { ofBot, keptWithinSeconds } = ruling.policy.handover.promises;
  const { handover, promises } = ruling.state;
  if (ofBot !== 'record' || handover !== null || promises.some(({ kind }) => kind === 'bot')) return;
  const said = lines.find((line) => isPromise(answer, line));
  if (said) promise(ruling, { kind: 'bot', dueAt: ruling.now + keptWithinSeconds * 1_000, ...said });
}

/** "Let me get someone for you" with a call for help does what it says. */
function isPromise({ needHelp }: Answer, { text }: Pick<BotMessage, 'text'>): boolean {
  return !needHelp && promisesContact(text);
}
