import { z } from 'zod';
import { BotMessageSchema } from '../bot-events/bot-events.js';
import { DeclineReasonSchema } from '../handovers/handovers.js';
import { BusinessHoursSchema } from './hours.js';
import { SharingSettingsSchema } from './sharing.js';

/** A text of ours, or the same in rich form with quick replies. */
const LineSchema = z.union([z.string().trim().min(1).max(2_000), BotMessageSchema]);

const TextSchema = z.string().trim().min(1).max(500);

/** BCP 47, for example `de` or `pt-BR`. */
const LanguageTagSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as de or pt-BR');

/**
 * Lines of ours, in the bot's `locale`, for visitors of that language or of one that we do not speak. Everybody else, and whatever is not
 * set, has our own lines. Words in braces are replaced: `{agent}`, `{email}`, `{time}`, `{minutes}`, `{count}`.
 */
export const HandoverTextsSchema = z.object({
  oneMoment: TextSchema,
  waiting: TextSchema,
  /** Added to the line above when there is an honest estimate: `{minutes}`. */
  waitEstimate: TextSchema,
  /** Added when somebody waits already: `{count}`. */
  placeInLine: TextSchema,
  joined: TextSchema,
  resolved: TextSchema,
  stillWaiting: TextSchema,
  /** Said one after the other while a visitor waits, each once. */
  keepAlive: z.array(TextSchema).min(1).max(10),
  timedOut: TextSchema,
  cancelled: TextSchema,
  /** An agent needs `{minutes}` minutes for something. */
  onHold: TextSchema,
  /** The tap that asks for an answer by e-mail, at most 20 characters. */
  contactByEmail: z.string().trim().min(1).max(20),
  /** The tap that stays with the bot, at most 20 characters. */
  continueWithBot: z.string().trim().min(1).max(20),
  askAddress: TextSchema,
  addressWrong: TextSchema,
  confirmAddress: TextSchema,
  /** `{email}` and `{time}`: a promise. */
  followUpOpened: TextSchema,
  followUpFailed: TextSchema,
  /** The answer by e-mail did not come in time. */
  followUpLate: TextSchema,
  /** The tap that takes a resolved conversation up again, at most 20 characters. */
  stillNeedHelp: z.string().trim().min(1).max(20),
  reopened: TextSchema,
  askRating: TextSchema,
  askBotRating: TextSchema,
  ratingThanks: TextSchema,
  /** A human did not come, or come back, within the time that was announced; agents were reminded. */
  takesLonger: TextSchema,
  /** What the bot promised did not happen in time. */
  promiseBroken: TextSchema,
  /** Instead of a promise that the bot may not make. */
  cannotPromise: TextSchema,
});
export type HandoverTexts = z.output<typeof HandoverTextsSchema>;

const noAgentMessages = z.object(
  Object.fromEntries(DeclineReasonSchema.options.map((reason) => [reason, LineSchema.optional()])) as Record<
    z.output<typeof DeclineReasonSchema>,
    z.ZodOptional<typeof LineSchema>
  >,
);

/** What is said when no human can be promised; a line per reason wins over the general one. `{time}` is when the team is back. */
const NoAgentSchema = z.object({ noAgentMessage: LineSchema.optional(), noAgentMessages: noAgentMessages.prefault({}) });

const SegmentSchema = z.string().trim().min(1).max(64);

export const HandoverSettingsSchema = z.object({
  enabled: z.boolean().default(true),
  /** The visitor's first line in the inbox; `{link}` becomes the signed link to the whole conversation. */
  firstMessage: z
    .string()
    .max(1_000)
    .refine((text) => text.includes('{link}'), 'must contain {link}')
    .default('Hi, this user need your help. You can find the conversation history here: {link}'),
  ...NoAgentSchema.shape,
  texts: HandoverTextsSchema.partial().prefault({}),
  /** The same for visitors of another language; what is missing for `de-AT` is looked for under `de`. */
  languages: z
    .record(LanguageTagSchema, z.object({ ...NoAgentSchema.shape, texts: HandoverTextsSchema.partial().prefault({}) }))
    .refine((all) => Object.keys(all).length <= 40, 'must be at most 40 languages')
    .default({}),
  /** When humans answer; always when it is not set. */
  hours: BusinessHoursSchema.optional(),
  /**
   * Who answers what, by the bot's category (the same whatever its case). A category that is not named, and a request without one, is for
   * everybody. Of `operatorIds` (Crisp's user ids) one must be online; in `inboxId` the conversation is opened.
   */
  categories: z
    .record(
      z.string().trim().min(1).max(64),
      z
        .object({
          operatorIds: z.array(z.string().min(1).max(64)).min(1).max(500).optional(),
          inboxId: z.string().min(1).max(64).optional(),
        })
        .refine((to) => to.operatorIds !== undefined || to.inboxId !== undefined, 'must name operatorIds or inboxId'),
    )
    .refine((all) => Object.keys(all).length <= 100, 'must be at most 100 categories')
    .default({}),
  /** "Contact me by e-mail" when nobody is there. */
  followUp: z
    .object({
      enabled: z.boolean().default(true),
      /** An answer is promised within so many hours of business. */
      answerWithinHours: z.number().min(0.1).max(240).default(8),
    })
    .prefault({}),
  waiting: z
    .object({
      /** A word of ours so often at least while a visitor waits, each time later than before; 0 switches it off. */
      keepAliveSeconds: z.int().min(0).max(3_600).default(120),
      /** How long others waited lately, where that says something. */
      estimate: z.boolean().default(true),
      /** How many wait already; true only where agents take them in order. */
      place: z.boolean().default(false),
      /** A message that says only this leaves the wait; beside those we know in each language. */
      leaveWords: z.array(z.string().trim().min(1).max(60)).max(50).default([]),
    })
    .prefault({}),
  /** How long the bot is silent after somebody answered in the channel itself, past Baton; each further word of theirs begins it anew. */
  elsewhereMuteSeconds: z.int().min(60).max(604_800).default(86_400),
  /** Seconds until a handover without an agent's word is given back; 0 switches the timer off. */
  timers: z
    .object({
      /** Nobody opened, took or answered it. */
      noAcceptSeconds: z.int().min(0).max(86_400).default(0),
      noFirstAnswerSeconds: z.int().min(0).max(86_400).default(900),
      /** The agent fell silent after the visitor's last word. */
      silenceSeconds: z.int().min(0).max(604_800).default(3_600),
    })
    .prefault({}),
  promises: z
    .object({
      /** What the bot itself promises: written down and followed up, not shown, or not looked at. */
      ofBot: z.enum(['record', 'refuse', 'ignore']).default('record'),
      /** A human must have spoken by then, or the visitor is told that it did not work out. */
      keptWithinSeconds: z.int().min(30).max(604_800).default(1_800),
    })
    .prefault({}),
  /** Private notes such as `!bot` in a conversation that Baton opened. */
  commands: z.boolean().default(true),
  /** The same by segments, for those who dislike commands: set in the inbox, they act once and are taken off again. */
  commandSegments: z.object({ bot: SegmentSchema.optional(), hold: SegmentSchema.optional(), why: SegmentSchema.optional() }).prefault({}),
  /** A private note for the agent at the beginning: why, what was tried, since when. */
  briefing: z.boolean().default(true),
  /** Signs that somebody writes or has read, to Crisp; they cost calls of the daily quota and are the first to go when it ends. */
  signs: z.boolean().default(true),
  /** An agent, or the visitor's tap, takes a resolved conversation up again for so long. */
  reopenSeconds: z.int().min(0).max(604_800).default(600),
  /** Which block of its flow the bot goes on with, by the way the human stretch ended; `byCategory` wins. */
  continueWith: z
    .object({
      resolved: z.string().max(255).optional(),
      timedOut: z.string().max(255).optional(),
      cancelled: z.string().max(255).optional(),
      byCategory: z.record(z.string().trim().min(1).max(64), z.string().max(255)).default({}),
    })
    .prefault({}),
  /** The visitor is asked once how it was, after a human, and after the bot when he fell silent. */
  ratings: z
    .object({
      human: z.boolean().default(false),
      bot: z.boolean().default(false),
      /** The bot's stretch is over when the visitor said nothing for so long. */
      botSilenceSeconds: z.int().min(30).max(86_400).default(300),
    })
    .prefault({}),
  /** When a human is asked for without the bot's asking. */
  rules: z
    .object({
      /** The bot had no answer so often in a row (`fallback: true`); 0 never. */
      fallbacksInARow: z.int().min(0).max(20).default(0),
      /** A message in which one of these words or phrases stands. */
      words: z.array(z.string().trim().min(1).max(60)).max(100).default([]),
      /** He asks for a human in one of the languages we know, or is angry. */
      asksForHuman: z.boolean().default(false),
      frustration: z.boolean().default(false),
      /** The category of a request made by a rule. */
      category: z.string().trim().min(1).max(64).optional(),
    })
    .prefault({}),
  /** Two machines, or an error and a handover, may not turn in a circle; beyond it the visitor's next word begins anew after an hour. */
  budget: z
    .object({
      handoversPerHour: z.int().min(1).max(100).default(6),
      /** Lines of the bot without a word of the visitor in between. */
      botLinesInARow: z.int().min(1).max(200).default(30),
      /** Turns given to the bot within a minute; what the visitor says beyond them becomes one turn when the minute is over. */
      turnsPerMinute: z.int().min(1).max(100).default(30),
    })
    .prefault({}),
  /** A new Crisp session for each handover, or the last one again. */
  session: z.enum(['new', 'reuse']).default('new'),
  /** What of a visitor goes to Crisp. */
  sharing: SharingSettingsSchema.prefault({}),
  historyLinkDays: z.int().min(1).max(365).default(30),
  /** How long the bot's own mute may last. */
  botMuteSeconds: z.int().min(1).max(86_400).default(600),
});
export type HandoverSettings = z.output<typeof HandoverSettingsSchema>;
