import type { DeadLetterEntry } from '@baton/control-api';
import type { DeadLetter as ReadLetter, ReplayableLetter } from '@baton/messaging/kafka';

/** Bytes of a record that are kept; a topic of ours takes no larger ones. */
const KEPT_BYTES = 1_048_576;

/** Pairs of name and value, the value in base64; a name may come twice. */
export type KeptHeaders = readonly (readonly [string, string])[];

/** What of a letter is kept to be sent again as it came. */
export interface KeptContent {
  readonly key: Buffer | null;
  readonly headers: KeptHeaders;
  readonly value: Buffer | null;
  readonly size: number;
  readonly isIncomplete: boolean;
}

export function contentToKeep({ original: { key, value, headers }, error }: Pick<ReadLetter, 'original' | 'error'>): KeptContent {
  const pairs = Object.entries(headers).flatMap(([name, given]) =>
    (Array.isArray(given) ? (given as readonly (Buffer | string)[]) : given === undefined ? [] : [given as Buffer | string]).map(
      (one): [string, string] => [name, Buffer.from(one as string).toString('base64')],
    ),
  );
  // Where the record did not fit into the topic of dead letters, its writer said so and left its body out.
  const wasLeftOut = value === null && error.endsWith('were too large to keep)');
  const isTooLarge = (value?.length ?? 0) > KEPT_BYTES;
  return { key, headers: pairs, value: isTooLarge ? null : value, size: value?.length ?? 0, isIncomplete: wasLeftOut || isTooLarge };
}

/** A row of the table. */
export interface LetterRow extends KeptContent {
  readonly id: string;
  readonly at: Date;
  readonly place: string;
  readonly topic: string;
  readonly originPartition: string;
  readonly originOffset: string;
  readonly consumer: string;
  readonly reason: string;
  readonly error: string;
  readonly eventType: string | null;
  readonly botId: string | null;
  readonly conversationId: string | null;
  readonly workspaceId: string | null;
  readonly state: DeadLetterEntry['state'];
  readonly changedAt: Date | null;
  readonly changedBy: DeadLetterEntry['changedBy'];
  readonly replays: number;
  readonly cameBackFrom: string | null;
  readonly cameBackAs: string | null;
}

/** The letter as it is sent again. */
export function replayable({ id, place, topic, key, value, headers }: LetterRow): ReplayableLetter {
  const byName = Map.groupBy(headers, ([name]) => name);
  const original = [...byName].map(([name, pairs]): [string, Buffer | Buffer[]] => {
    const values = pairs.map(([, value]) => Buffer.from(value, 'base64'));
    return [name, values.length === 1 ? values[0]! : values];
  });
  return { id, place, topic, original: { key, value, headers: Object.fromEntries(original) } };
}
