import { BusinessHoursSchema, HandoverSettingsSchema, WebchatSettingsSchema } from '@baton/contracts';
import { z } from 'zod';
import type { GivenBot, ShownBot } from '../bots/bots.js';
import { GivenBotSchema, ShownBotSchema, VersionSchema } from '../bots/bots.js';
import { NOTHING, OfBot } from '../common.js';
import { defineOperation } from '../operation.js';

/** A part of a bot that can be read and changed by itself: where it lies. */
export interface Section {
  readonly read: (bot: ShownBot) => unknown;
  /** The bot with this part in it; undefined takes the part away. */
  readonly write: (bot: ShownBot, part: unknown) => GivenBot;
}

/** What hangs at one property of an object. */
const at = (name: string): { read: (of: object) => unknown; write: (of: object, part: unknown) => object } => ({
  read: (of) => (of as Record<string, unknown>)[name],
  write: (of, part) => {
    const { [name]: _, ...rest } = of as Record<string, unknown>;
    return part === undefined ? rest : { ...rest, [name]: part };
  },
});

/** Some of the properties of an object, and none of the others. */
const some = (isOne: (name: string) => boolean) => ({
  read: (of: object) => Object.fromEntries(Object.entries(of).filter(([name]) => isOne(name))),
  write: (of: object, part: unknown) => ({
    ...Object.fromEntries(Object.entries(of).filter(([name]) => !isOne(name))),
    ...Object.fromEntries(Object.entries((part ?? {}) as object).filter(([name]) => isOne(name))),
  }),
});

const ofBot = (lens: { read: (of: object) => unknown; write: (of: object, part: unknown) => object }): Section => ({
  read: (bot) => lens.read(bot),
  write: (bot, part) => lens.write(bot, part) as GivenBot,
});
const ofHandover = (lens: { read: (of: object) => unknown; write: (of: object, part: unknown) => object }): Section => ({
  read: ({ handover }) => lens.read(handover),
  write: (bot, part) => ({ ...bot, handover: lens.write(bot.handover, part) }) as GivenBot,
});

const MESSAGES = { firstMessage: true, noAgentMessage: true, noAgentMessages: true, texts: true, languages: true } as const;
const MessagesSchema = HandoverSettingsSchema.pick(MESSAGES);
const RestOfHandoverSchema = HandoverSettingsSchema.omit({ ...MESSAGES, hours: true });
const isMessage = (name: string): boolean => Object.hasOwn(MESSAGES, name);

function sectionOperations<Given extends z.ZodType, Shown extends z.ZodType>(o: {
  /** As `BotWebchat`, a part of the operations' ids. */
  readonly name: string;
  /** Below the bot's path. */
  readonly path: string;
  /** As it is said: `the webchat of a bot`. */
  readonly thing: string;
  readonly given: Given;
  readonly shown: Shown;
  readonly section: Section;
}) {
  const path = `/v1/workspaces/{workspaceId}/bots/{botId}/${o.path}` as const;
  const common = { path, tag: 'Parts of a bot', params: OfBot, query: NOTHING } as const;
  /** Null where the bot has none. */
  const answer = VersionSchema.extend({ value: o.shown.nullable(), published: z.boolean() });
  return {
    section: o.section,
    get: defineOperation({
      ...common,
      id: `get${o.name}`,
      method: 'GET',
      summary: `Shows ${o.thing}; its ETag is the bot’s.`,
      access: { to: 'workspace', role: 'viewer', scope: 'bots' },
      body: NOTHING,
      answer,
      etag: 'shown',
    }),
    put: defineOperation({
      ...common,
      id: `put${o.name}`,
      method: 'PUT',
      summary: `Sets ${o.thing}, all of it, and nothing else; what is left out has its default.`,
      access: { to: 'workspace', role: 'editor', scope: 'bots' },
      body: o.given,
      answer,
      etag: 'required',
      problems: ['conflict'],
    }),
    remove: defineOperation({
      ...common,
      id: `delete${o.name}`,
      method: 'DELETE',
      summary: `Takes away ${o.thing}.`,
      access: { to: 'workspace', role: 'editor', scope: 'bots' },
      body: NOTHING,
      answer,
      etag: 'required',
    }),
  };
}

const webchat = sectionOperations({
  ...{ name: 'BotWebchat', path: 'channels/webchat', thing: 'the webchat of a bot', section: ofBot(at('webchat')) },
  ...{ given: WebchatSettingsSchema, shown: WebchatSettingsSchema },
});
const messenger = sectionOperations({
  ...{ name: 'BotMessenger', path: 'channels/messenger', thing: 'the Messenger page of a bot', section: ofBot(at('messenger')) },
  ...{ given: GivenBotSchema.shape.messenger.unwrap(), shown: ShownBotSchema.shape.messenger.unwrap() },
});
const assistant = sectionOperations({
  ...{ name: 'BotAssistant', path: 'assistant', thing: 'the assistant of a bot', section: ofBot(at('assistant')) },
  ...{ given: GivenBotSchema.shape.assistant.unwrap(), shown: ShownBotSchema.shape.assistant.unwrap() },
});
const messages = sectionOperations({
  ...{ name: 'BotMessages', path: 'messages', thing: 'what visitors and agents are told by a bot', section: ofHandover(some(isMessage)) },
  ...{ given: MessagesSchema, shown: MessagesSchema },
});
const hours = sectionOperations({
  ...{ name: 'BotHours', path: 'hours', thing: 'the business hours of a bot', section: ofHandover(at('hours')) },
  ...{ given: BusinessHoursSchema, shown: BusinessHoursSchema },
});
const handover = sectionOperations({
  name: 'BotHandover',
  path: 'handover',
  thing: 'how a bot hands over, without its messages and hours',
  section: ofHandover(some((name) => !isMessage(name) && name !== 'hours')),
  given: RestOfHandoverSchema,
  shown: RestOfHandoverSchema,
});

/** Every part of a bot with its operations; those that a bot may lack can be taken away. */
export const SECTIONS = { webchat, messenger, hours, messages, handover, assistant } as const;

export const { get: getBotWebchat, put: putBotWebchat, remove: deleteBotWebchat } = webchat;
export const { get: getBotMessenger, put: putBotMessenger, remove: deleteBotMessenger } = messenger;
export const { get: getBotHours, put: putBotHours, remove: deleteBotHours } = hours;
export const { get: getBotMessages, put: putBotMessages } = messages;
export const { get: getBotHandover, put: putBotHandover } = handover;
export const { get: getBotAssistant, put: putBotAssistant } = assistant;
