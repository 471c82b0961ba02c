/**
 * Every metric of Baton, so that a dashboard never guesses. Prometheus style: unit in the name, `_total` on what only
 * grows. Labels never carry an id of a person or a conversation.
 */
export const METRICS = {
  /** Labels: topic. Records handled to their end. */
  recordsHandled: 'baton_records_handled_total',
  /** Labels: topic, reason. */
  recordsParked: 'baton_records_parked_total',
  /** Labels: topic. Time from the record's arrival in this process to the end of its handler. */
  handlingSeconds: 'baton_handling_seconds',
  /** Labels: topic. Records taken and not yet finished. */
  recordsInFlight: 'baton_records_in_flight',
  /** Labels: outcome (sent, refused, unavailable). */
  recordsProduced: 'baton_records_produced_total',
  /** Rows waiting in the service's outbox when the sweep looked last: the same on every replica. */
  outboxWaiting: 'baton_outbox_waiting',
  /** Age of the event at the front of the outbox at that moment; 0 when nothing waits. */
  outboxOldestAge: 'baton_outbox_oldest_age_seconds',
  /** Labels: kind, outcome (done, retry, refused). Attempts of effects that came to a verdict. */
  effects: 'baton_effects_total',
  /** Labels: kind. What no check could close: perhaps it happened, perhaps not. */
  inDoubt: 'baton_in_doubt_total',
  /** Labels: target kind. Targets whose breaker is open. */
  breakersOpen: 'baton_breakers_open',
  /** Labels: platform (crisp, messenger), outcome. Web hooks answered by the ingress. */
  webhooks: 'baton_webhooks_total',
  /** Labels: from, to. Changes of the floor. */
  floorChanges: 'baton_floor_changes_total',
  /** Labels: place (inbox, webchat, messenger), kind, outcome (posted, suggested, shadow, dropped, failed). Automatic answers. */
  answers: 'baton_answers_total',
  /** Labels: place. From the visitor's last message to the posted answer. */
  answerSeconds: 'baton_answer_seconds',
  /** Labels: reason. Answers that were begun or made and not said. */
  answersDropped: 'baton_answers_dropped_total',
  /** Answers in the making in this process. */
  answersInFlight: 'baton_answers_in_flight',
  /** Labels: state. Sessions of Crisp's inboxes that the AI knows. */
  inboxSessions: 'baton_inbox_sessions',
  /** Labels: kind (look, answer, mail, return, bot). What visitors were promised. */
  promisesMade: 'baton_promises_made_total',
  /** Labels: kind, end (kept, cancelled, apologised). */
  promisesEnded: 'baton_promises_ended_total',
  /** Labels: kind. Ended more than a minute after their time. */
  promisesBroken: 'baton_promises_broken_total',
  /** Not ended yet, a look ago: the same on every replica, like the two that follow. */
  promisesOpen: 'baton_promises_open',
  /** Of these, those whose end is near. */
  promisesNearEnd: 'baton_promises_near_end',
  /** Of these, those whose time was over more than a minute before. */
  promisesOverdue: 'baton_promises_overdue',
  /** Labels: name (handover-loop, bot-loop). What was cut because it went round in a circle. */
  alarms: 'baton_alarms_total',
  /** Labels: code, severity (critical, warning). Alarms that are open and not muted, a look ago: the same on every replica of the control plane, like those that follow. */
  alarm: 'baton_alarm',
  /** Labels: service. 1 while it answers and is ready. */
  serviceReady: 'baton_service_ready',
  /** Labels: group, topic. Records that a group of ours has not handled. */
  consumerLag: 'baton_consumer_lag',
  /** Labels: workspace. Dead letters that nobody looked after; without a name those that belong to nobody. */
  deadLettersOpen: 'baton_dead_letters_open',
  /** Labels: bot. 1 while Crisp takes the token of its connection. */
  crispTokenTaken: 'baton_crisp_token_taken',
  /** Labels: website. The part of the day's calls of its token that was made. */
  crispQuotaUsed: 'baton_crisp_website_quota_used_ratio',
  /** Labels: website. Seconds since its last web hook. */
  crispHookAge: 'baton_crisp_hook_age_seconds',
  /** Labels: target kind. Work outside that waits. */
  effectsOpen: 'baton_effects_open',
  /** Labels: target kind. Of this, what nobody knows of whether it happened. */
  effectsInDoubt: 'baton_effects_in_doubt',
  /** Labels: version. Always 1. */
  build: 'baton_build_info',
  /** Open sockets of visitors on this replica. */
  sockets: 'baton_sockets',
} as const;

/** A name of the list above, or one that a service keeps to itself. */
export type MetricName = `baton_${string}`;
