import { z } from 'zod';
import { SealedSchema } from './sealed.js';

/** A model behind an endpoint that speaks OpenAI's `POST /chat/completions`. */
export const ModelConnectionSchema = z.object({
  /** With the version, for example `https://api.openai.com/v1`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  model: z.string().min(1).max(128),
  /** Endpoints in one's own network often ask for none. */
  apiKey: SealedSchema.optional(),
  /** A model that has not answered by then is left; the best passage answers instead. */
  timeoutMs: z.int().min(500).max(60_000).default(8_000),
  /** Tokens of one completion at most. */
  maxTokens: z.int().min(64).max(4_096).default(500),
});
export type ModelConnection = z.output<typeof ModelConnectionSchema>;

/** What happens at the end of a plan's answers: nothing automatic is said, one line is said, or nothing and nobody is told. */
export const AtQuotaEndSchema = z.enum(['human', 'message', 'silence']);

/** How a bot answers from its knowledge: by itself in Crisp, and as the bot in front of the channels. */
export const AssistantSettingsSchema = z.object({
  /**
   * In the Crisp inbox of the bot's website: `off`; `shadow` records what it would have said; `note` suggests it to agents in a private
   * note; `reply` says it to the visitor.
   */
  inbox: z.enum(['off', 'shadow', 'note', 'reply']).default('off'),
  /** Of the inbox's conversations, how many in a hundred are answered in that mode; the others as in `shadow`. Chosen by the session's id. */
  sharePercent: z.int().min(0).max(100).default(100),
  /** An operator's name on a conversation counts as a human who took it; false where Crisp assigns every conversation by itself. */
  silentWhenAssigned: z.boolean().default(true),
  /** It is the bot in front of webchat and Messenger: it answers the turns of this bot. No other program may. */
  channels: z.boolean().default(false),
  /** Who speaks in the inbox; without them the bot's own name and picture. */
  persona: z
    .object({
      name: z.string().min(1).max(64).optional(),
      avatar: z
        .url({ protocol: /^https?$/ })
        .max(2_048)
        .optional(),
    })
    .prefault({}),
  /** A visitor who writes on is let finish: so long after his last message, and at most so long after the first. Milliseconds. */
  burst: z
    .object({
      quietMs: z.int().min(0).max(30_000).default(1_200),
      longestMs: z.int().min(0).max(120_000).default(8_000),
    })
    .prefault({}),
  model: ModelConnectionSchema.optional(),
  answers: z
    .object({
      /** Support that an answer needs, 0 to 1; without it what was fitted to this knowledge base, else a careful default. */
      threshold: z.number().min(0).max(1).optional(),
      /** Where the support is too weak: say so, or ask for a human at once. */
      whenUnsupported: z.enum(['say-so', 'human']).default('say-so'),
      /** After so many questions in a row without an answer a human is asked for; 0 never. */
      humanAfterMisses: z.int().min(0).max(20).default(2),
      /** Whether the visitor sees where an answer comes from. */
      citations: z.enum(['shown', 'hidden']).default('shown'),
      /** Names, numbers and addresses of people are replaced before a model sees them, and put back in its answer. */
      maskPersonalData: z.boolean().default(true),
    })
    .prefault({}),
  /** Lines of ours; each is said in the visitor's language where we have it, unless one is set here. */
  texts: z
    .object({
      /** Before its first answer in a conversation, and when it speaks again after a human. */
      automated: z.string().max(500).optional(),
      unknown: z.string().max(500).optional(),
      /** When something of ours failed. */
      trouble: z.string().max(500).optional(),
      quotaEnd: z.string().max(500).optional(),
      toHuman: z.string().max(500).optional(),
    })
    .prefault({}),
  atQuotaEnd: AtQuotaEndSchema.default('human'),
  /** Answers in one conversation within an hour at most; beyond it only humans speak there. Two machines may not talk for ever. */
  answersPerConversationHour: z.int().min(1).max(1_000).default(30),
});
export type AssistantSettings = z.output<typeof AssistantSettingsSchema>;

/** What a workspace may use. */
export const WorkspaceSettingsSchema = z.object({
  answers: z
    .object({
      /** Answers in a calendar month (UTC) of all bots of the workspace; absent means without end. */
      perMonth: z.int().min(0).max(1_000_000_000).optional(),
      /** From this part on, in percent, the end is warned of. */
      warnAtPercent: z.int().min(1).max(100).default(80),
    })
    .prefault({}),
  /** For how long it is kept what visitors said; absent: until somebody erases it. */
  retention: z.object({ conversationDays: z.int().min(1).max(3_650).optional() }).optional(),
});
export type WorkspaceSettings = z.output<typeof WorkspaceSettingsSchema>;
