import { BotMessageSchema, BotQuickReplySchema, MAX_TAPS } from '@baton/contracts';

/** A message as it is written by hand: a field that nobody knows is most likely a mistyped one. */
export const StrictMessageSchema = BotMessageSchema.extend({
  quick_replies: BotQuickReplySchema.strict().array().max(MAX_TAPS).optional(),
}).strict();
