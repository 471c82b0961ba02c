/** Days for which rows are kept that messages, conversations and handovers leave behind, where nothing else is set. */
export const KEPT_DAYS: Readonly<Record<string, number>> = {
  'orchestrator.conversations': Infinity,
  'orchestrator.transcript_lines': Infinity,
  'orchestrator.handovers': Infinity,
  'orchestrator.crisp_sessions': Infinity,
  // Those of agents and visitors; our own go after nine days.
  'orchestrator.crisp_messages': Infinity,
  'orchestrator.prior_lines': Infinity,
  'orchestrator.ratings': Infinity,
  'orchestrator.decisions': 90,
  'orchestrator.promises': 90,
  'orchestrator.history_links': 90,
  'orchestrator.history_accesses': 90,
  'orchestrator.effects': 14,
  'orchestrator.inbox': 9,
  // Seven whole days, and today.
  'orchestrator.judged_facts': 8,
  'orchestrator.escalation_requests': 1,
  'dispatcher.conversations': Infinity,
  'dispatcher.log': 400,
  'dispatcher.messenger_threads': Infinity,
  'dispatcher.messenger_messages': 30,
  'dispatcher.messenger_parts': 30,
  'dispatcher.messenger_elsewhere': 9,
  'dispatcher.effects': 14,
  'dispatcher.hosted_files': 30,
  'ai_auto_reply.talks': 30,
  'ai_auto_reply.inbox_sessions': 30,
  'ai_auto_reply.receipts': 90,
  'ai_auto_reply.quota_entries': 90,
  'ai_auto_reply.effects': 14,
  'ai_auto_reply.inbox': 9,
};

/** Tables that a load makes larger for a while and not for long: emptied at once, or a few rows for each bot, website, day or replica. */
export const DO_NOT_GROW: ReadonlySet<string> = new Set([
  ...['outbox', 'effect_lanes', 'effect_budgets', 'website_hooks', 'catch_ups', 'crisp_calls', 'judged_policies'].map(
    (name) => `orchestrator.${name}`,
  ),
  ...['outbox', 'effect_lanes', 'effect_budgets', 'held_deliveries', 'presence', 'replicas', 'messenger_pages', 'messenger_personas'].map(
    (name) => `dispatcher.${name}`,
  ),
  ...['outbox', 'effect_lanes', 'effect_budgets', 'quota_periods', 'hooks_seen', 'catch_ups', 'caught_up_sessions', 'sources'].map(
    (name) => `ai_auto_reply.${name}`,
  ),
]);
/** Of the control plane nothing grows with messages: settings, people, alarms, a day of looks. */
const OF_NO_LOAD = 'control_plane.';

/** How long a row of a table (`schema.table`) is kept, in days; 0 where the table does not grow with the load. @throws RangeError when nobody says */
export function keptDays(table: string): number {
  if (DO_NOT_GROW.has(table) || table.startsWith(OF_NO_LOAD)) return 0;
  const days = KEPT_DAYS[table];
  if (days === undefined) throw new RangeError(`nobody says for how long rows of ${table} are kept`);
  return days;
}
