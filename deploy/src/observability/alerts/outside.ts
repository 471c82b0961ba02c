import { alarmsOf } from './alarms.js';
import { critical, warning } from './rule.js';
import type { RuleGroup } from './rule.js';

const hooks = (outcomes: string) => `sum by (namespace) (increase(baton_webhooks_total{platform="messenger",outcome=~"${outcomes}"}[10m]))`;
/** Anybody may knock at a public door: a few wrong signatures wake nobody. */
const REFUSED = hooks('hook.unauthorized');
const TAKEN = hooks('accepted|ignored');

/** Crisp, Meta, models and files: what is done outside. */
export const outside: RuleGroup = {
  name: 'baton-outside',
  rules: [
    critical({
      alert: 'BatonCrispTokenRefused',
      expr: 'min by (namespace, bot) (baton_crisp_token_taken) == 0',
      for: '2m',
      summary: 'Crisp refuses the token of a bot',
      description: 'Nothing of {{ $labels.bot }} reaches its agents, and nobody can be asked for.',
    }),
    warning({
      alert: 'BatonCrispQuotaShort',
      expr: 'max by (namespace) (baton_crisp_quota_forecast_ratio) > 1 and max by (namespace) (baton_crisp_quota_used_ratio) > 0.5',
      for: '15m',
      summary: 'At this pace the calls of a Crisp token end before midnight UTC',
      description: 'It will have used {{ $value | humanizePercentage }} of its calls of today.',
    }),
    critical({
      alert: 'BatonCrispQuotaSpent',
      expr: 'max by (namespace) (baton_crisp_quota_used_ratio) >= 0.95',
      for: '2m',
      summary: 'The calls of a Crisp token are used up for today',
      description: '{{ $value | humanizePercentage }} of its calls of today were made: only words go on, until Crisp says no.',
    }),
    warning({
      alert: 'BatonHooksSilent',
      expr: `max by (namespace, code) (baton_alarm{code=~"${alarmsOf('BatonHooksSilent').join('|')}"}) > 0`,
      for: '1m',
      summary: 'Crisp sends no web hooks of a website where people write',
      description: '{{ $value | humanize }} websites are silent ({{ $labels.code }}): words are found by looking, a minute late.',
    }),
    critical({
      alert: 'BatonMessengerHooksRefused',
      expr: `${REFUSED} > 4 unless ${TAKEN} > 0`,
      for: '2m',
      summary: 'All web hooks of Meta are refused for their signature',
      description: '{{ $value | humanize }} within 10 minutes, and none was taken. After an hour of failures Meta takes the address away.',
    }),
    warning({
      alert: 'BatonMessengerHooksRefused',
      expr: `${REFUSED} > 20`,
      for: '5m',
      summary: 'Many web hooks in Meta’s name are refused for their signature',
      description:
        '{{ $value | humanize }} within 10 minutes, while others are taken: the secret of one app of several, or somebody who guesses.',
    }),
    critical({
      alert: 'BatonMessengerPageStopped',
      expr: 'max by (namespace) (baton_messenger_pages_stopped) > 0',
      for: '5m',
      summary: 'Meta refuses the token or the permission of a page',
      description: '{{ $value | humanize }} pages are stopped: everything for their visitors waits.',
    }),
    warning({
      alert: 'BatonTargetSick',
      expr: 'max by (namespace, job) (baton_breakers_open) > 0',
      for: '10m',
      summary: 'Calls to a website, a page or a host of files fail',
      description: '{{ $labels.job }} leaves {{ $value | humanize }} targets in peace and tries one call every few seconds.',
    }),
    critical({
      alert: 'BatonWordsWait',
      expr: 'max by (namespace, job) (baton_word_age_seconds) > 120',
      for: '2m',
      summary: 'Words of people wait for Crisp or Messenger',
      description: 'The oldest word that {{ $labels.job }} has to bring there is due for {{ $value | humanizeDuration }}.',
    }),
    warning({
      alert: 'BatonEffectsWait',
      expr: 'max by (namespace, job) (baton_effect_age_seconds) > 300',
      for: '5m',
      summary: 'Work at Crisp, Meta or a model waits',
      description: 'The oldest piece of work of {{ $labels.job }} is due for {{ $value | humanizeDuration }}.',
    }),
    warning({
      alert: 'BatonAnswersFail',
      expr:
        'sum by (namespace) (increase(baton_answers_total{outcome="failed"}[30m]))\n' +
        '/ sum by (namespace) (increase(baton_answers_total[30m])) > 0.1\n' +
        'and sum by (namespace) (increase(baton_answers_total{outcome="failed"}[30m])) >= 3',
      for: '5m',
      summary: 'Answers of the AI fail',
      description: '{{ $value | humanizePercentage }} of its answers failed within 30 minutes.',
    }),
    critical({
      alert: 'BatonKnowledgeAway',
      expr: 'max by (namespace) (baton_knowledge_open) == 0',
      for: '5m',
      summary: 'The knowledge database was never reached since the start',
      description: 'The AI says that something failed, or waits, until it is there.',
    }),
  ],
};
