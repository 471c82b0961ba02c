import { z } from 'zod';
import { ChannelSchema } from '../conversation/channel.js';
import { MessageBodySchema } from '../conversation/message-body.js';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

/** The beginning of a message that is answered, in one line. */
export const MAX_EXCERPT = 200;
export const MAX_CAME_BY = 255;

const Visitor = {
  conversationId: UuidSchema,
  botId: SlugSchema,
  channel: ChannelSchema,
  /** Who it is in that channel: the webchat visitor's id, or page and user in Messenger. */
  address: z.string().min(1).max(255),
};

export const visitorMessages = defineTopic({
  name: 'visitor-messages',
  summary: 'What the visitor wrote or tapped, who he is, and where.',
  key: (data) => data.conversationId,
  events: {
    'visitor.message': defineEvent({
      version: 1,
      summary: 'The visitor wrote, or tapped a quick reply (then with its payload).',
      data: z.object({
        ...Visitor,
        messageId: UuidSchema,
        /** Its place in the visitor's log. */
        seq: z.int().positive(),
        at: TimeSchema,
        body: MessageBodySchema,
        locale: z.string().max(35).optional(),
        pageUrl: z.string().max(2_048).optional(),
        /** The message that he answers with it, where the channel lets him point at one: ours or his own. */
        replyTo: z.object({ messageId: UuidSchema.optional(), excerpt: z.string().min(1).max(MAX_EXCERPT) }).optional(),
        /** What the link or ad by which he came says of itself (the `ref` of Messenger); with his first words after it. */
        cameBy: z.string().min(1).max(MAX_CAME_BY).optional(),
      }),
      sample: {
        conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        botId: 'demo',
        channel: 'webchat',
        address: 'v_6f1c',
        messageId: '019b8d6e-7d10-7000-8000-000000000043',
        seq: 43,
        at: '2026-01-05T10:00:03.120Z',
        body: { type: 'text', text: 'Order 1234 never came' },
        locale: 'en',
      },
    }),
    'visitor.answered-elsewhere': defineEvent({
      version: 1,
      summary: 'Somebody answered the visitor in the channel itself, past Baton: a person in the inbox of Meta, or another app.',
      data: z.object({
        ...Visitor,
        messageId: UuidSchema,
        at: TimeSchema,
        body: MessageBodySchema,
        /** Who it was, as the channel names him: the id of an app. */
        by: z.string().max(64),
      }),
      sample: {
        conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        botId: 'demo',
        channel: 'messenger',
        address: '4400110022:9100200300',
        messageId: '019b8d6e-7d10-7000-8000-000000000044',
        at: '2026-01-05T10:00:05.000Z',
        body: { type: 'text', text: 'Your parcel is on its way.' },
        by: '263902037430900',
      },
    }),
    'visitor.profile': defineEvent({
      version: 1,
      summary: 'Who the visitor is, as his channel names him; told when it is read, and again when it was read anew.',
      data: z.object({
        ...Visitor,
        /** When it was read. */
        at: TimeSchema,
        name: z.string().min(1).max(200),
        /** Where a picture of him is, for as long as its address is good. */
        avatar: z
          .url({ protocol: /^https?$/ })
          .max(2_048)
          .optional(),
        locale: z.string().max(35).optional(),
      }),
      sample: {
        conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        botId: 'demo',
        channel: 'messenger',
        address: '4400110022:9100200300',
        at: '2026-01-05T10:00:03.900Z',
        name: 'Ada Park',
      },
    }),
    'visitor.presence': defineEvent({
      version: 1,
      summary: 'The visitor came (first open chat) or left (no open chat any more).',
      data: z.object({ ...Visitor, present: z.boolean(), at: TimeSchema }),
      sample: {
        conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        botId: 'demo',
        channel: 'webchat',
        address: 'v_6f1c',
        present: false,
        at: '2026-01-05T10:09:00.000Z',
      },
    }),
    'visitor.typing': defineEvent({
      skippable: true,
      version: 1,
      summary: 'The visitor is writing, or stopped; best effort, told only while a human may see it.',
      data: z.object({ ...Visitor, typing: z.boolean(), at: TimeSchema }),
      sample: {
        conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        botId: 'demo',
        channel: 'webchat',
        address: 'v_6f1c',
        typing: true,
        at: '2026-01-05T10:00:02.000Z',
      },
    }),
  },
});
