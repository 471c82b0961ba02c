export type MetricKind = 'counter' | 'gauge' | 'histogram';

/** A label whose values only the code knows: topics, bots, reasons. How many there may be is bounded by what they name. */
export const ANY = 'any';

/** The values that a label may have; none of them ever names a person or a conversation. */
export type LabelValues = readonly string[] | typeof ANY;

/** A metric as it is declared: the unit stands in its name, `_total` on what only grows. */
export interface Metric<Kind extends MetricKind = MetricKind, Label extends string = string> {
  readonly kind: Kind;
  readonly name: string;
  readonly help: string;
  readonly labels: Readonly<Record<Label, LabelValues>>;
  /** Of a histogram: upper bounds, ascending. */
  readonly buckets?: readonly number[];
}

/** From one millisecond to ten seconds: what happens inside a service. */
export const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From a twentieth of a second to five minutes: a word on its way through several services and another house. */
export const ROAD_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 300];
/** From five seconds to a day: what people need. */
export const PEOPLE_SECONDS = [5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 14_400, 86_400];

type Values<Label extends string> = Readonly<Record<Label, LabelValues>>;

export function counts<Label extends string = never>(
  name: `baton_${string}_total`,
  help: string,
  labels = {} as Values<Label>,
): Metric<'counter', Label> {
  return { kind: 'counter', name, help, labels };
}

export function shows<Label extends string = never>(
  name: `baton_${string}`,
  help: string,
  labels = {} as Values<Label>,
): Metric<'gauge', Label> {
  return { kind: 'gauge', name, help, labels };
}

export function times<Label extends string = never>(
  name: `baton_${string}_seconds`,
  help: string,
  labels = {} as Values<Label>,
  buckets: readonly number[] = SECONDS,
): Metric<'histogram', Label> {
  return { kind: 'histogram', name, help, labels, buckets };
}

/** Every set of labels of a metric all of whose values are known before anything happens; none when one of them is open. */
export function knownSeries(metric: Metric): Record<string, string>[] {
  return Object.entries(metric.labels).reduce<Record<string, string>[]>(
    (series, [label, values]) => (values === ANY ? [] : series.flatMap((one) => values.map((value) => ({ ...one, [label]: value })))),
    [{}],
  );
}
