import { type Bot, createBot } from '@baton/bot-sdk';
import { derivedId } from '@baton/contracts';
import type { Platform } from '../platform/platform.js';
import type { Ledger } from './ledger.js';
import type { Arrivals } from './recovery.js';
import { HELP } from './talk.js';

/** The bot of the sandbox's settings that everybody in a fault run talks to. */
export const BOT = 'demo';

export interface TalkingBotParts {
  readonly platform: Platform;
  /** Of the names of this run's conversations. */
  readonly prefix: string;
  readonly ledger: Ledger;
  readonly arrivals: Arrivals;
}

/** A bot that answers each turn with a line of its own, calls a human for whoever asks, and writes all of it into the ledger. */
export function talkingBot({ platform, prefix, ledger, arrivals }: TalkingBotParts): Bot {
  /** What an answer said and where, by its id: Baton names the id when it did not deliver it. */
  const answers = new Map<string, { conversation: string; line: string }>();
  return createBot({
    brokers: platform.local.brokers,
    botId: BOT,
    topicPrefix: platform.topicPrefix,
    groupId: `faults-${prefix}`,
    onTurn: ({ conversation_id, turn, messages }, reply) => {
      const heard: string[] = [];
      let asks: string | undefined;
      for (const { text } of messages) {
        const [first, name] = text.split(' ');
        if (first === HELP && name) asks = name;
        else heard.push(text);
      }
      // Somebody who asks is called `<conversation>-<handover>`.
      const conversation = heard[0]?.split('.')[0] ?? asks?.replace(/-\d+$/, '');
      if (!conversation?.startsWith(`${prefix}-`)) return;
      const line = heard.length > 0 ? `${conversation}.b${turn}` : undefined;
      ledger.botTurn(conversation, turn, { heard, line, calls: asks !== undefined });
      for (const word of heard) arrivals.hasArrived(word, Date.now());
      if (line !== undefined) {
        answers.set(derivedId('answer', BOT, conversation_id, turn), { conversation, line });
        reply.text(line);
      }
      if (asks !== undefined) reply.escalate({ userData: { name: asks } });
    },
    onRejected: ({ answer_id, reason }) => {
      const answer = answers.get(answer_id);
      // An answer that came twice was delivered the first time.
      if (answer && reason !== 'already-answered') ledger.botRefused(answer.conversation, answer.line, reason);
    },
  });
}
