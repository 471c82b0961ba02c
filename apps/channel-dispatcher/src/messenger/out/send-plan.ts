import { derivedId } from '@baton/contracts';
import type { Author } from '@baton/contracts';
import type { EffectPlan } from '@baton/effects';
import { targetOf } from '../target.js';
import type { PartKey } from './sends.store.js';

export const SEND = 'messenger-send';

/** The payload of a send; the words are in its part's row. */
export interface SendTask extends PartKey {
  readonly botId: string;
  readonly pageId: string;
  readonly userId: string;
  /** Only of an agent's words: when he said them. */
  readonly saidAt?: string | undefined;
}

const HOUR_MS = 3_600_000;
/** As long as Meta lets a human answer; a bot's words are of no use after a day. */
const LIFE_MS = { human: 7 * 24 * HOUR_MS, automatic: 24 * HOUR_MS };

export const sendId = ({ conversationId, messageId, part }: PartKey): string => derivedId(SEND, conversationId, messageId, part);

/** A part as an effect. When nobody can say whether it was sent: a human's words are said again, others are not. */
export function sendPlan(task: SendTask, authorKind: Author['kind'], plannedAt: Date): EffectPlan {
  const isHuman = authorKind === 'agent';
  return {
    id: sendId(task),
    lane: task.conversationId,
    target: targetOf(task.pageId),
    kind: SEND,
    payload: { ...task },
    deadline: new Date(plannedAt.getTime() + (isHuman ? LIFE_MS.human : LIFE_MS.automatic)),
    onDoubt: isHuman ? 'repeat' : 'drop',
    budget: isHuman ? 'high' : 'low',
  };
}
