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

/** What of the bot's answer is shown: where it may not promise that a human comes, other words stand once for the lines that do. */
export function withoutPromises(ruling: Ruling, answer: Answer): readonly BotMessage[] {
  const { handover, followUp } = ruling.state;
  if (ruling.policy.handover.promises.ofBot !== 'refuse' || handover !== null || followUp !== null) return answer.messages;
  const refused = answer.messages.filter((message) => isPromise(answer, message));
  if (refused.length === 0) return answer.messages;
  ruling.tellBot({
    type: 'bot.answer-rejected',
    data: { epoch: ruling.state.epoch, answer_id: answer.answerId, reason: 'promises' },
  });
  const instead = { text: ruling.wording.say('cannotPromise') };
  return answer.messages.flatMap((message) => (message === refused[0] ? [instead] : refused.includes(message) ? [] : [message]));
}

/**
 * A human whom the bot promised must speak in time. Where one is asked for already, here or by e-mail, or by this very answer, that has
 * promises of its own; what the bot says a second time moves no end.
 */
export function watchBotLines(ruling: Ruling, answer: Answer, lines: readonly BotLine[]): void {
  const { ofBot, keptWithinSeconds } = ruling.policy.handover.promises;
  const { handover, followUp, promises } = ruling.state;
  if (ofBot !== 'record' || handover !== null || followUp !== null || promises.some(({ kind }) => kind === 'bot')) return;
  const said = lines.find((line) => isPromise(answer, line));
  if (said) promise(ruling, { kind: 'bot', dueAt: ruling.now + keptWithinSeconds * 1_000, ...said });
}

/** "Let me get someone for you" with a call for help, or for an answer by e-mail, does what it says. */
function isPromise({ needHelp, contactByEmail }: Answer, { text }: Pick<BotMessage, 'text'>): boolean {
  return !needHelp && contactByEmail !== true && promisesContact(text);
}
