import { graph, quantiles, rate, stat, total } from './board.js';
import type { Dashboard } from './board.js';

/** Does the AI answer, and what does it do when it does not? */
export const ai: Dashboard = {
  uid: 'baton-ai',
  title: 'Baton · AI',
  description: 'Does the AI answer, how fast, and what does it do when it does not?',
  rows: [
    {
      title: 'Does it answer?',
      panels: [
        stat({
          title: 'Knowledge database',
          description: 'Whether it was reached since the start. 1 is well.',
          unit: 'none',
          queries: ['max(baton_knowledge_open{$ns})'],
          thresholds: [1, 1],
          runbook: 'BatonKnowledgeAway',
        }),
        stat({
          title: 'Answers in the making',
          description: 'At this moment, of all replicas; ANSWERS_AT_ONCE is the end of each.',
          unit: 'none',
          queries: ['sum(baton_answers_in_flight{$ns})'],
          runbook: 'BatonAnswersSlow',
        }),
        stat({
          title: 'Turned away by the plan',
          description: 'Questions without an answer because the plan was at its end, in the time shown.',
          unit: 'short',
          queries: [total('baton_quota_turned_away_total')],
          thresholds: [1, 10],
        }),
        stat({
          title: 'Sources waiting',
          description: 'Sources of knowledge that wait to be taken in, or are at it.',
          unit: 'none',
          queries: ['max(baton_sources_waiting{$ns})'],
        }),
        graph({
          title: 'Answers',
          description: 'By place, kind (an answer, a refusal, a handover) and what became of them.',
          unit: 'cps',
          queries: [rate('baton_answers_total', ['place', 'kind', 'outcome'])],
          runbook: 'BatonAnswersFail',
        }),
        graph({
          title: 'How long an answer takes',
          description: 'From the visitor’s last message to the posted answer. p95 below 10 s is well.',
          unit: 's',
          queries: quantiles('baton_answer_seconds', ['place'], '15m'),
          runbook: 'BatonAnswersSlow',
        }),
        graph({
          title: 'Made and not said',
          description: 'By the reason: a human spoke, the visitor wrote again, the switch is off.',
          unit: 'cps',
          queries: [rate('baton_answers_dropped_total', ['reason'])],
          runbook: 'BatonAnswersFail',
        }),
        graph({
          title: 'Plans near their end',
          description: 'Workspaces that came near the end of their month, and answers that were counted late.',
          unit: 'short',
          queries: [
            { ...total('baton_quota_warnings_total'), legend: 'near the end' },
            { ...total('baton_quota_late_total'), legend: 'counted late' },
          ],
        }),
      ],
    },
    {
      title: 'Inboxes',
      panels: [
        graph({
          title: 'Sessions by state',
          description: 'Who may speak in the sessions that the AI knows.',
          unit: 'short',
          queries: [{ expr: 'max by (state) (baton_inbox_sessions{$ns})', legend: '{{state}}' }],
        }),
        graph({
          title: 'Changes of state',
          description: 'From whom to whom the word went in inboxes.',
          unit: 'cps',
          queries: [rate('baton_inbox_state_changes_total', ['from', 'to'])],
        }),
        graph({
          title: 'What came',
          description: 'What happened in inboxes, by kind.',
          unit: 'cps',
          queries: [rate('baton_inbox_facts_total', ['kind'])],
          runbook: 'BatonHooksSilent',
        }),
        graph({
          title: 'What moved nothing',
          description: 'By the reason.',
          unit: 'cps',
          queries: [rate('baton_inbox_ignored_total', ['reason'])],
        }),
        graph({
          title: 'Sources taken in',
          description: 'By how that ended.',
          unit: 'short',
          queries: [total('baton_sources_taken_in_total', ['outcome'])],
        }),
      ],
    },
  ],
};
