/**
 * What the control plane's alarms (apps/control-plane/src/alarms/catalog.ts) are called among the alerts. Whoever has an alert of his own is told
 * by that one, with the same severity; {@link catchAll} rings for the others that are critical.
 */
export const ALERT_OF_ALARM: Readonly<Record<string, string>> = {
  'token-refused': 'BatonCrispTokenRefused',
  'token-not-bound': 'BatonCrispTokenRefused',
  'token-unreadable': 'BatonCrispTokenRefused',
  'hooks-silent': 'BatonHooksSilent',
  'hooks-never-came': 'BatonHooksSilent',
  'quota-short': 'BatonCrispQuotaShort',
  'quota-spent': 'BatonCrispQuotaSpent',
  'outbox-old': 'BatonOutboxOld',
  'effects-waiting': 'BatonEffectsWait',
  'effects-in-doubt': 'BatonCallsInDoubt',
  'target-sick': 'BatonTargetSick',
  'page-stopped': 'BatonMessengerPageStopped',
  'dead-letters-open': 'BatonDeadLettersOpen',
  'consumer-stuck': 'BatonConsumerStuck',
  'consumer-behind': 'BatonConsumerBehind',
  'settings-stale': 'BatonSettingsStale',
  'service-away': 'BatonServiceAway',
  'service-not-ready': 'BatonServiceAway',
  'promises-overdue': 'BatonPromisesBroken',
};

/** The alarms of which an alert tells that asks for them by their code. */
export const alarmsOf = (alert: string): string[] => Object.keys(ALERT_OF_ALARM).filter((code) => ALERT_OF_ALARM[code] === alert);

/** Critical alarms without an alert of their own. */
export const catchAll = `baton_alarm{severity="critical",code!~"${Object.keys(ALERT_OF_ALARM).join('|')}"}`;
