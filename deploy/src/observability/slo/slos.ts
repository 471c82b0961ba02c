/** A promise of the service, as a part of events that must be good. */
export interface Slo {
  readonly id: string;
  readonly alert: string;
  /** In one sentence, for people. */
  readonly promise: string;
  /** What those notice to whom it was made. */
  readonly felt: string;
  /** The part that must be good over 30 days. */
  readonly objective: number;
  /** All events a second, and those that were bad; `$window` is the range. Grouped by namespace: one installation each. */
  readonly all: string;
  readonly bad: string;
}

/** Prometheus 3 writes the bound of a bucket as `10.0` when it takes it in, Prometheus 2 as it was exposed. */
const bound = (seconds: number): string => `le=~"${seconds}(\\\\.0)?"`;

const within = (metric: string, seconds: number) => {
  const rate = (name: string, which: string) => `sum by (namespace) (rate(${name}${which}[$window]))`;
  return { all: rate(`${metric}_count`, ''), bad: `${rate(`${metric}_count`, '')} - ${rate(`${metric}_bucket`, `{${bound(seconds)}}`)}` };
};

/** What the sender did wrong is no fault of ours: refusals for his signature, his body or his pace do not count. */
const OUR_REFUSALS = 'settings.not-current|kafka.away|internal';

/**
 * Where the web hook's own answer is 2xx or our failure, and where words and requests took too long. What never came at all is told by
 * {@link file://../alerts/words.ts}: no part of it is good enough.
 */
export const SLOS: readonly Slo[] = [
  {
    id: 'hooks',
    alert: 'BatonWebHooksNotTaken',
    promise: '99.9 % of web hooks that we may take are answered 2xx',
    felt: 'Crisp and Meta send again later: words of agents and of people in Messenger come late; after an hour Meta takes the address away',
    objective: 0.999,
    all: `sum by (namespace) (rate(baton_webhooks_total{outcome=~"accepted|ignored|verified|${OUR_REFUSALS}"}[$window]))`,
    bad: `sum by (namespace) (rate(baton_webhooks_total{outcome=~"${OUR_REFUSALS}"}[$window]))`,
  },
  {
    id: 'agent-words',
    alert: 'BatonAgentWordsSlow',
    promise: "99 % of agents' words are on the visitor's open screen, or with Messenger, within 5 s of being written in Crisp",
    felt: 'Visitors wait for words that their agent believes were read',
    objective: 0.99,
    ...within('baton_agent_word_seconds', 5),
  },
  {
    id: 'visitor-words',
    alert: 'BatonVisitorWordsSlow',
    promise: "99 % of visitors' words to an agent stand in Crisp within 10 s, those said before it was open included",
    felt: 'Agents answer what was said before, or believe that the visitor is gone',
    objective: 0.99,
    ...within('baton_visitor_word_seconds', 10),
  },
  {
    id: 'decisions',
    alert: 'BatonHandoversDecidedSlow',
    promise: '99 % of requests for a human are accepted or declined within 10 s',
    felt: 'Visitors who asked for a human see "one moment" and nothing else; the bot is mute meanwhile',
    objective: 0.99,
    ...within('baton_handover_decision_seconds', 10),
  },
  {
    id: 'answers',
    alert: 'BatonAnswersSlow',
    promise: '95 % of the answers of the AI are posted within 10 s of the visitor’s last message',
    felt: 'Visitors of the AI wait, write again, or leave',
    objective: 0.95,
    ...within('baton_answer_seconds', 10),
  },
];
