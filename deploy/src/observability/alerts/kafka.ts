import { alarmsOf } from './alarms.js';
import { critical, warning } from './rule.js';
import type { RuleGroup } from './rule.js';

/** Kafka, the outbox, and the settings that come by Kafka. */
export const kafka: RuleGroup = {
  name: 'baton-kafka',
  rules: [
    warning({
      alert: 'BatonConsumerBehind',
      expr:
        'max by (namespace, group, topic) (baton_consumer_lag_seconds) > 60\n' +
        'and max by (namespace, group, topic) (baton_consumer_lag) > 1000',
      for: '5m',
      summary: 'A service is behind on what it has to read',
      description: 'At its pace {{ $labels.group }} needs {{ $value | humanizeDuration }} for what waits in {{ $labels.topic }}.',
    }),
    critical({
      alert: 'BatonConsumerStuck',
      expr: `max by (namespace) (baton_alarm{code=~"${alarmsOf('BatonConsumerStuck').join('|')}"}) > 0`,
      for: '1m',
      summary: 'A service handles nothing although records wait for it',
      description: '{{ $value | humanize }} groups have not moved for a minute although records wait.',
    }),
    warning({
      alert: 'BatonConsumersLost',
      expr: 'sum by (namespace, job) (increase(baton_consumers_lost_total[15m])) > 3',
      summary: 'The line to Kafka breaks again and again',
      description: 'The consumer of {{ $labels.job }} broke or fell silent {{ $value | humanize }} times within 15 minutes.',
    }),
    warning({
      alert: 'BatonRebalanceStorm',
      expr: 'max by (namespace, job) (increase(baton_group_assignments_total[15m])) > 8',
      summary: 'Partitions are handed round without an end',
      description:
        'A replica of {{ $labels.job }} was given partitions {{ $value | humanize }} times within 15 minutes: each time its work pauses.',
    }),
    critical({
      alert: 'BatonOutboxOld',
      expr: 'max by (namespace, job) (baton_outbox_oldest_age_seconds) > 60',
      for: '2m',
      summary: 'Events wait for Kafka',
      description: 'The oldest event of {{ $labels.job }} waits for {{ $value | humanizeDuration }}.',
    }),
    warning({
      alert: 'BatonDeadLettersOpen',
      expr: 'sum by (namespace) (max by (namespace, workspace) (baton_dead_letters_open)) > 0',
      for: '5m',
      summary: 'Dead letters wait for somebody to look at them',
      description: '{{ $value | humanize }} records that a service could not understand are open.',
    }),
    warning({
      alert: 'BatonTopicDrift',
      expr: 'max by (namespace, topic, setting) (baton_topic_drift) > 0',
      for: '10m',
      summary: 'A topic is not as it should be',
      description: '{{ $labels.setting }} of {{ $labels.topic }} differs from what is declared.',
    }),
    critical({
      alert: 'BatonSettingsStale',
      expr: 'max by (namespace, job) (baton_settings_age_seconds) > 120',
      for: '2m',
      summary: 'A service does not hear the control plane',
      description:
        '{{ $labels.job }} heard nothing of the settings for {{ $value | humanizeDuration }}: changes do not arrive, and the AI is silent.',
    }),
  ],
};
