import { z } from 'zod';
import { NOTHING, OfBot, pageOf, PageQuery } from '../common.js';
import { defineOperation } from '../operation.js';
import { GivenAnswerSchema, TraceSchema, TriedAnswerSchema } from './answered.js';

const TAG = 'Answers';
const ACCESS = { to: 'workspace', role: 'viewer', scope: 'knowledge' } as const;
const AWAY = ['service-away', 'not-configured'] as const;

export const tryOutBot = defineOperation({
  id: 'tryOutBot',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}/playground',
  tag: TAG,
  summary:
    'What the assistant would answer, on the same way as to visitors, and why. Nothing is said, counted or kept; a model costs tokens.',
  access: { ...ACCESS, role: 'editor' },
  params: OfBot,
  query: NOTHING,
  body: z.object({
    question: z.string().trim().min(1, 'needs a question').max(4_000, 'has 4,000 letters at most'),
    /** What was said before, oldest first. */
    talk: z
      .array(z.object({ from: z.enum(['visitor', 'agent', 'assistant']), text: z.string().trim().min(1).max(4_000) }))
      .max(40)
      .default([]),
    /** What the visitor's browser says (BCP 47); his words weigh more. */
    language: z.string().max(35).optional(),
    /** Questions in a row that stayed without an answer before this one. */
    missesBefore: z.int().min(0).max(100).default(0),
  }),
  answer: z.object({ answer: TriedAnswerSchema }),
  problems: AWAY,
});

export const listAnswers = defineOperation({
  id: 'listAnswers',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}/answers',
  tag: TAG,
  summary: 'What the assistant answered, newest first; or only the questions that stayed without an answer.',
  access: ACCESS,
  params: OfBot,
  query: PageQuery.extend({
    /** `open`: only questions that stayed without an answer. */
    questions: z.enum(['all', 'open']).default('all'),
    /** Of one conversation, or session of Crisp, only. */
    conversation: z.string().max(128).optional(),
  }),
  body: NOTHING,
  answer: pageOf(GivenAnswerSchema),
  problems: AWAY,
});

export const getAnswer = defineOperation({
  id: 'getAnswer',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}/answers/{answerId}',
  tag: TAG,
  summary: 'One answer with the passages it rests on and every verdict.',
  access: ACCESS,
  params: OfBot.extend({ answerId: z.string().max(64) }),
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ answer: GivenAnswerSchema, trace: TraceSchema.nullable() }),
  problems: AWAY,
});
