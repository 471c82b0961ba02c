import type { TopicName } from '@baton/contracts';
import { critical, warning } from './rule.js';
import type { RecordingRule, RuleGroup } from './rule.js';

/** Topics whose records are words of people, or bring them: one that is put aside is a word that somebody did not get. */
export const TOPICS_OF_WORDS: readonly TopicName[] = [
  'visitor-messages',
  'crisp-webhooks',
  'messenger-webhooks',
  'bot-events',
  'bot-turns',
  'deliveries',
];

/** Failures that are nobody's fault here: the person blocked the page, or wrote too long ago. */
const THEIRS = 'window-closed|blocked';

const lost: RecordingRule = {
  record: 'baton:words_lost:increase15m',
  expr:
    'sum by (namespace) (\n' +
    '  increase(baton_delivery_gaps_total[15m])\n' +
    `  or increase(baton_records_parked_total{topic=~"${TOPICS_OF_WORDS.join('|')}"}[15m])\n` +
    ')',
};

/** What must never happen to a word, and what was promised to those who wait. */
export const words: RuleGroup = {
  name: 'baton-words',
  rules: [
    lost,
    critical({
      alert: 'BatonWordsLost',
      expr: 'baton:words_lost:increase15m > 0',
      summary: 'Words of people were put aside or never came',
      description:
        '{{ $value | humanize }} records with words went to the dead letters, or left a gap in a conversation, within 15 minutes.',
    }),
    warning({
      alert: 'BatonWordsTwice',
      expr: 'sum by (namespace) (increase(baton_messenger_sent_twice_total[1h])) > 0',
      summary: 'A person in Messenger read the same words twice',
      description:
        '{{ $value | humanize }} parts of messages were sent twice within an hour: an answer of Meta was lost, and the words were sent again.',
    }),
    warning({
      alert: 'BatonCallsInDoubt',
      expr: 'sum by (namespace) (increase(baton_in_doubt_total[30m])) > 5',
      summary: 'Of many calls nobody knows whether they happened',
      description:
        '{{ $value | humanize }} calls to Crisp or Meta broke off within 30 minutes and could not be looked up: words may stand there twice.',
    }),
    warning({
      alert: 'BatonDeliveriesFail',
      expr:
        `sum by (namespace, channel) (increase(baton_deliveries_total{outcome="failed",reason!~"${THEIRS}"}[30m]))\n` +
        '/ sum by (namespace, channel) (increase(baton_deliveries_total{outcome=~"failed|sent"}[30m])) > 0.05\n' +
        `and sum by (namespace, channel) (increase(baton_deliveries_total{outcome="failed",reason!~"${THEIRS}"}[30m])) >= 3`,
      for: '5m',
      summary: 'Messages to visitors are not taken',
      description: '{{ $value | humanizePercentage }} of the messages to {{ $labels.channel }} failed within 30 minutes.',
    }),
    critical({
      alert: 'BatonPromisesBroken',
      expr: 'sum by (namespace) (increase(baton_promises_broken_total[15m])) > 0 or max by (namespace) (baton_promises_overdue) > 0',
      summary: 'Visitors were promised something that did not happen in time',
      description: '{{ $value | humanize }} promises ended more than a minute late, or have not ended though they should have.',
    }),
    warning({
      alert: 'BatonPromisesNearEnd',
      expr: 'max by (namespace) (baton_promises_near_end) > 0',
      for: '2m',
      summary: 'Visitors will soon have waited as long as they were promised at most',
      description: '{{ $value | humanize }} visitors still wait for a human, and their time is nearly over.',
    }),
    warning({
      alert: 'BatonNobodyTakesRequests',
      expr:
        'sum by (namespace) (increase(baton_handover_reasons_total{event="declined",reason=~"crisp-unreachable|took-too-long|quota"}[15m]))\n' +
        '/ sum by (namespace) (increase(baton_handovers_total{event="requested"}[15m])) > 0.2\n' +
        'and sum by (namespace) (increase(baton_handover_reasons_total{event="declined",reason=~"crisp-unreachable|took-too-long|quota"}[15m])) >= 3',
      summary: 'Requests for a human are declined because Crisp could not be asked',
      description: '{{ $value | humanizePercentage }} of the requests of 15 minutes were declined though agents may be there.',
    }),
    warning({
      alert: 'BatonTalkInCircles',
      expr: 'sum by (namespace, name) (increase(baton_alarms_total[1h])) > 3',
      summary: 'Conversations go round in a circle and are cut',
      description: '{{ $labels.name }} rang {{ $value | humanize }} times within an hour.',
    }),
  ],
};
