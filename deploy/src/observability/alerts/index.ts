import { sloGroups } from '../slo/burn-rate.js';
import { kafka } from './kafka.js';
import { outside } from './outside.js';
import { platform } from './platform.js';
import type { AlertRule, RuleGroup } from './rule.js';
import { words } from './words.js';

/** The files of rules, by name. */
export function ruleFiles(): Readonly<Record<string, readonly RuleGroup[]>> {
  return { 'slo.yaml': sloGroups(), 'causes.yaml': [words, kafka, outside, platform] };
}

export function allAlerts(): AlertRule[] {
  return Object.values(ruleFiles()).flatMap((groups) => groups.flatMap(({ rules }) => rules.filter((rule) => 'alert' in rule)));
}
