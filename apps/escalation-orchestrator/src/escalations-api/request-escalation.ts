import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { newId } from '@baton/contracts';
import { botFactId, flagsOf, priorLinesOf } from '../bot/floor-flags.js';
import type { Refusal } from '../doors/refusal.js';
import type { Conversation } from '../floor/conversation.js';
import { handoverIdOf } from '../floor/handover.js';
import { readConversation } from '../judge/conversation-store.js';
import type { Judge } from '../judge/judge.js';
import type { EscalationRequest } from './escalation-request.js';
import { refusals } from './answers.js';

export interface EscalationAnswer {
  /** 202 when this request moved something, 200 when there was an open handover or this request was answered before. */
  readonly status: 200 | 202;
  readonly body: { readonly conversation_id: string; readonly handover_id: string | null; readonly floor: string; readonly epoch: number };
}

/** What a bot without Kafka says about the floor; judged as if it had said it there. */
export class RequestEscalation {
  constructor(
    private readonly judge: Judge,
    private readonly dataSource: DataSource,
  ) {}

  async handle(botId: string, request: EscalationRequest, idempotencyKey: string | undefined): Promise<EscalationAnswer | Refusal> {
    if (idempotencyKey !== undefined && !(await this.isSame(botId, idempotencyKey, request))) return refusals.conflict;
    const { conversation_id: conversationId } = request;
    const answerId = idempotencyKey === undefined ? newId() : `api:${idempotencyKey}`;
    const id = botFactId(botId, conversationId, answerId);
    const [verdict] = await this.judge.judge([
      {
        conversationId,
        inboxId: id,
        matter: {
          about: 'bot-answer',
          botId,
          history: priorLinesOf(request.history),
          hearsRefusal: true,
          fact: { id, kind: 'bot-answered', answerId, requestedBy: 'api', turn: null, epoch: null, messages: [], ...flagsOf(request) },
        },
      },
    ]);
    if (verdict?.came === 'first') {
      const { before, after } = verdict;
      if (request.need_help && after.handover === null && after.handoverCount === before.handoverCount) return refusals.loop;
      const moved = after.handoverCount > before.handoverCount || after.epoch > before.epoch;
      return { status: moved ? 202 : 200, body: answerOf(after) };
    }
    if (verdict?.came === 'again') return this.answerFromStore(botId, conversationId);
    return refusals.notFound;
  }

  /** Whether a key is new or was used with this very body. */
  private async isSame(botId: string, key: string, request: EscalationRequest): Promise<boolean> {
    const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    await this.dataSource.query(
      'INSERT INTO escalation_requests (bot_id, idempotency_key, body_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [botId, key, hash],
    );
    const rows: { body_hash: string }[] = await this.dataSource.query(
      'SELECT body_hash FROM escalation_requests WHERE bot_id = $1 AND idempotency_key = $2',
      [botId, key],
    );
    return rows[0]?.body_hash === hash;
  }

  private async answerFromStore(botId: string, conversationId: string): Promise<EscalationAnswer | Refusal> {
    const conversation = await readConversation(this.dataSource, conversationId);
    return conversation?.botId === botId ? { status: 200, body: answerOf(conversation) } : refusals.notFound;
  }
}

function answerOf({ id, floor, epoch, handoverCount }: Conversation): EscalationAnswer['body'] {
  return { conversation_id: id, handover_id: handoverCount > 0 ? handoverIdOf(id, handoverCount) : null, floor, epoch };
}
