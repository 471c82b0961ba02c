import { INNER } from '@baton/passes';
import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Refusal } from '../http/refusal.js';
import { InnerRequests } from '../inner/inner-requests.js';
import { listInboxSessions, readInboxSession, SessionsQuerySchema } from './list-inbox-sessions.js';
import { readAnswers, readSends } from './read-answers.js';
import { sessionFacts } from './session-facts.js';

const TimelineQuerySchema = z.object({
  until: z.coerce.number().int().min(0).max(8.64e15).optional(),
  limit: z.coerce.number().int().min(1).max(300).default(200),
});
const TalkIdSchema = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w-]+$/);

/** What the assistant did in conversations and inbox sessions, for the control plane: of the pass's workspace only. */
@Controller(`${INNER}/conversations`)
export class InnerConversationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly requests: InnerRequests,
  ) {}

  @Get()
  async list(@Headers('authorization') authorization: string | undefined, @Query() query: unknown): Promise<object> {
    const { workspaceId } = this.requests.pass(authorization, 'conversations');
    return { items: await listInboxSessions(this.dataSource, workspaceId, checked(SessionsQuerySchema, query)) };
  }

  /** Of a conversation of ours, or a session of Crisp; `head` is there for a session only. */
  @Get(':talkId/timeline')
  async timeline(
    @Headers('authorization') authorization: string | undefined,
    @Param('talkId') talkId: string,
    @Query() query: unknown,
  ): Promise<object> {
    const { workspaceId } = this.requests.pass(authorization, 'conversations');
    const { until, limit } = checked(TimelineQuerySchema, query);
    if (!TalkIdSchema.safeParse(talkId).success) throw new Refusal('not-found', 'there is no such conversation');
    const before = until === undefined ? ('infinity' as const) : new Date(until + 1);
    const [answers, session] = await Promise.all([
      readAnswers(this.dataSource, { talkId, workspaceId, before, limit }),
      readInboxSession(this.dataSource, workspaceId, talkId),
    ]);
    const sends = await readSends(this.dataSource, answers);
    const from = answers.length < limit ? null : answers.at(-1)!.at;
    const isIn = ({ at }: { readonly at: number }) => (until === undefined || at <= until) && (from === null || at >= from);
    const told = session && session.head.state !== 'handover' ? sessionFacts(session.session).filter(isIn) : [];
    return { head: session?.head ?? null, facts: [...told, ...answers, ...sends], from };
  }
}

function checked<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('invalid-request', issue?.message ?? 'the query is not as it should be', issue?.path.join('.') || undefined);
}
