import { flatness, isRefill, type FlatBounds, type Reading, type Trend, trendOf, type Verdict } from './flat.js';
import type { Sample } from './sampler.js';
import type { Lateness } from './schedule.js';

/** All that was said and what became of it. */
export interface Totals {
  readonly sent: number;
  readonly arrived: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly refused: number;
  readonly strange: number;
  /** Sockets that were closed on us. */
  readonly dropped: number;
}

export interface SoakFacts {
  readonly samples: readonly Sample[];
  readonly totals: Totals;
  readonly lateness: Lateness;
  /** Messages a second that were to be carried, both ways. */
  readonly rate: number;
  /** Messages a second that arrived after the warm-up. */
  readonly carried: number;
}

export interface Check {
  readonly what: string;
  /** `short`: nobody can tell yet, which is no good, either. */
  readonly state: 'good' | 'bad' | 'short';
  readonly found: string;
}

/** MiB of resident memory a minute that no service may gain after its warm-up, unless it had as much before and gave it back. */
export const MEMORY_BOUNDS: FlatBounds = { perMinute: 1, mayRefill: true };
/** Compiled code and malloc's pieces fill up for some four minutes, ever slower; what never ends goes on in the second half as in the first. */
const MEMORY_WARM_UP = 1 / 2;
/** Lag is flat while a minute brings no more than the messages of so many seconds. */
const LAG_BOUND_SECONDS = 0.5;
/** The machine carries a rate when so much of it arrives while it is offered. */
const CARRIED = 0.98;

const STATES: Readonly<Record<Verdict, Check['state']>> = { flat: 'good', grows: 'bad', 'too short': 'short' };
const said = ({ perMinute, median }: Trend, unit: string): string =>
  `${median.toFixed(median < 10 ? 1 : 0)} ${unit}, ${perMinute >= 0 ? '+' : '−'}${Math.abs(perMinute).toFixed(2)} a minute`;

/** What a steady run must have been: everything arrived once and in order, at the offered rate, and nothing grew. */
export function judge({ samples, totals, lateness, rate, carried }: SoakFacts): Check[] {
  const row = (value: (sample: Sample) => number): Reading[] => samples.map((one) => ({ seconds: one.seconds, value: value(one) }));
  const grown = (what: string, unit: string, value: (sample: Sample) => number, perMinute: number): Check => {
    const trend = trendOf(row(value));
    return { what, state: STATES[flatness(trend, { perMinute })], found: said(trend, unit) };
  };
  const memory = (name: string): Check => {
    const trend = trendOf(
      row(({ services }) => services[name]?.rssMiB ?? 0),
      MEMORY_WARM_UP,
    );
    const former = trend.perMinute > 0 && isRefill(trend) ? `, below its former ${trend.heldBefore?.toFixed(0)}` : '';
    return { what: `memory of ${name}`, state: STATES[flatness(trend, MEMORY_BOUNDS)], found: `${said(trend, 'MiB')}${former}` };
  };
  const none = (what: string, count: number, of: string): Check => ({ what, state: count === 0 ? 'good' : 'bad', found: `${count} ${of}` });
  return [
    none('lost', totals.lost, `of ${totals.sent}`),
    none('doubled', totals.doubled, `of ${totals.arrived}`),
    none('out of order', totals.outOfOrder, `of ${totals.arrived}`),
    none('refused', totals.refused + totals.dropped, `messages and ${totals.dropped} sockets dropped`),
    none('strange', totals.strange, 'messages that nobody said'),
    {
      what: 'rate',
      state: carried >= CARRIED * rate ? 'good' : 'bad',
      found: `${carried.toFixed(0)}/s of ${rate}/s arrived after the warm-up`,
    },
    {
      what: 'load on time',
      state: lateness.lateRatio <= 0.01 ? 'good' : 'bad',
      found: `${(lateness.lateRatio * 100).toFixed(2)} % left more than 100 ms late, the latest ${lateness.worstMs.toFixed(0)} ms`,
    },
    ...Object.keys(samples[0]?.services ?? {}).map(memory),
    ...Object.keys(samples.at(-1)?.lag ?? {}).map((group) =>
      grown(`lag of ${group}`, 'records', (sample) => sample.lag[group] ?? 0, LAG_BOUND_SECONDS * rate),
    ),
    grown('on their way', 'messages', (sample) => sample.open, LAG_BOUND_SECONDS * rate),
    ...Object.keys(samples[0]?.services ?? {}).map((name) =>
      grown(`outbox of ${name}`, 'rows', (sample) => sample.services[name]?.outboxRows ?? 0, LAG_BOUND_SECONDS * rate),
    ),
  ];
}
