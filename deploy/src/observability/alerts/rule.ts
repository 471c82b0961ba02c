export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: 'critical' | 'warning' } & Readonly<Record<string, string>>;
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string };
}

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly (RecordingRule | AlertRule)[];
}

/** Where it is said what to do, from the root of the repository: a page for each alert. */
export const runbookOf = (alert: string): string => `docs/operations/runbook/${alert}.md`;

type Short = Pick<AlertRule, 'alert' | 'expr'> & { readonly for?: string; readonly summary: string; readonly description: string };

/** Somebody is to get up. */
export const critical = (short: Short): AlertRule => ruleOf(short, 'critical');
/** Somebody is to look at it today. */
export const warning = (short: Short): AlertRule => ruleOf(short, 'warning');

function ruleOf({ alert, expr, for: lasting, summary, description }: Short, severity: 'critical' | 'warning'): AlertRule {
  return {
    alert,
    expr,
    ...(lasting === undefined ? {} : { for: lasting }),
    labels: { severity },
    annotations: { summary, description, runbook_url: runbookOf(alert) },
  };
}
