import { ANY, counts, PEOPLE_SECONDS, ROAD_SECONDS, shows, times } from './metric.js';

const PLATFORMS = ['crisp', 'messenger'] as const;
const CHANNELS = ['webchat', 'messenger'] as const;
const PARK_REASONS = [
  'not-an-event',
  'not-json',
  'unknown-type',
  'unknown-version',
  'invalid-data',
  'handler-refused',
  'handler-failed',
] as const;
const PROMISES = ['look', 'answer', 'mail', 'return', 'bot'] as const;
const DESK_EVENTS = [
  ...(['agent-message', 'visitor-message', 'edited', 'removed', 'state', 'taken', 'rated'] as const),
  ...(['session-removed', 'command', 'segments'] as const),
];
const REJECTIONS = [
  ...(['not-your-floor', 'stale-epoch', 'unknown-turn', 'already-answered', 'unknown-conversation', 'wrong-bot'] as const),
  ...(['muted', 'promises', 'budget', 'kill-switch'] as const),
];
const LEFT_OUT = [
  ...(['quota', 'crisp-refuses', 'crisp-sick', 'too-many', 'too-old', 'against-the-floor', 'failed'] as const),
  ...(['no-connection', 'closing'] as const),
];
const HANDOVER_EVENTS = ['requested', 'accepted', 'declined', 'connected', 'resolved', 'timed-out', 'cancelled', 'followed-up'] as const;

/**
 * Every metric of Baton, so that a dashboard never guesses: what nobody counts, and what is counted and does not stand here, fails a
 * test. "A look ago" is the same on every replica: `max`, never `sum`.
 */
export const METRICS = {
  // What a support lead asks.
  handovers: counts('baton_handovers_total', 'Requests for a human, and what became of them', { bot: ANY, event: HANDOVER_EVENTS }),
  handoverReasons: counts(
    'baton_handover_reasons_total',
    'The same by who asked, why it was declined, which time was over, or who cancelled',
    { event: ANY, reason: ANY },
  ),
  handoverDecision: times(
    'baton_handover_decision_seconds',
    'From the request for a human to its acceptance or decline',
    { outcome: ['accepted', 'declined'] },
    ROAD_SECONDS,
  ),
  handoverFirstWord: times('baton_handover_first_word_seconds', 'From the request to the first word of a human', {}, PEOPLE_SECONDS),
  handoverResolve: times('baton_handover_resolve_seconds', 'From the request to its resolution', {}, PEOPLE_SECONDS),
  floorChanges: counts('baton_floor_changes_total', 'Changes of the floor', { from: ANY, to: ANY }),
  promisesMade: counts('baton_promises_made_total', 'What was promised to visitors', { kind: PROMISES }),
  promisesEnded: counts('baton_promises_ended_total', 'Promises that ended, and how', {
    kind: PROMISES,
    end: ['kept', 'cancelled', 'apologised'],
  }),
  promisesBroken: counts('baton_promises_broken_total', 'Promises that ended more than a minute after their time', { kind: PROMISES }),
  promisesOpen: shows('baton_promises_open', 'Promises to visitors that have not ended, a look ago'),
  promisesNearEnd: shows('baton_promises_near_end', 'Of these, those whose end is near'),
  promisesOverdue: shows('baton_promises_overdue', 'Of these, those whose time was over more than a minute before'),
  alarms: counts('baton_alarms_total', 'What was cut because it went round in a circle', { name: ['handover-loop', 'bot-loop'] }),

  // The road of a message.
  webhooks: counts('baton_webhooks_total', 'Web hooks answered: accepted, ignored, verified, or the code of the refusal', {
    platform: PLATFORMS,
    outcome: ANY,
  }),
  webhookSeconds: times('baton_webhook_seconds', 'From a web hook to our answer', { platform: PLATFORMS }),
  lastWebhook: shows('baton_last_webhook_timestamp_seconds', 'When the last web hook of a bot was stored here, in Unix time', {
    platform: PLATFORMS,
    bot: ANY,
  }),
  missedWebhooks: counts('baton_missed_webhooks_total', 'What a web hook should have told and a reading of Crisp found', {
    kind: DESK_EVENTS,
  }),
  agentWord: times(
    'baton_agent_word_seconds',
    "From an agent's word in Crisp to the open chat of its visitor, or to Messenger",
    { channel: CHANNELS },
    ROAD_SECONDS,
  ),
  visitorWord: times(
    'baton_visitor_word_seconds',
    "From a visitor's word to its place in Crisp; one that was given up counts as later than all bounds",
    {},
    ROAD_SECONDS,
  ),
  deliveries: counts('baton_deliveries_total', 'What became of messages to visitors, and why not', {
    channel: CHANNELS,
    outcome: ['sent', 'delivered', 'seen', 'superseded', 'failed'],
    reason: ANY,
  }),
  deliveryGaps: counts('baton_delivery_gaps_total', 'Places in the order of a conversation that were left empty: a delivery never came'),
  botAnswersRejected: counts('baton_bot_answers_rejected_total', 'Answers of bots that were not said, by the reason', {
    reason: REJECTIONS,
  }),
  factsJudged: counts('baton_facts_judged_total', 'Facts that were judged', { kind: ANY }),
  factsIgnored: counts('baton_facts_ignored_total', 'What came and moved nothing, by the reason', { reason: ANY }),
  recordsRepeated: counts('baton_records_repeated_total', 'Facts that came again and were not judged again'),

  // Kafka and outbox.
  recordsHandled: counts('baton_records_handled_total', 'Records handled to their end', { topic: ANY }),
  recordsParked: counts('baton_records_parked_total', 'Records that went to the dead letters', { topic: ANY, reason: PARK_REASONS }),
  handlingSeconds: times('baton_handling_seconds', 'From the start of a batch to its end', { topic: ANY }),
  recordsRetried: counts('baton_records_retried_total', 'Batches that are tried again because our own Postgres or Kafka failed', {
    topic: ANY,
  }),
  groupAssignments: counts('baton_group_assignments_total', 'Times that its group gave this member partitions: one for each rebalance'),
  consumersLost: counts('baton_consumers_lost_total', 'Times that the consumer broke or fell silent and was replaced'),
  outboxWaiting: shows('baton_outbox_waiting', "Rows waiting in the service's outbox, a look ago"),
  outboxOldestAge: shows('baton_outbox_oldest_age_seconds', 'Age of the event at the front of the outbox, a look ago'),
  consumerLag: shows('baton_consumer_lag', 'Records that a group of ours has not handled, a look ago', { group: ANY, topic: ANY }),
  consumerLagSeconds: shows('baton_consumer_lag_seconds', 'How long the group needs for them at the pace of its last minute, a look ago', {
    group: ANY,
    topic: ANY,
  }),
  deadLettersOpen: shows(
    'baton_dead_letters_open',
    'Dead letters that nobody looked after, a look ago; without a workspace those that belong to nobody',
    { workspace: ANY },
  ),
  settingsAge: shows('baton_settings_age_seconds', 'Since the control plane was last heard to say that the settings are current'),

  // Work outside.
  effects: counts('baton_effects_total', 'Attempts of effects that came to a verdict: done, retry, refused', { kind: ANY, outcome: ANY }),
  inDoubt: counts('baton_in_doubt_total', 'Times that nobody could say whether an attempt had happened', { kind: ANY }),
  effectAge: shows('baton_effect_age_seconds', 'How long the oldest open effect that is due has been waiting, a look ago'),
  wordAge: shows(
    'baton_word_age_seconds',
    'How long the oldest word of a person that is due has been waiting to go to Crisp or Messenger, a look ago',
  ),
  effectsOpen: shows('baton_effects_open', 'Work outside that waits, a look ago', { kind: ANY }),
  effectsInDoubt: shows('baton_effects_in_doubt', 'Work outside of which nobody knows whether it happened, a look ago', { kind: ANY }),
  breakersOpen: shows('baton_breakers_open', 'Websites, pages and hosts of files that are left in peace for a while'),

  // Crisp.
  crispCalls: counts('baton_crisp_calls_total', 'Calls that Crisp answered', { outcome: ANY }),
  crispQuota: shows('baton_crisp_quota_used_ratio', 'The part of its calls of today that the token nearest to its end has made'),
  crispForecast: shows(
    'baton_crisp_quota_forecast_ratio',
    'The same for the end of the day, if it goes on like this; above 1 it will not do',
  ),
  crispQuotaUsed: shows(
    'baton_crisp_website_quota_used_ratio',
    'The part of the day’s calls of a website’s token that was made, a look ago',
    {
      website: ANY,
    },
  ),
  crispTokenTaken: shows('baton_crisp_token_taken', '1 while Crisp takes the token of a bot, 0 while it does not, a look ago', {
    bot: ANY,
  }),
  crispHookAge: shows('baton_crisp_hook_age_seconds', 'Since the last web hook of a website, a look ago', { website: ANY }),
  crispMails: counts('baton_crisp_mails_total', "Agents' lines that Crisp mailed, and where else the visitor has them", {
    chat: ['silent', 'new', 'shown'],
  }),
  signsDropped: counts('baton_signs_dropped_total', 'Signs for Crisp that were left out, by the reason', { reason: LEFT_OUT }),

  // Messenger and files.
  messengerElements: counts('baton_messenger_elements_total', 'What Messenger web hooks carried, by what became of it', { outcome: ANY }),
  messengerEvents: counts('baton_messenger_events_total', 'Events of Messenger, by what they say', { kind: ANY }),
  messengerSentTwice: counts('baton_messenger_sent_twice_total', 'Parts of messages that reached a person twice, as echoes told'),
  messengerPagesStopped: shows('baton_messenger_pages_stopped', 'Pages whose token or permission does not work: their sends wait'),
  filesFetched: counts('baton_files_fetched_total', 'Files of channels that were fetched, or why not', { outcome: ANY }),
  filesStored: shows('baton_files_stored_bytes', 'Bytes of hosted files when they were last counted: the same on every replica'),
  sockets: shows('baton_sockets', 'Open sockets of visitors on this replica'),

  // Answers of the AI.
  answers: counts('baton_answers_total', 'Answers by what became of them: posted, suggested, shadow, dropped, failed', {
    place: ANY,
    kind: ANY,
    outcome: ANY,
  }),
  answerSeconds: times('baton_answer_seconds', 'From the visitor’s last message to the posted answer', { place: ANY }),
  answersDropped: counts('baton_answers_dropped_total', 'Answers that were made or begun and not said, by the reason', { reason: ANY }),
  answersInFlight: shows('baton_answers_in_flight', 'Answers in the making in this process'),
  inboxSessions: shows('baton_inbox_sessions', 'Sessions of inboxes by state, a look ago', { state: ANY }),
  inboxFacts: counts('baton_inbox_facts_total', 'What happened in inboxes', { kind: ANY }),
  inboxIgnored: counts('baton_inbox_ignored_total', 'What came and moved nothing, by the reason', { reason: ANY }),
  inboxMissed: counts('baton_inbox_missed_total', 'Messages that no web hook told, found by looking', {
    kind: ['visitor-line', 'human-line'],
  }),
  inboxStateChanges: counts('baton_inbox_state_changes_total', 'Changes of who may speak in a session', { from: ANY, to: ANY }),
  quotaTurnedAway: counts('baton_quota_turned_away_total', 'Questions without an answer because the plan was at its end'),
  quotaLate: counts('baton_quota_late_total', 'Answers counted although their reservation had been given back: they were posted after all'),
  quotaWarnings: counts('baton_quota_warnings_total', 'Workspaces that came near the end of their month'),
  knowledgeOpen: shows('baton_knowledge_open', 'Whether the knowledge database was reached since the start'),
  sourcesTakenIn: counts('baton_sources_taken_in_total', 'Sources that were taken in, by how that ended', { outcome: ANY }),
  sourcesWaiting: shows('baton_sources_waiting', 'Sources that wait to be taken in or are at it: the same on every replica'),

  // The installation, as the control plane sees it.
  lookAge: shows('baton_look_age_seconds', 'Since the control plane last looked at everything: what is older is not shown'),
  alarm: shows('baton_alarm', 'Alarms that are open and not muted, a look ago', { code: ANY, severity: ['critical', 'warning'] }),
  serviceReady: shows('baton_service_ready', '1 while a service answers and is ready, a look ago', { service: ANY }),
  topicDrift: shows('baton_topic_drift', '1 while a topic that the service uses is not as it should be, as the service saw it last', {
    topic: ANY,
    setting: ANY,
  }),
  build: shows('baton_build_info', 'The version that runs', { version: ANY }),
} as const;
