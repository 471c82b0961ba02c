import { z } from 'zod';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

export const usage = defineTopic({
  name: 'usage',
  summary: 'What was used of a plan, keyed by workspace.',
  key: (data) => data.workspaceId,
  events: {
    'usage.answer': defineEvent({
      version: 1,
      summary: 'An automatic answer was given and counted.',
      data: z.object({
        workspaceId: SlugSchema,
        botId: SlugSchema,
        /** The quota entry; one for each answer, for good. */
        entryId: UuidSchema,
        at: TimeSchema,
        /** The calendar month (UTC) that it counts in, `2026-01`. */
        period: z.string().regex(/^\d{4}-\d{2}$/, 'must be a month such as 2026-01'),
        /** Where it was said. */
        place: z.enum(['inbox', 'webchat', 'messenger']),
        /** Answers of the workspace in this month, this one with them, and how many it may give; null without a limit. */
        used: z.int().positive(),
        limit: z.int().nonnegative().nullable(),
      }),
      sample: {
        workspaceId: 'acme',
        botId: 'demo',
        entryId: '019b8d6e-7d10-7000-8000-0000000000c1',
        at: '2026-01-05T10:00:03.120Z',
        period: '2026-01',
        place: 'inbox',
        used: 412,
        limit: 5_000,
      },
    }),
  },
});
