import { graph, rate, stat, total } from './board.js';
import type { Dashboard } from './board.js';

/** Do Crisp and Messenger take and bring what they should? */
export const outsideBoard: Dashboard = {
  uid: 'baton-outside',
  title: 'Baton · Crisp and Messenger',
  description: 'Do Crisp and Messenger take and bring what they should?',
  rows: [
    {
      title: 'Is it them?',
      panels: [
        stat({
          title: 'Targets left in peace',
          description: 'Websites, pages and hosts of files whose calls fail. 0 is well.',
          unit: 'short',
          queries: ['max(baton_breakers_open{$ns})'],
          thresholds: [1, 3],
          runbook: 'BatonTargetSick',
        }),
        stat({
          title: 'Tokens of Crisp that are taken',
          description: 'The part of the bots whose token Crisp takes. 1 is well.',
          unit: 'percentunit',
          queries: ['avg(max by (bot) (baton_crisp_token_taken{$ns}))'],
          thresholds: [1, 0.99],
          runbook: 'BatonCrispTokenRefused',
        }),
        stat({
          title: 'Pages stopped',
          description: 'Pages of Messenger that want a new token. 0 is well.',
          unit: 'short',
          queries: ['max(baton_messenger_pages_stopped{$ns})'],
          thresholds: [1, 1],
          runbook: 'BatonMessengerPageStopped',
        }),
        stat({
          title: 'Oldest work that waits',
          description: 'How long the oldest effect that is due has been waiting.',
          unit: 's',
          queries: ['max(baton_effect_age_seconds{$ns})'],
          thresholds: [60, 300],
          runbook: 'BatonEffectsWait',
        }),
        graph({
          title: 'Work outside, by what became of it',
          description: 'Attempts of effects. Many `retry`: the other side is sick; `refused` is told to whom it concerns.',
          unit: 'cps',
          queries: [rate('baton_effects_total', ['kind', 'outcome'], 'outcome!="done"')],
          runbook: 'BatonEffectsWait',
        }),
        graph({
          title: 'Work that waits',
          description: 'Open effects, and those in doubt, by kind of target.',
          unit: 'short',
          queries: [
            { expr: 'max by (kind) (baton_effects_open{$ns})', legend: 'open {{kind}}' },
            { expr: 'max by (kind) (baton_effects_in_doubt{$ns})', legend: 'in doubt {{kind}}' },
          ],
          runbook: 'BatonCallsInDoubt',
        }),
      ],
    },
    {
      title: 'Crisp: quota, hooks, mails',
      panels: [
        graph({
          title: 'Calls of today, used and forecast',
          description: 'Of the token nearest to its end. A forecast above 1: it ends before midnight UTC.',
          unit: 'percentunit',
          queries: [
            { expr: 'max(baton_crisp_quota_used_ratio{$ns})', legend: 'used' },
            { expr: 'max(baton_crisp_quota_forecast_ratio{$ns})', legend: 'forecast for midnight' },
          ],
          runbook: 'BatonCrispQuotaShort',
        }),
        graph({
          title: 'Quota used by website',
          description: 'The part of the day’s calls of each website’s token.',
          unit: 'percentunit',
          queries: [{ expr: 'max by (website) (baton_crisp_website_quota_used_ratio{$ns})', legend: '{{website}}' }],
          runbook: 'BatonCrispQuotaSpent',
        }),
        graph({
          title: 'Since the last web hook of a website',
          description: 'Long at night is normal. Long while catch-ups find messages is not.',
          unit: 's',
          queries: [{ expr: 'min by (website) (baton_crisp_hook_age_seconds{$ns})', legend: '{{website}}' }],
          runbook: 'BatonHooksSilent',
        }),
        graph({
          title: 'Found without a hook',
          description: 'What a hook should have told and a reading of Crisp found: for handovers, and for inboxes.',
          unit: 'cps',
          queries: [
            { ...rate('baton_missed_webhooks_total', ['kind']), legend: 'handovers {{kind}}' },
            { ...rate('baton_inbox_missed_total', ['kind']), legend: 'inboxes {{kind}}' },
          ],
          runbook: 'BatonHooksSilent',
        }),
        graph({
          title: 'Calls that Crisp answered',
          description: 'By outcome. `limited`: Crisp said that it was too much.',
          unit: 'reqps',
          queries: [rate('baton_crisp_calls_total', ['outcome'])],
          runbook: 'BatonCrispQuotaShort',
        }),
        graph({
          title: 'Signs left out, lines mailed',
          description: 'Signs for Crisp that were left out, by reason; and agents’ lines that Crisp mailed, with where else they are.',
          unit: 'cps',
          queries: [
            { ...rate('baton_signs_dropped_total', ['reason']), legend: 'left out {{reason}}' },
            { ...rate('baton_crisp_mails_total', ['chat']), legend: 'mailed {{chat}}' },
          ],
          runbook: 'BatonCrispQuotaShort',
        }),
      ],
    },
    {
      title: 'Messenger',
      panels: [
        graph({
          title: 'Events of Meta',
          description: 'By what they say. No `own-echo` while bots and agents speak: message_echoes is not subscribed.',
          unit: 'cps',
          queries: [
            rate('baton_messenger_events_total', ['kind']),
            { ...rate('baton_messenger_elements_total', ['outcome']), legend: 'element {{outcome}}' },
          ],
          runbook: 'BatonMessengerHooksRefused',
        }),
        graph({
          title: 'Messages to people in Messenger',
          description: 'What became of them; failed ones with their class.',
          unit: 'cps',
          queries: [rate('baton_deliveries_total', ['outcome', 'reason'], 'channel="messenger"')],
          runbook: 'BatonDeliveriesFail',
        }),
        stat({
          title: 'Sent twice',
          description: 'Parts of messages that a person got twice, in the time shown.',
          unit: 'short',
          queries: [total('baton_messenger_sent_twice_total')],
          thresholds: [0.5, 3],
          runbook: 'BatonWordsTwice',
        }),
        stat({
          title: 'Since the last hook stored',
          description: 'Of the bot that was heard last, by platform.',
          unit: 's',
          queries: [{ expr: 'time() - max by (platform) (baton_last_webhook_timestamp_seconds{$ns})', legend: '{{platform}}' }],
          runbook: 'BatonMessengerHooksRefused',
        }),
        graph({
          title: 'Files of people',
          description: 'Files of channels that were fetched, or why not.',
          unit: 'cps',
          queries: [rate('baton_files_fetched_total', ['outcome'])],
          runbook: 'BatonEffectsWait',
        }),
      ],
    },
  ],
};
