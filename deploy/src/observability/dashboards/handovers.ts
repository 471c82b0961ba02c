import { graph, quantiles, rate, stat, total } from './board.js';
import type { Dashboard } from './board.js';

const BOT = 'bot=~"$bot"';

/** What a support lead asks: who waits, for how long, and how it ended. */
export const handovers: Dashboard = {
  uid: 'baton-handovers',
  title: 'Baton · Handovers',
  description: 'What a support lead asks: who waits, for how long, and how it ended. The console has the same by conversation.',
  variables: [{ name: 'bot', label: 'Bot', query: 'label_values(baton_handovers_total, bot)' }],
  rows: [
    {
      title: 'In the time shown',
      panels: [
        stat({
          title: 'Asked for a human',
          description: 'Requests, by whoever made them.',
          unit: 'short',
          queries: [total('baton_handovers_total', [], `${BOT}, event="requested"`)],
          width: 2,
        }),
        stat({
          title: 'Accepted',
          description: 'The part of the requests that were accepted.',
          unit: 'percentunit',
          queries: [
            `sum(increase(baton_handovers_total{$ns, ${BOT}, event="accepted"}[$__range])) / sum(increase(baton_handovers_total{$ns, ${BOT}, event="requested"}[$__range]))`,
          ],
          width: 2,
        }),
        stat({
          title: 'Answered by a human',
          description: 'The part of the accepted ones in which a human spoke.',
          unit: 'percentunit',
          queries: [
            `sum(increase(baton_handovers_total{$ns, ${BOT}, event="connected"}[$__range])) / sum(increase(baton_handovers_total{$ns, ${BOT}, event="accepted"}[$__range]))`,
          ],
          width: 2,
        }),
        stat({
          title: 'Timed out',
          description: 'Nobody came, or nobody went on.',
          unit: 'short',
          queries: [total('baton_handovers_total', [], `${BOT}, event="timed-out"`)],
          thresholds: [1, 10],
          width: 2,
        }),
        stat({
          title: 'Promises open, near their end, overdue',
          description: 'What visitors were promised and has not ended.',
          unit: 'short',
          queries: [
            { expr: 'max(baton_promises_open{$ns})', legend: 'open' },
            { expr: 'max(baton_promises_near_end{$ns})', legend: 'near their end' },
            { expr: 'max(baton_promises_overdue{$ns})', legend: 'overdue' },
          ],
          runbook: 'BatonPromisesNearEnd',
          width: 4,
        }),
      ],
    },
    {
      title: 'How long people wait',
      panels: [
        graph({
          title: 'Until a request is accepted or declined',
          description: 'p99 below 10 s is well.',
          unit: 's',
          queries: quantiles('baton_handover_decision_seconds', ['outcome'], '1h'),
          runbook: 'BatonHandoversDecidedSlow',
        }),
        graph({
          title: "Until a human's first word",
          description: 'From the request to the first word of an agent.',
          unit: 's',
          queries: quantiles('baton_handover_first_word_seconds', [], '1h'),
          runbook: 'BatonPromisesNearEnd',
        }),
        graph({
          title: 'Until it is resolved',
          description: 'From the request to its resolution.',
          unit: 's',
          queries: quantiles('baton_handover_resolve_seconds', [], '1h'),
        }),
        graph({
          title: 'What became of requests',
          description: 'By the hour of the day: when people ask, and when nobody is there.',
          unit: 'short',
          queries: [{ expr: `sum by (event) (increase(baton_handovers_total{$ns, ${BOT}}[1h]))`, legend: '{{event}}' }],
        }),
      ],
    },
    {
      title: 'Why',
      panels: [
        graph({
          title: 'Who asked, why it was declined, which time was over',
          description: 'In the hour before. Many `closed` or `nobody-online`: too few agents, or hours that do not fit.',
          unit: 'short',
          queries: [
            { expr: 'sum by (event, reason) (increase(baton_handover_reasons_total{$ns}[1h])) > 0', legend: '{{event}} {{reason}}' },
          ],
          runbook: 'BatonNobodyTakesRequests',
        }),
        graph({
          title: 'Changes of the floor',
          description: 'From whom to whom the word went.',
          unit: 'cps',
          queries: [rate('baton_floor_changes_total', ['from', 'to'])],
        }),
        graph({
          title: 'Promises made and ended',
          description: 'Many `apologised` of kind `answer`: too few agents, or timers that are too short.',
          unit: 'cps',
          queries: [
            { ...rate('baton_promises_made_total', ['kind']), legend: 'made {{kind}}' },
            { ...rate('baton_promises_ended_total', ['kind', 'end']), legend: '{{end}} {{kind}}' },
          ],
          runbook: 'BatonPromisesBroken',
        }),
        graph({
          title: 'Promises broken',
          description: 'Ended more than a minute after their time, in the hour before.',
          unit: 'short',
          queries: [{ expr: 'sum by (kind) (increase(baton_promises_broken_total{$ns}[1h]))', legend: '{{kind}}' }],
          runbook: 'BatonPromisesBroken',
        }),
        graph({
          title: 'What was judged',
          description: 'Facts of visitors, bots and agents that were judged, and those that moved nothing.',
          unit: 'cps',
          queries: [
            { ...rate('baton_facts_judged_total', ['kind']), legend: '{{kind}}' },
            { ...rate('baton_facts_ignored_total', ['reason']), legend: 'moved nothing: {{reason}}' },
          ],
        }),
        graph({
          title: 'Circles',
          description: 'Conversations that went round in a circle and were cut.',
          unit: 'short',
          queries: [{ expr: 'sum by (name) (increase(baton_alarms_total{$ns}[1h]))', legend: '{{name}}' }],
          runbook: 'BatonTalkInCircles',
        }),
      ],
    },
  ],
};
