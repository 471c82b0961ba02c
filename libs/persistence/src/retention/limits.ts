import { FORGET_EVERY_MS } from './limit.js';
import type { Limit, RetentionSchema } from './limit.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Rows whose age counts from one column. */
const byAge = <K extends Limit['keeps']>(table: string, since: string, keeps: K, what: string, everyMs = FORGET_EVERY_MS) => ({
  ...{ table, what, past: `${since} < $1`, since, keeps, everyMs },
});

/** What a consumer has seen outlives the longest usual retention of a topic (7 days): nothing that can still come counts twice. */
const INBOX = byAge('inbox', 'at', 9, 'ids of records that were handled');
/** For whoever asks why. */
const EFFECTS = byAge('effects', 'ended_at', 14, 'calls that ended');

/** For how long each service keeps what it forgets by age, by its schema. What stands here is nowhere written again. */
export const LIMITS = {
  orchestrator: {
    inbox: INBOX,
    effects: EFFECTS,
    crispMessages: {
      ...byAge(
        'crisp_messages',
        'noted_at',
        9,
        'edits whose message never came, and our own messages once their echo cannot come any more',
      ),
      past: 'noted_at < $1 AND (ours OR message_id IS NULL)',
    },
    requests: byAge('escalation_requests', 'created_at', 1, 'requests that are known when they come again'),
    links: byAge('history_links', 'expires_at', 90, 'links to histories after their end, with who read them'),
    promises: {
      ...byAge('promises', 'coalesce(ended_at, due_at)', 90, 'promises, and how they ended'),
      // An open one that is this late belongs to a bot that is gone: nobody can end it.
      past: '(ended_at < $1 OR (ended_at IS NULL AND due_at < $1))',
    },
    decisions: byAge('decisions', 'at', 90, 'why conversations went as they did'),
    catchUps: byAge('catch_ups', 'began_at', 7, 'looks for missed web hooks'),
    crispCalls: {
      ...byAge('crisp_calls', 'day', 30, 'calls counted by day'),
      past: "day < ($1::timestamptz AT TIME ZONE 'UTC')::date",
    },
    // The first of a day stands with the state before it, so that what is left can be judged again.
    judged: { ...byAge('judged_facts', 'at', 'JUDGED_DAYS', 'notes of what was judged'), wholeDays: true },
    policies: {
      ...byAge('judged_policies', 'day', 'JUDGED_DAYS', 'settings by which it was judged, with a day more'),
      // Named by notes of the whole day before.
      ...{ past: "day < ($1::timestamptz AT TIME ZONE 'UTC')::date - 1", wholeDays: true },
    },
  },
  dispatcher: {
    effects: EFFECTS,
    // Receipts and edits of older messages are not followed any more.
    sends: byAge('messenger_messages', 'planned_at', 30, 'what was sent in Messenger, with its parts'),
    // Longer than the topic keeps what could be told again (7 days).
    elsewhere: byAge('messenger_elsewhere', 'noted_at', 9, 'ids of what a page said elsewhere'),
    // Twenty in ten minutes, for each is taken away at Meta, too.
    personas: byAge('messenger_personas', 'used_at', 90, 'names and pictures of agents in Messenger, since they spoke last', 24 * HOUR),
    files: { ...byAge('hosted_files', 'expires_at', 0, 'files after their end', MINUTE), past: 'expires_at <= $1' },
    lines: {
      table: 'log',
      what: 'lines of conversations in which nobody spoke',
      from: 'conversations c JOIN log l ON l.conversation_id = c.id AND l.seq = c.next_seq - 1',
      past: 'NOT c.present AND l.at < $1',
      since: 'l.at',
      ...{ keeps: 'LOG_RETENTION_DAYS', zeroKeeps: true, everyMs: MINUTE, lap: { table: 'conversations', rows: 1_000 } },
    },
  },
  ai_auto_reply: {
    inbox: INBOX,
    effects: EFFECTS,
    receipts: byAge('receipts', 'at', 'RECEIPT_DAYS', 'answers with what they rest on'),
    talks: {
      ...byAge('talks', 'updated_at', 'SESSION_DAYS', 'silent conversations of channels', MINUTE),
      past: 'updated_at < $1 AND due_at IS NULL',
    },
    sessions: {
      ...byAge('inbox_sessions', 'touched_at', 'SESSION_DAYS', "silent sessions of Crisp's chat box"),
      past: "touched_at < $1 AND state <> 'off'",
    },
    // What an agent forbade stays forbidden for so long, without the words that were said.
    sessionsOff: {
      ...byAge('inbox_sessions', 'touched_at', 'SESSION_DAYS', 'silent sessions that were switched off'),
      ...{ past: "touched_at < $1 AND state = 'off'", atLeast: 365 },
    },
    wordsOff: {
      ...byAge('inbox_sessions', 'touched_at', 'SESSION_DAYS', 'words of silent sessions that were switched off'),
      past: "touched_at < $1 AND state = 'off' AND (session->'lines' <> '[]' OR session->'visitor' <> 'null')",
    },
  },
  control_plane: {
    sessions: { ...byAge('sessions', 'ends_at', 0, 'sign-ins after their end'), past: 'ends_at <= $1' },
    idleSessions: { ...byAge('sessions', 'seen_at', 0.5, 'sign-ins that nobody used'), past: 'seen_at <= $1' },
    links: {
      ...byAge('sign_in_links', 'least(used_at, ends_at)', 0, 'links that sign nobody in any more'),
      past: '(ends_at <= $1 OR used_at <= $1)',
    },
    invitations: { ...byAge('invitations', 'ends_at', 30, 'invitations after their end'), past: 'ends_at <= $1' },
    alarms: { ...byAge('alarms', 'closed_at', 30, 'alarms that are over', MINUTE), past: "state = 'closed' AND closed_at < $1" },
    looks: byAge('looks', 'at', 1, 'looks at everything', MINUTE),
    audit: byAge('audit', 'at', 'AUDIT_DAYS', 'the audit log', HOUR),
    deadLetters: byAge('dead_letters', 'at', 'DEAD_LETTER_DAYS', 'dead letters with what they say', HOUR),
    hookSecrets: byAge('hook_secret_ends', 'ends_at', 365, 'hashes of secrets after their end', MINUTE),
    exports: { ...byAge('privacy_requests', 'result_until', 0, 'results of exports after their end', MINUTE), past: 'result_until <= $1' },
  },
} as const satisfies Record<RetentionSchema, Record<string, Limit>>;
