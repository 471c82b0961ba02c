import { botEvents, defineEvent, defineTopic, safeParse } from '@baton/contracts';
import { z } from 'zod';

const { 'bot.answered': answered, 'bot.typing': typing } = botEvents.events;

/**
 * A bot's answer as we read it: as the contract says, only that a call for help is heard also where what the bot knows of its visitor
 * breaks the contract (too large, too deep). That part is left out then.
 */
const AnswerSchema = z.unknown().transform((given, context) => {
  const result = strictly(given);
  if (result.success) return { ...result.data, userDataLeftOut: false };
  if (typeof given === 'object' && given !== null && 'user_data' in given) {
    const { user_data: _leftOut, ...rest } = given;
    const withoutData = strictly(rest);
    if (withoutData.success && withoutData.data.need_help) return { ...withoutData.data, userDataLeftOut: true };
  }
  context.issues.push(...result.error.issues.map((issue) => ({ ...issue, input: undefined })));
  return z.NEVER;
});

const strictly = (given: unknown) => safeParse(answered.data, given);

/** The topic `bot-events`, its answers as we read them. */
export const botAnswers = defineTopic({
  ...botEvents,
  key: (data) => data.conversation_id,
  events: { 'bot.answered': defineEvent({ ...answered, data: AnswerSchema }), 'bot.typing': typing },
});
