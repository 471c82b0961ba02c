import { SLOS } from '../slo/slos.js';
import { graph, quantile, quantiles, rate, stat, table, total } from './board.js';
import type { Dashboard, Panel } from './board.js';

/** How much of the hour's events were bad, and where the fast burn begins. */
const slo = ({ id, alert, promise, objective }: (typeof SLOS)[number]): Panel =>
  stat({
    title: promise.split(/,| of /)[0] + ` · ${id}`,
    description: `${promise}. Shown: the part that was good in the last hour; nothing when nothing happened.`,
    unit: 'percentunit',
    queries: [`1 - sum(baton:slo_bad:rate1h{$ns, slo="${id}"}) / sum(baton:slo_all:rate1h{$ns, slo="${id}"})`],
    thresholds: [objective, Number((1 - 14.4 * (1 - objective)).toFixed(4))],
    runbook: alert,
    width: 2,
  });

/** Is it well, and if not, where on the road of a message is it stuck? */
export const overview: Dashboard = {
  uid: 'baton-overview',
  title: 'Baton · Overview',
  description: 'Is it well? If not: where on the road of a message is it stuck?',
  rows: [
    {
      title: 'Is it well?',
      panels: [
        table({
          title: 'Alerts that fire',
          description: 'Empty is well. Each has a page in docs/operations/runbook with its name.',
          unit: 'none',
          queries: ['max by (alertname, severity, job, code, bot, topic) (ALERTS{$ns, alertname=~"Baton.*", alertstate="firing"})'],
          width: 8,
        }),
        stat({
          title: 'Words lost',
          description: 'Within 15 minutes: records with words that were put aside, and gaps in conversations. 0 is well, always.',
          unit: 'short',
          queries: ['sum(baton:words_lost:increase15m{$ns})'],
          thresholds: [0.1, 0.5],
          runbook: 'BatonWordsLost',
          width: 2,
        }),
        stat({
          title: 'Services ready',
          description: 'As the control plane saw them at its last look. 1 is well.',
          unit: 'percentunit',
          queries: ['avg(max by (service) (baton_service_ready{$ns}))'],
          thresholds: [1, 0.99],
          runbook: 'BatonServiceAway',
          width: 2,
        }),
      ],
    },
    { title: 'What we promise (last hour)', panels: SLOS.map(slo) },
    {
      title: 'The road of a message',
      panels: [
        graph({
          title: 'Web hooks',
          description: 'What became of the web hooks of Crisp and Meta. Anything but accepted and ignored wants a look.',
          unit: 'reqps',
          queries: [rate('baton_webhooks_total', ['platform', 'outcome'])],
          runbook: 'BatonWebHooksNotTaken',
        }),
        graph({
          title: "Agent's word → visitor's screen",
          description: 'From its time in Crisp to the open chat of the visitor, or to Messenger. p99 below 5 s is well.',
          unit: 's',
          queries: quantiles('baton_agent_word_seconds', ['channel'], '15m'),
          runbook: 'BatonAgentWordsSlow',
        }),
        graph({
          title: "Visitor's word → Crisp",
          description: 'From being said to standing in Crisp, the opening of the conversation there included. p99 below 10 s is well.',
          unit: 's',
          queries: quantiles('baton_visitor_word_seconds', [], '15m'),
          runbook: 'BatonVisitorWordsSlow',
        }),
        graph({
          title: 'Oldest word that waits',
          description:
            'How long the oldest word of a person waits to go to Crisp or Messenger. Above 10 s for long: they are sick, or stopped.',
          unit: 's',
          queries: [{ expr: 'max by (job) (baton_word_age_seconds{$ns})', legend: '{{job}}' }],
          runbook: 'BatonWordsWait',
        }),
        graph({
          title: 'Records handled',
          description: 'By topic: where the road ends, this is flat while the topic before it is not.',
          unit: 'cps',
          queries: [rate('baton_records_handled_total', ['topic'])],
          runbook: 'BatonConsumerStuck',
        }),
        graph({
          title: 'Records that wait for a group',
          description: 'Lag by group and topic. A line that only rises: that service is stuck or too small.',
          unit: 'short',
          queries: [{ expr: 'max by (group, topic) (baton_consumer_lag{$ns})', legend: '{{group}} {{topic}}' }],
          runbook: 'BatonConsumerBehind',
        }),
        graph({
          title: 'Deliveries',
          description: 'What became of messages to visitors; failed ones with their class.',
          unit: 'cps',
          queries: [rate('baton_deliveries_total', ['channel', 'outcome', 'reason'])],
          runbook: 'BatonDeliveriesFail',
        }),
      ],
    },
    {
      title: 'Twice, late, in vain',
      panels: [
        stat({
          title: 'Read twice in Messenger',
          description: 'Parts of messages that a person got twice, in the time shown.',
          unit: 'short',
          queries: [total('baton_messenger_sent_twice_total')],
          thresholds: [0.5, 3],
          runbook: 'BatonWordsTwice',
        }),
        stat({
          title: 'Calls in doubt',
          description: 'Calls that nobody could say of whether they happened, in the time shown.',
          unit: 'short',
          queries: [total('baton_in_doubt_total')],
          thresholds: [1, 6],
          runbook: 'BatonCallsInDoubt',
        }),
        stat({
          title: 'Came again, judged once',
          description: 'Facts that were told twice and counted once: the inbox at work. Many after a restart are normal.',
          unit: 'short',
          queries: [total('baton_records_repeated_total')],
        }),
        stat({
          title: 'Bot lines withdrawn',
          description: 'Superseded before they were sent, because a human took over. Normal.',
          unit: 'short',
          queries: [total('baton_deliveries_total', [], 'outcome="superseded"')],
        }),
        graph({
          title: 'Answers of bots that were not said',
          description: 'By the reason: another turn, another epoch, a human has the floor, a bot that talks too much.',
          unit: 'cps',
          queries: [rate('baton_bot_answers_rejected_total', ['reason'])],
          runbook: 'BatonTalkInCircles',
        }),
        graph({
          title: 'Batches tried again',
          description: 'Because our own Postgres or Kafka failed. Short is a restart; long is an outage.',
          unit: 'cps',
          queries: [rate('baton_records_retried_total', ['topic'])],
          runbook: 'BatonConsumerStuck',
        }),
        graph({
          title: 'Slowest web hooks',
          description: 'From a web hook to our answer, p99. Meta gives up after 5 s.',
          unit: 's',
          queries: [{ expr: quantile(0.99, 'baton_webhook_seconds', ['platform']), legend: '{{platform}}' }],
          runbook: 'BatonWebHooksNotTaken',
        }),
      ],
    },
  ],
};
