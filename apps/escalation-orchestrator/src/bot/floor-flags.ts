import { derivedId } from '@baton/contracts';
import type { EventData, botEvents } from '@baton/contracts';
import type { FactOf } from '../floor/facts.js';
import type { PriorLine } from '../judge/case.js';

type Flags = Pick<
  EventData<typeof botEvents, 'bot.answered'>,
  'muted' | 'need_help' | 'handover_category_name' | 'reason' | 'handover_note' | 'fallback' | 'contact_by_email' | 'user_data' | 'history'
>;

/** What a bot says about the floor, from Kafka as from HTTP. */
export function flagsOf(
  flags: Flags,
): Pick<FactOf<'bot-answered'>, 'muted' | 'needHelp' | 'category' | 'reason' | 'note' | 'fallback' | 'contactByEmail' | 'userData'> {
  return {
    muted: flags.muted ?? null,
    needHelp: flags.need_help ?? false,
    category: flags.handover_category_name ?? null,
    reason: flags.reason ?? null,
    note: flags.handover_note ?? null,
    fallback: flags.fallback ?? false,
    contactByEmail: flags.contact_by_email ?? false,
    userData: flags.user_data ?? null,
  };
}

/** The talk before Baton saw the conversation; told again, it replaces what was told before. */
export function priorLinesOf(history: Flags['history']): PriorLine[] | undefined {
  return history?.map(({ from, text, at }) => ({ speaker: from, text, at: at ?? null }));
}

/** A bot's own id for its answer is only its own: it is named with its bot and its conversation. */
export function botFactId(botId: string, conversationId: string, answerId: string): string {
  return derivedId('bot-answer', botId, conversationId, answerId);
}
