import type { RetentionSchema } from './limit.js';

const WITH_ITS_CONVERSATION = 'goes with its conversation: when a person is erased, or as long as the workspace keeps conversations';
const UNTIL_SENT = 'stands until it was sent, milliseconds; its age is an alarm of its own';
const OPEN_WORK = 'stands while something is open';
const SETTING = 'what is set: until somebody takes it away';
const WITH_ITS_SOURCE = 'goes with its source of knowledge';
const NUMBERS = 'numbers and marks without words';

const EFFECTS = { effect_lanes: OPEN_WORK, effect_budgets: NUMBERS } as const;
const EVERYWHERE = { migrations: 'which migrations ran', outbox: UNTIL_SENT } as const;

/** Tables that no age makes shorter, and why. Each table of a service has a limit or stands here. */
export const KEPT: Readonly<Record<RetentionSchema, Readonly<Record<string, string>>>> = {
  orchestrator: {
    ...{ ...EVERYWHERE, ...EFFECTS },
    conversations: WITH_ITS_CONVERSATION,
    transcript_lines: WITH_ITS_CONVERSATION,
    prior_lines: WITH_ITS_CONVERSATION,
    crisp_sessions: WITH_ITS_CONVERSATION,
    handovers: WITH_ITS_CONVERSATION,
    ratings: WITH_ITS_CONVERSATION,
    history_accesses: 'goes with its link',
    website_hooks: NUMBERS,
  },
  dispatcher: {
    ...{ ...EVERYWHERE, ...EFFECTS },
    inbox: 'empty: repeats are known by their numbers',
    conversations: WITH_ITS_CONVERSATION,
    held_deliveries: OPEN_WORK,
    messenger_threads: WITH_ITS_CONVERSATION,
    messenger_parts: 'goes with its message',
    messenger_pages: NUMBERS,
    presence: OPEN_WORK,
    replicas: OPEN_WORK,
  },
  ai_auto_reply: {
    ...{ ...EVERYWHERE, ...EFFECTS },
    quota_entries: 'what was used of a plan, without words; forgotten by whole months',
    quota_periods: NUMBERS,
    sources: SETTING,
    source_pages: WITH_ITS_SOURCE,
    gone_bots: NUMBERS,
    hooks_seen: NUMBERS,
    stopped_bots: SETTING,
    catch_ups: NUMBERS,
    caught_up_sessions: NUMBERS,
  },
  control_plane: {
    migrations: EVERYWHERE.migrations,
    people: SETTING,
    members: SETTING,
    identities: SETTING,
    workspaces: SETTING,
    api_keys: SETTING,
    bot_keys: SETTING,
    documents: SETTING,
    document_versions: 'every version of what was set, for the history and for going back; secrets sealed',
    file_entries: NUMBERS,
    crisp_checks: NUMBERS,
    crisp_tokens: NUMBERS,
  },
};
