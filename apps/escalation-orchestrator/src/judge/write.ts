import type { EntityManager } from 'typeorm';
import { prepared } from './statements.js';
import { toJson } from './storable.js';
import { writePromises } from './write-promises.js';
import { writeRatings } from './write-ratings.js';
import type { Writings } from './writings.js';

/** What was judged, beside what came of it: notes for whoever judges it again. */
const NOTES = `judged AS (
     INSERT INTO judged_facts (conversation_id, at, topic, topic_partition, topic_offset, matter, knew, policy, decided, state_before)
     SELECT "conversationId", to_timestamp(at / 1000.0), topic, partition, "offset", matter, knew, policy, decided,
       CASE WHEN starts THEN (SELECT state FROM conversations c WHERE c.id = "conversationId") END
     FROM json_to_recordset($5::json) AS j(nth integer, "conversationId" uuid, at double precision, topic text, partition integer, "offset" bigint,
       matter jsonb, knew jsonb, policy text, decided jsonb, starts boolean) ORDER BY nth
   ), policies AS (
     INSERT INTO judged_policies (id, day, policy) SELECT id, day, policy FROM json_to_recordset($6::json) AS p(id text, day date, policy jsonb)
     ON CONFLICT DO NOTHING
   )`;

/** The tables that every fact may touch, and why it did, in one statement and one round trip. Times are ms. */
const hotStatement = (isNoted: boolean): string =>
  `WITH moved AS (
     UPDATE conversations c
     SET floor = n.floor, epoch = n.epoch, next_timer_at = to_timestamp(n.next_timer / 1000.0), state = n.state, updated_at = now()${isNoted ? ', judged_by = pg_current_xact_id()::xid' : ''}
     FROM json_to_recordset($1::json) AS n(id uuid, floor text, epoch integer, next_timer double precision, state jsonb)
     WHERE c.id = n.id
   ), lines AS (
     INSERT INTO transcript_lines (conversation_id, position, message_id, author, body, at, handover_id, via, crisp_session_id, crisp_fingerprint, mailed)
     SELECT conversation_id, position, message_id, author, body, to_timestamp(at / 1000.0), handover_id, via, crisp_session_id, crisp_fingerprint, coalesce(mailed, false)
     FROM json_to_recordset($2::json) AS l(conversation_id uuid, position integer, message_id uuid, author jsonb, body jsonb, at double precision,
       handover_id uuid, via text, crisp_session_id text, crisp_fingerprint bigint, mailed boolean)
     ON CONFLICT (conversation_id, message_id) DO NOTHING
   ), why AS (
     INSERT INTO decisions (conversation_id, at, fact, floor_before, floor_after, epoch_before, epoch_after, handover_id, trace_id, detail)
     SELECT "conversationId", to_timestamp(at / 1000.0), fact, "floorBefore", "floorAfter", "epochBefore", "epochAfter", "handoverId", "traceId", detail
     FROM json_to_recordset($4::json) AS d("conversationId" uuid, at double precision, fact text, "floorBefore" text, "floorAfter" text,
       "epochBefore" integer, "epochAfter" integer, "handoverId" uuid, "traceId" text, detail jsonb)
   )${isNoted ? `, ${NOTES}` : ''}
   INSERT INTO crisp_messages (conversation_id, fingerprint, ours, message_id, pending, content_at, removed)
   SELECT conversation_id, fingerprint, ours, message_id, pending, content_at, removed
   FROM json_to_recordset($3::json) AS k(conversation_id uuid, fingerprint bigint, ours boolean, message_id uuid, pending jsonb, content_at bigint, removed boolean)
   ON CONFLICT (conversation_id, fingerprint) DO UPDATE
   SET ours = excluded.ours, message_id = excluded.message_id, pending = excluded.pending, content_at = excluded.content_at, removed = excluded.removed`;

const writeHot = prepared<never>('write-decisions', hotStatement(false));
const writeHotAndNotes = prepared<never>('write-noted-decisions', hotStatement(true));

const changeLines = prepared<never>(
  'change-lines',
  `UPDATE transcript_lines l
   SET body = c.body,
       edited_at = CASE WHEN c.body IS NULL THEN l.edited_at ELSE to_timestamp(c.at / 1000.0) END,
       removed_at = CASE WHEN c.body IS NULL THEN to_timestamp(c.at / 1000.0) ELSE l.removed_at END
   FROM (SELECT DISTINCT ON (conversation_id, message_id) * FROM json_to_recordset($1::json)
         AS r(nth integer, conversation_id uuid, message_id uuid, body jsonb, at double precision) ORDER BY conversation_id, message_id, nth DESC) c
   WHERE l.conversation_id = c.conversation_id AND l.message_id = c.message_id`,
);

const writeHandovers = prepared<never>(
  'write-handovers',
  `INSERT INTO handovers AS h (id, conversation_id, bot_id, number, requested_by, category, reason, requested_at, accepted_at, connected_at, agent_name,
     ended_at, outcome, outcome_detail, website_id, crisp_session_id, cause, taken_at, reopens, reopened_at, followed_up_at)
   SELECT id, "conversationId", "botId", number, coalesce("requestedBy", 'bot'), category, reason, coalesce(to_timestamp("requestedAt" / 1000.0), now()),
     to_timestamp("acceptedAt" / 1000.0), to_timestamp("connectedAt" / 1000.0), "agentName", to_timestamp("endedAt" / 1000.0), outcome, "outcomeDetail",
     "websiteId", "sessionId", cause, to_timestamp("takenAt" / 1000.0), reopens, to_timestamp("reopenedAt" / 1000.0), to_timestamp("followedUpAt" / 1000.0)
   FROM json_to_recordset($1::json) AS n(id uuid, "conversationId" uuid, "botId" text, number integer, "requestedBy" text, category text, reason text,
     "requestedAt" double precision, "acceptedAt" double precision, "connectedAt" double precision, "agentName" text, "endedAt" double precision,
     outcome text, "outcomeDetail" text, "websiteId" uuid, "sessionId" text, cause jsonb, "takenAt" double precision, reopens uuid,
     "reopenedAt" double precision, "followedUpAt" double precision)
   ORDER BY id
   ON CONFLICT (id) DO UPDATE SET
     category = coalesce(excluded.category, h.category), accepted_at = coalesce(h.accepted_at, excluded.accepted_at),
     connected_at = coalesce(h.connected_at, excluded.connected_at), agent_name = coalesce(excluded.agent_name, h.agent_name),
     ended_at = coalesce(h.ended_at, excluded.ended_at), outcome = coalesce(h.outcome, excluded.outcome),
     outcome_detail = coalesce(h.outcome_detail, excluded.outcome_detail), website_id = coalesce(excluded.website_id, h.website_id),
     crisp_session_id = coalesce(excluded.crisp_session_id, h.crisp_session_id), taken_at = coalesce(h.taken_at, excluded.taken_at),
     reopened_at = coalesce(h.reopened_at, excluded.reopened_at), followed_up_at = coalesce(h.followed_up_at, excluded.followed_up_at)`,
);

const writeSessions = prepared<never>(
  'write-sessions',
  `INSERT INTO crisp_sessions AS s (session_id, website_id, conversation_id, bot_id, handover_id, watched_until)
   SELECT "sessionId", "websiteId", "conversationId", "botId", "handoverId", to_timestamp("watchedUntil" / 1000.0)
   FROM json_to_recordset($1::json) AS n("sessionId" text, "websiteId" uuid, "conversationId" uuid, "botId" text, "handoverId" uuid, "watchedUntil" double precision)
   ORDER BY "sessionId"
   ON CONFLICT (session_id) DO UPDATE SET handover_id = excluded.handover_id, watched_until = excluded.watched_until
   WHERE s.conversation_id = excluded.conversation_id`,
);

const forgetPriorLines = prepared<never>('forget-prior-lines', 'DELETE FROM prior_lines WHERE conversation_id = ANY($1::uuid[])');

const writePriorLines = prepared<never>(
  'write-prior-lines',
  `INSERT INTO prior_lines (conversation_id, position, speaker, text, at)
   SELECT conversation_id, position, speaker, text, at
   FROM json_to_recordset($1::json) AS n(conversation_id uuid, position integer, speaker text, text text, at timestamptz)`,
);

/**
 * Writes what a batch of decisions gathered, each table once; the conversations' rows are locked by the caller. The
 * statements are on their way together and are carried out in this order.
 */
export async function writeAll(manager: EntityManager, writings: Writings): Promise<void> {
  const { conversations, lines, lineChanges, knownMessages, handovers, sessions, priorLines, decisions, judged, policies } = writings;
  const written: Promise<unknown>[] = [];
  if (conversations.size + lines.length + knownMessages.size + decisions.length + judged.length > 0) {
    const rows = [conversationRows(writings), lineRows(writings), knownRows(writings), toJson(decisions)];
    if (judged.length > 0) written.push(writeHotAndNotes(manager, [...rows, judgedRows(writings), toJson(policies)]));
    else written.push(writeHot(manager, rows));
  }
  if (lineChanges.length > 0) {
    const rows = lineChanges.map(({ conversationId, messageId, body, at }, nth) => ({
      nth,
      conversation_id: conversationId,
      message_id: messageId,
      body,
      at,
    }));
    written.push(changeLines(manager, [toJson(rows)]));
  }
  if (handovers.size > 0) written.push(writeHandovers(manager, [toJson([...handovers.values()])]));
  if (sessions.size > 0) written.push(writeSessions(manager, [toJson([...sessions.values()])]));
  if (priorLines.size > 0) {
    written.push(forgetPriorLines(manager, [[...priorLines.keys()]]));
    const rows = [...priorLines].flatMap(([conversation_id, told]) =>
      told.map((line, position) => ({ conversation_id, position, ...line })),
    );
    written.push(writePriorLines(manager, [toJson(rows)]));
  }
  if (writings.promises.length > 0) written.push(writePromises(manager, writings.promises));
  if (writings.ratings.length > 0) written.push(writeRatings(manager, writings.ratings));
  await Promise.all(written);
}

function conversationRows({ conversations }: Writings): string {
  const rows = [];
  for (const conversation of conversations.values()) {
    const { id, floor, epoch, timers } = conversation;
    const next_timer = timers.length === 0 ? null : Math.min(...timers.map((timer) => timer.dueAt));
    rows.push({ id, floor, epoch, next_timer, state: conversation });
  }
  return toJson(rows);
}

function lineRows({ lines }: Writings): string {
  return toJson(
    lines.map(({ conversationId, position, messageId, author, body, at, handoverId, via, crisp, mailed }) => ({
      conversation_id: conversationId,
      position,
      message_id: messageId,
      author,
      body,
      at,
      handover_id: handoverId,
      via,
      crisp_session_id: crisp?.sessionId,
      crisp_fingerprint: crisp?.fingerprint,
      mailed,
    })),
  );
}

function knownRows({ knownMessages }: Writings): string {
  const rows = [];
  for (const { conversationId, fingerprint, ours, messageId, pending, contentAt, removed } of knownMessages.values()) {
    rows.push({ conversation_id: conversationId, fingerprint, ours, message_id: messageId, pending, content_at: contentAt, removed });
  }
  return toJson(rows);
}

/** The state before is kept with the first row of each conversation that does not follow from what is noted already. */
function judgedRows({ judged, startsOf }: Writings): string {
  const begun = new Set<string>();
  return toJson(
    judged.map(({ conversationId, at, from, matter, knew, policyId, decided }, nth) => {
      const starts = startsOf.has(conversationId) && !begun.has(conversationId);
      begun.add(conversationId);
      const place = from && { topic: from.topic, partition: from.partition, offset: from.offset.toString() };
      return { nth, conversationId, at, ...place, matter, knew, policy: policyId, decided, starts };
    }),
  );
}
