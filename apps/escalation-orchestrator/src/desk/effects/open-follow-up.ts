import { setTimeout as pause } from 'node:timers/promises';
import { masked } from '@baton/contracts';
import { CrispError, OUR_PROPERTY } from '@baton/crisp';
import type { CrispClient, OutgoingCrispMessage } from '@baton/crisp';
import type { Effect, EffectKind } from '@baton/effects';
import type { DeskTask } from '../../judge/desk-plan.js';
import { WATCH_AFTER_END } from '../../judge/follow-sessions.js';
import { putInInbox } from '../put-in-inbox.js';
import { followUpNote, lastWords, mailAddress } from '../follow-up-texts.js';
import { judgeEnd, taskOf, withConnection } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';
import { CLOCK_SLACK, ORIGIN, STALE_FOR, firstMessage, isNotAllowed } from './post-message.js';
import { metaOf } from './set-contact.js';

/** By it the team finds those who wait for an e-mail. */
const SEGMENT = 'follow-up';

type Task = DeskTask<'open-follow-up'>;
type At = { readonly websiteId: string; readonly sessionId: string };

/**
 * Opens a conversation for an answer by e-mail, with everything in it: whose it is, the link to the whole talk, what he said last, and a
 * note of what he was promised. Which session it is is written down before anything else is done, and what a lost answer left there is
 * looked for, so that doing it again opens no second one. What a request that nobody came to has left in Crisp is used.
 */
export function followUpKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'open-follow-up'>(effect);
      return withConnection(parts, task, async ({ client, settings }) => {
        const { sessionId, hasBegun } = await sessionFor(parts, client, task, signal);
        const at = { websiteId: task.websiteId, sessionId };
        try {
          await tellWho(client, at, task, signal);
        } catch (error) {
          if (!(error instanceof CrispError) || error.code !== 'crisp.not-found') throw error;
          await forget(parts, task);
          return { retry: { reason: error.code, didNotHappen: true, targetIsWell: true } };
        }
        await putInInbox({ client, log: parts.log, signal }, at, task.inboxId);
        const there = effect.attempts > 1 ? await writtenBefore(client, at, effect, signal) : new Set<number>();
        for (const message of await messagesOf(parts, task, settings.operatorName)) {
          const isThere = there.has(message.fingerprint) || (hasBegun && message.from === 'user');
          if (!isThere) await write(client, at, message, signal);
        }
        return { done: at.sessionId };
      });
    },
    findOut: async () => 'did-not-happen',
    settled: (manager, effect, end) => {
      const { handoverId } = taskOf<'open-follow-up'>(effect);
      return judgeEnd(
        parts,
        manager,
        effect,
        'done' in end
          ? { kind: 'follow-up-opened', handoverId, sessionId: String(end.done) }
          : { kind: 'follow-up-failed', handoverId, code: end.refused },
      );
    },
  };
}

/**
 * The session that is there from an attempt before, or from the request that nobody came to; its talk has begun where agents had it.
 * Else a new one, whose hooks find their conversation from now on.
 */
async function sessionFor(
  { dataSource, now }: DeskParts,
  client: CrispClient,
  task: Task,
  signal: AbortSignal,
): Promise<{ sessionId: string; hasBegun: boolean }> {
  const rows: { crisp_session_id: string | null; accepted: boolean }[] = await dataSource.query(
    'SELECT crisp_session_id, accepted_at IS NOT NULL AS accepted FROM handovers WHERE id = $1',
    [task.handoverId],
  );
  const known = rows[0]?.crisp_session_id;
  if (known) return { sessionId: known, hasBegun: rows[0]!.accepted };
  const { sessionId } = await client.createConversation(task.websiteId, { signal });
  await dataSource.query('UPDATE handovers SET crisp_session_id = $2 WHERE id = $1', [task.handoverId, sessionId]);
  await dataSource.query(
    `INSERT INTO crisp_sessions (session_id, website_id, conversation_id, bot_id, handover_id, watched_until)
     VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0)) ON CONFLICT (session_id) DO NOTHING`,
    [sessionId, task.websiteId, task.conversationId, task.botId, task.handoverId, now() + WATCH_AFTER_END],
  );
  return { sessionId, hasBegun: false };
}

/** The session is gone from Crisp. */
async function forget({ dataSource }: DeskParts, { handoverId }: Task): Promise<void> {
  await dataSource.query('UPDATE handovers SET crisp_session_id = NULL WHERE id = $1', [handoverId]);
}

/** Without an address that Crisp takes there is no answer by e-mail; anything else may be missing. */
async function tellWho(client: CrispClient, at: At, task: Task, signal: AbortSignal): Promise<void> {
  const meta = metaOf(task);
  const change = { ...meta, email: mailAddress(task.email), segments: [...(meta.segments ?? []), SEGMENT] };
  try {
    await client.updateMeta(at, change, { signal });
  } catch (error) {
    if (!(error instanceof CrispError) || error.code !== 'crisp.refused' || change.phone === undefined) throw error;
    const { phone: _phone, ...rest } = change;
    await client.updateMeta(at, rest, { signal });
  }
}

/** What an attempt before this one has written: by the fingerprints that were chosen before the first. */
async function writtenBefore(client: CrispClient, at: At, effect: Effect, signal: AbortSignal): Promise<Set<number>> {
  if (effect.inDoubt) await pause(STALE_FOR, undefined, { signal });
  const since = effect.plannedAt.getTime() - CLOCK_SLACK;
  const { messages } = await client.getMessagesSince(at, since, { signal });
  return new Set(messages.map(({ fingerprint }) => fingerprint));
}

async function messagesOf(parts: DeskParts, task: Task, operatorName: string): Promise<OutgoingCrispMessage[]> {
  const handover = parts.settings.bot(task.botId)?.handover;
  const link = await parts.links.linkFor(task, handover?.historyLinkDays ?? 30, parts.now());
  const said = await lastWords(parts.dataSource, task.conversationId, task.askedAt);
  const words = said === null || !handover ? said : masked(said, handover.sharing.mask);
  const note = followUpNote(task, handover?.hours?.timeZone, parts.now());
  const ours = { origin: ORIGIN, properties: { [OUR_PROPERTY]: task.handoverId } };
  const posted = [firstMessage(handover?.firstMessage ?? '{link}', link), words];
  return [
    ...posted.flatMap((content, nth) =>
      content === null ? [] : [{ ...ours, type: 'text' as const, from: 'user' as const, content, fingerprint: task.fingerprint + nth }],
    ),
    {
      ...ours,
      type: 'note',
      from: 'operator',
      content: note,
      user: { nickname: operatorName },
      automated: true,
      fingerprint: task.fingerprint + posted.length,
    },
  ];
}

/** Where the plan of the website has no private notes, there is none. */
async function write(client: CrispClient, at: At, message: OutgoingCrispMessage, signal: AbortSignal): Promise<void> {
  try {
    await client.sendMessage(at, message, { signal });
  } catch (error) {
    if (message.type !== 'note' || !isNotAllowed(error)) throw error;
  }
}
