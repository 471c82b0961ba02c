import type { Operations } from '@baton/control-api';

type Service = Operations['services'][number];
type Website = Operations['websites'][number];

const SERVICES: Readonly<Record<string, { readonly name: string; readonly does: string }>> = {
  'control-plane': { name: 'Control plane', does: 'keeps what is set, and this console' },
  ingress: { name: 'Web hook ingress', does: 'takes what Crisp and Messenger send' },
  orchestrator: { name: 'Escalation orchestrator', does: 'decides who has the floor, talks to Crisp' },
  dispatcher: { name: 'Channel dispatcher', does: 'talks to visitors' },
  ai: { name: 'AI', does: 'knows and answers' },
};

export const serviceWords = (name: string) => SERVICES[name] ?? { name, does: '' };

export const SERVICE_STATES: Readonly<Record<Service['state'], { readonly label: string; readonly color: string }>> = {
  ready: { label: 'Ready', color: 'teal' },
  'not-ready': { label: 'Not ready', color: 'yellow' },
  away: { label: 'Does not answer', color: 'red' },
  unknown: { label: 'Not known', color: 'gray' },
};

const TOKENS: Readonly<Record<string, { readonly label: string; readonly color: string }>> = {
  taken: { label: 'Token works', color: 'teal' },
  refused: { label: 'Token refused', color: 'red' },
  'not-bound': { label: 'Token is for another website', color: 'red' },
  unreadable: { label: 'Token cannot be opened', color: 'red' },
  'no-answer': { label: 'Crisp does not answer', color: 'yellow' },
  limited: { label: 'Crisp takes no more calls', color: 'yellow' },
};

export const tokenWords = (token: Website['token']) =>
  (token === null ? undefined : TOKENS[token]) ?? { label: 'Token not tried yet', color: 'gray' };

const LANES: Readonly<Record<string, string>> = {
  words: 'What people say',
  desk: 'Who the visitor is, and states',
  notes: 'Notes for agents',
  marks: 'Delivered and seen',
  typing: 'Who is writing',
};

export const laneWords = (lane: string): string => LANES[lane] ?? lane;

/** What of a website’s calls is left out now, in a sentence. */
export function leftOutWords(lanes: NonNullable<Website['quota']>['lanes']): string {
  const out = lanes.filter(({ isLeftOut }) => isLeftOut).map(({ lane }) => laneWords(lane).toLowerCase());
  return out.length === 0 ? 'Nothing is left out.' : `Left out at this moment: ${out.join(', ')}.`;
}

/** A used part of a limit, as a colour says it. */
export function quotaColor(used: number, limit: number): string {
  const part = used / limit;
  return part >= 0.95 ? 'red' : part >= 0.8 ? 'yellow' : 'indigo';
}

export interface QuotaPoint {
  readonly time: number;
  readonly used?: number;
  readonly forecast?: number;
}

/** The day’s calls so far, and on to its end (UTC) at the same pace. @param now ms */
export function quotaPoints({ used, course }: Pick<NonNullable<Website['quota']>, 'used' | 'course'>, now: number): QuotaPoint[] {
  const DAY = 86_400_000;
  const midnight = now - (now % DAY);
  const passed = Math.max(1, now - midnight);
  const atEnd = Math.round((used * DAY) / passed);
  return [
    { time: midnight, used: 0 },
    ...course.map((point) => ({ time: Date.parse(point.at), used: point.used })),
    { time: now, used, forecast: used },
    { time: midnight + DAY, forecast: atEnd },
  ];
}
