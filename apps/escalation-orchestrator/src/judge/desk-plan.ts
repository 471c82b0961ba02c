import type { EffectPlan } from '@baton/effects';
import type { DeskWork } from '../floor/actions.js';
import type { Conversation } from '../floor/conversation.js';
import { storable } from './storable.js';

/** What an effect of the desk is given to work with: the work, and whose it is. */
export type DeskTask<K extends DeskWork['kind'] = DeskWork['kind']> = Extract<DeskWork, { kind: K }> & {
  readonly conversationId: string;
  readonly botId: string;
};

/** The unit of breaker and budget: one website's Crisp. */
export function crispTarget(websiteId: string): string {
  return `crisp:${websiteId}`;
}

export function websiteOfTarget(target: string): string {
  return target.slice('crisp:'.length);
}

const HOUR = 3_600_000;

/** How long a piece of work without a deadline of its own is worth doing (ms): a person's words for a day, a remark for an hour, what stands before the words of one who waits for minutes. */
const PATIENCE: Readonly<Record<DeskWork['kind'], number>> = {
  'ask-availability': 3_000,
  'open-session': 20_000,
  'set-contact': 6 * HOUR,
  'post-first-message': 20_000,
  'post-visitor-words': 24 * HOUR,
  'post-note': HOUR,
  'post-briefing': 120_000,
  'open-follow-up': 120_000,
  'drop-segment': HOUR,
  'check-operator': 600_000,
  'set-state': 6 * HOUR,
};

/**
 * In the conversation's lane everything waits for what was planned before. Who may command is asked beside it: no word of the visitor waits
 * for that answer, and the end of the handover does not take the question back.
 */
function laneOf({ kind }: DeskWork, conversationId: string): string {
  return kind === 'check-operator' ? `commands:${conversationId}` : conversationId;
}

/** A piece of desk work as an effect, and the fingerprint of the message it writes, if it writes one. */
export function deskPlan(
  work: DeskWork,
  conversation: Pick<Conversation, 'id' | 'botId'>,
  id: string,
  now: number,
): { plan: EffectPlan; fingerprint: string | null } {
  const task: DeskTask = { ...work, conversationId: conversation.id, botId: conversation.botId };
  const isRemark = work.kind === 'post-note' && !work.mustArrive;
  const patience = work.kind === 'post-note' && !isRemark ? PATIENCE['post-visitor-words'] : PATIENCE[work.kind];
  const deadline = ('deadline' in work ? work.deadline : null) ?? now + patience;
  return {
    plan: {
      id,
      lane: laneOf(work, conversation.id),
      target: crispTarget(work.websiteId),
      kind: work.kind,
      payload: storable(task) as unknown as EffectPlan['payload'],
      // Setting the same twice changes nothing, and a person's words had better come twice than never; a remark may be missed.
      onDoubt: isRemark || work.kind === 'post-briefing' ? 'drop' : 'repeat',
      deadline: new Date(deadline),
    },
    fingerprint: 'fingerprint' in work ? String(work.fingerprint) : null,
  };
}
