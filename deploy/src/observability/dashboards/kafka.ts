import { graph, rate, stat } from './board.js';
import type { Dashboard } from './board.js';

/** Does Kafka bring and take what it should? */
export const kafkaBoard: Dashboard = {
  uid: 'baton-kafka',
  title: 'Baton · Kafka and outbox',
  description: 'Does Kafka bring and take what it should, and who is behind?',
  variables: [{ name: 'group', label: 'Group', query: 'label_values(baton_consumer_lag, group)' }],
  rows: [
    {
      title: 'Out: does Kafka take what we write?',
      panels: [
        graph({
          title: 'Age of the oldest event in the outbox',
          description: 'Seconds that the first event of each service waits for Kafka. Above 30: Kafka does not take it.',
          unit: 's',
          queries: [{ expr: 'max by (job) (baton_outbox_oldest_age_seconds{$ns})', legend: '{{job}}' }],
          runbook: 'BatonOutboxOld',
        }),
        graph({
          title: 'Events in the outbox',
          description: 'Rows that wait, by service; 100,000 means: or more.',
          unit: 'short',
          queries: [{ expr: 'max by (job) (baton_outbox_waiting{$ns})', legend: '{{job}}' }],
          runbook: 'BatonOutboxOld',
        }),
      ],
    },
    {
      title: 'In: who is behind?',
      panels: [
        graph({
          title: 'Lag',
          description: 'Records that a group has not handled, at the last look of the control plane.',
          unit: 'short',
          queries: [{ expr: 'max by (group, topic) (baton_consumer_lag{$ns, group=~"$group"})', legend: '{{group}} {{topic}}' }],
          runbook: 'BatonConsumerBehind',
        }),
        graph({
          title: 'Lag in time',
          description: 'How long a group needs for what waits, at its pace of the last minute.',
          unit: 's',
          queries: [{ expr: 'max by (group, topic) (baton_consumer_lag_seconds{$ns, group=~"$group"})', legend: '{{group}} {{topic}}' }],
          runbook: 'BatonConsumerBehind',
        }),
        graph({
          title: 'Handled',
          description: 'Records handled to their end, by service and topic.',
          unit: 'cps',
          queries: [rate('baton_records_handled_total', ['job', 'topic'])],
          runbook: 'BatonConsumerStuck',
        }),
        graph({
          title: 'Partitions given',
          description: 'Times within 15 minutes that a replica was given partitions: each is a rebalance, and a pause.',
          unit: 'short',
          queries: [{ expr: 'max by (job) (increase(baton_group_assignments_total{$ns}[15m]))', legend: '{{job}}' }],
          runbook: 'BatonRebalanceStorm',
        }),
        graph({
          title: 'Consumers lost',
          description: 'Times within 15 minutes that a consumer broke or fell silent and was replaced.',
          unit: 'short',
          queries: [{ expr: 'sum by (job) (increase(baton_consumers_lost_total{$ns}[15m]))', legend: '{{job}}' }],
          runbook: 'BatonConsumersLost',
        }),
      ],
    },
    {
      title: 'Aside: what could not be understood',
      panels: [
        stat({
          title: 'Dead letters open',
          description: 'Records that nobody looked after yet. `npm run dead-letters -- list`, or the console.',
          unit: 'short',
          queries: ['sum(max by (namespace, workspace) (baton_dead_letters_open{$ns}))'],
          thresholds: [1, 10],
          runbook: 'BatonDeadLettersOpen',
        }),
        stat({
          title: 'Topics that differ',
          description: 'Settings of topics that are not as declared. `npm run topics -- check` names them.',
          unit: 'short',
          queries: ['sum(max by (namespace, topic, setting) (baton_topic_drift{$ns})) or vector(0)'],
          thresholds: [1, 3],
          runbook: 'BatonTopicDrift',
        }),
        graph({
          title: 'Put aside',
          description: 'Records that went to the dead letters, by topic and reason.',
          unit: 'cps',
          queries: [rate('baton_records_parked_total', ['topic', 'reason'])],
          runbook: 'BatonWordsLost',
        }),
        graph({
          title: 'Tried again',
          description: 'Batches that our own Postgres or Kafka did not take at once.',
          unit: 'cps',
          queries: [rate('baton_records_retried_total', ['job', 'topic'])],
          runbook: 'BatonConsumerStuck',
        }),
      ],
    },
  ],
};
