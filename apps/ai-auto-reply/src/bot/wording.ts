import type { Answered } from '@baton/answering';
import type { BotSettings, EventInput, botEvents } from '@baton/contracts';
import { splitText } from '@baton/crisp';
import { GUARD_NOTE } from '../asking/guard-note.js';
import { countsAsAnswer } from '../asking/what-counts.js';
import { humanOffer } from './human-offer.js';
import type { Said } from './talk-rules.js';

/** What is decided about one question: what to say, whom to call, and what it means for the talk. */
export interface Reply {
  /** What the receipt calls it; null where there is nothing to keep. */
  readonly kind: Answered['kind'] | 'quota-end' | null;
  /** Why nothing is said. */
  readonly why?: string;
  /** How it came to be, where it was sought. */
  readonly answered?: Answered;
  readonly said: Omit<Said, 'answerId'>;
  /** Whole, or empty where a human is called without a word. */
  readonly text: string;
  readonly human?: { readonly reason: keyof typeof REASONS; readonly note?: string };
  /** Below an answer that did not help. */
  readonly offersHuman: boolean;
  /** Costs one of the plan's answers. */
  readonly counts: boolean;
}

type AnswerEvent = Omit<EventInput<typeof botEvents, 'bot.answered'>, 'conversation_id' | 'bot_id' | 'turn' | 'epoch'>;

/** Longest message and note of a bot, in the contract (UTF-16 units). */
const LONGEST_MESSAGE = 4_000;

export function replyOf(answered: Answered, o: { readonly mustSayAutomated: boolean }): Reply {
  const { kind, text } = answered;
  const { language } = answered.trace;
  const said = { text, as: kind, tells: o.mustSayAutomated && text !== '', asksHuman: kind === 'human', language } as const;
  return {
    kind,
    text,
    said,
    offersHuman: kind === 'unknown' || kind === 'trouble',
    counts: countsAsAnswer(kind),
    answered,
    ...(answered.kind === 'human' ? { human: { reason: answered.reason, note: answered.note } } : {}),
  };
}

/** Why a human is called, as agents and whoever reads the events of handovers understand it; the code stands in the user data. */
const REASONS = {
  asked: 'the visitor asked for a human',
  unsupported: 'the knowledge holds no answer to his question',
  misses: 'several questions in a row had no answer',
  'quota-end': 'the answers of the plan are used up',
  'too-many-answers': 'too many answers in one conversation',
} as const;

const NOTES = {
  'quota-end': 'The answers of the plan are used up for this month: the assistant passes its visitors on.',
  'too-many-answers': GUARD_NOTE,
} as const;

/** A human is called for by the house, not for what the visitor said. */
export function calledFor(reason: 'quota-end' | 'too-many-answers', text: string, language: string): Reply {
  const said = { text, as: 'human', tells: false, asksHuman: true, language } as const;
  return {
    kind: reason === 'quota-end' ? 'quota-end' : 'human',
    text,
    said,
    human: { reason, note: NOTES[reason] },
    offersHuman: false,
    counts: false,
  };
}

/** One of our own lines, and no more. */
export function lineOnly(kind: 'quota-end' | 'trouble', text: string, language: string): Reply {
  const said = { text, as: kind, tells: false, asksHuman: false, language } as const;
  return { kind, text, said, offersHuman: kind === 'trouble', counts: false };
}

/** What a human told the visitor already stands, whatever a source says. */
export function repeated(text: string, language: string, tells: boolean): Reply {
  const said = { text, as: 'answer', tells, asksHuman: false, language } as const;
  return { kind: 'answer', text, said, offersHuman: true, counts: false };
}

/** The turn needs no answer any more, and gets none. */
export function saidNothing(why: string): Reply {
  const said = { text: '', as: 'nothing', tells: false, asksHuman: false } as const;
  return { kind: null, why, text: '', said, offersHuman: false, counts: false };
}

/** Whether there is anybody to hand over to. */
export function hasAgents({ handover, crisp }: BotSettings): boolean {
  return handover.enabled && crisp !== undefined;
}

/** A reply as the bot's answer to a turn. */
export function eventOf(reply: Reply, bot: BotSettings): AnswerEvent {
  const { human, text } = reply;
  const language = reply.said.language ?? null;
  const messages = splitText(text, LONGEST_MESSAGE)
    .slice(0, 20)
    .map((part) => ({ text: part }));
  const offer = reply.offersHuman && hasAgents(bot) ? [humanOffer(language)] : [];
  return {
    messages: messages.map((message, index) =>
      index === messages.length - 1 && offer.length > 0 ? { ...message, quick_replies: offer } : message,
    ),
    ...(reply.kind === 'unknown' || reply.kind === 'trouble' ? { fallback: true } : {}),
    ...(human
      ? {
          need_help: true,
          muted: true,
          reason: REASONS[human.reason],
          ...(human.note ? { handover_note: human.note.slice(0, LONGEST_MESSAGE) } : {}),
          user_data: { assistant: { reason: human.reason, ...(language === null ? {} : { language }) } },
        }
      : {}),
  };
}
