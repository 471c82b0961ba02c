import { ANY } from '@baton/telemetry';
import { readPromQL } from './selectors.js';
import type { Matcher } from './selectors.js';
import { TARGET_LABELS } from './series.js';
import type { Series } from './series.js';

/** What is wrong with an expression: not PromQL, a series nobody exposes, a label it does not have, a value it never has. */
export function complaintsAbout(expression: string, known: ReadonlyMap<string, Series>): string[] {
  let reading;
  try {
    reading = readPromQL(expression);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const { selectors, groupedBy, quantilesOf } = reading;
  if (selectors.length === 0) return ['asks for no series'];
  const complaints: string[] = [];
  const labels = new Set(TARGET_LABELS);
  for (const { metric, matchers } of selectors) {
    const series = known.get(metric);
    if (!series) {
      complaints.push(`nobody exposes ${metric}`);
      continue;
    }
    for (const label of Object.keys(series.labels)) labels.add(label);
    for (const matcher of matchers) complaints.push(...aboutMatcher(metric, series, matcher));
  }
  for (const label of groupedBy) if (!labels.has(label)) complaints.push(`groups by ${label}, which none of its series has`);
  for (const metric of quantilesOf) {
    if (known.get(metric)?.kind !== 'bucket') complaints.push(`takes a quantile of ${metric}, which has no buckets`);
    if (!groupedBy.includes('le')) complaints.push(`takes a quantile of ${metric} without le`);
  }
  return complaints;
}

function aboutMatcher(metric: string, series: Series, { label, op, value }: Matcher): string[] {
  if (TARGET_LABELS.includes(label)) return [];
  if (label === 'le' && series.bounds) return aboutBound(metric, series.bounds, { label, op, value });
  const values = series.labels[label];
  if (values === undefined) return [`${metric} has no label ${label}`];
  if (values === ANY) return [];
  if (op === '=' || op === '!=') return values.includes(value) ? [] : [`${metric} never has ${label}="${value}"`];
  const alternatives = value.split('|');
  const isPlain = alternatives.every((one) => /^[\w.-]*$/.test(one));
  return isPlain ? alternatives.filter((one) => !values.includes(one)).map((one) => `${metric} never has ${label}="${one}"`) : [];
}

const WHOLE = /^\d+$/;
/** A whole number as both Prometheus 2 and 3 write it: 5 and 5.0. */
const EITHER_WAY = /^(\d+)\(\\\.0\)\?$/;

function aboutBound(metric: string, bounds: readonly string[], { op, value }: Matcher): string[] {
  const isPattern = op === '=~' || op === '!~';
  const bound = isPattern ? EITHER_WAY.exec(value)?.[1] : value;
  if (bound === undefined) return [`${metric}: nobody can tell which bounds le${op}"${value}" are`];
  if (!isPattern && WHOLE.test(bound))
    return [`${metric}: le${op}"${value}" is written ${value}.0 by Prometheus 3: le=~"${value}(\\\\.0)?"`];
  return bounds.includes(bound) ? [] : [`${metric} never has le="${bound}"`];
}
