import type { DecidedOutline, ReplayEntry, ReplayLine, ReplayRecord } from '@baton/contracts';
import { REPLAY_FORMAT } from '@baton/contracts';
import { readPlaces } from '@baton/messaging';
import type { KafkaConfig, KafkaRecord, PartitionOffset } from '@baton/messaging';
import type { QueryRunner } from 'typeorm';
import { textOf } from '../floor/conversation.js';
import type { MessageBody } from '@baton/contracts';

/** What is to be judged again: one conversation, or what was judged between two times (ms). */
export interface Wanted {
  readonly conversation?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly bot?: string | undefined;
  /** The most facts that are taken at once, with those that lead up to them: the records of all are held in memory. */
  readonly limit: number;
  readonly words: boolean;
}

/** There is more than can be held in memory at once. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

const AT_ONCE = 100;

interface Range {
  readonly id: string;
  readonly first: string;
  readonly facts: string;
}

interface Row {
  readonly conversation_id: string;
  readonly position: string;
  readonly at: string;
  readonly leads_up: boolean;
  readonly topic: string | null;
  readonly topic_partition: number | null;
  readonly topic_offset: string | null;
  readonly matter: object | null;
  readonly knew: object | null;
  readonly policy: string | null;
  readonly decided: readonly DecidedOutline[];
  readonly state_before: object | null;
}

/** Of these conversations what was judged since the start that is nearest before the range, until its end. */
const ROWS = `FROM unnest($1::uuid[], $2::bigint[]) AS asked(id, first)
  JOIN judged_facts j ON j.conversation_id = asked.id
  WHERE j.at < $3 AND j.position >= coalesce((SELECT max(s.position) FROM judged_facts s
    WHERE s.conversation_id = asked.id AND s.position <= asked.first AND s.state_before IS NOT NULL), asked.first)`;

/**
 * Reads what was judged, in one transaction that may only read, and the records that brought it, in a group of readers that commits
 * nothing. Lines come as {@link ReplayLine} says: conversations one after the other, each in the order of its judgements.
 * @throws TooMuch
 */
export async function* readJudged(runner: QueryRunner, kafka: KafkaConfig, wanted: Wanted, version: string): AsyncGenerator<ReplayLine> {
  yield { type: 'hello', format: REPLAY_FORMAT, version };
  const ranges = await rangesOf(runner, wanted);
  const until = new Date(wanted.to ?? 8_640_000_000_000_000 - 1);
  const chunks = chunksOf(ranges);
  const facts = ranges.reduce((sum, range) => sum + Number(range.facts), 0);
  // What is too much already is not counted further.
  const before = facts > wanted.limit ? 0 : await leadUpOf(runner, chunks, until);
  if (facts + before > wanted.limit) {
    const all = before > 0 ? `${facts} facts, and ${before} before them that lead up to them,` : `${facts} facts`;
    throw new TooMuch(`${all} are more than ${wanted.limit}: take a shorter time or one bot, or raise --limit`);
  }
  const { records, policies } = await recordsOf(runner, kafka, chunks, until);
  for (const policy of policies) yield policy;
  let entries = 0;
  for (const chunk of chunks) {
    for await (const line of linesOf(runner, chunk, until, records, wanted)) {
      if (line.type === 'entry') entries += 1;
      yield line;
    }
  }
  const nothingNoted = entries === 0 && (await isNothingNoted(runner));
  yield { type: 'end', entries, ...(nothingNoted && { nothingNoted }) };
}

async function isNothingNoted(runner: QueryRunner): Promise<boolean> {
  const [row]: { noted: boolean }[] = await runner.query('SELECT EXISTS (SELECT FROM judged_facts) AS noted');
  return !row!.noted;
}

function rangesOf(runner: QueryRunner, { conversation, from, to, bot }: Wanted): Promise<Range[]> {
  return runner.query(
    `SELECT conversation_id AS id, min(position) AS first, count(*) AS facts FROM judged_facts
     WHERE ($1::uuid IS NULL OR conversation_id = $1) AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::timestamptz IS NULL OR at < $3)
       AND ($4::text IS NULL OR conversation_id IN (SELECT id FROM conversations WHERE bot_id = $4))
     GROUP BY conversation_id ORDER BY min(at), conversation_id`,
    [conversation ?? null, from === undefined ? null : new Date(from), to === undefined ? null : new Date(to), bot ?? null],
  );
}

/** How many facts before these ranges are read with them. */
async function leadUpOf(runner: QueryRunner, chunks: readonly (readonly Range[])[], until: Date): Promise<number> {
  let count = 0;
  for (const chunk of chunks) {
    const sql = `SELECT count(*)::integer AS before ${ROWS} AND j.position < asked.first`;
    const [row]: { before: number }[] = await runner.query(sql, [...columnsOf(chunk), until]);
    count += row!.before;
  }
  return count;
}

async function recordsOf(runner: QueryRunner, kafka: KafkaConfig, chunks: readonly (readonly Range[])[], until: Date) {
  const places: PartitionOffset[] = [];
  const used = new Set<string>();
  for (const chunk of chunks) {
    const rows: Pick<Row, 'topic' | 'topic_partition' | 'topic_offset' | 'policy'>[] = await runner.query(
      `SELECT j.topic, j.topic_partition, j.topic_offset, j.policy ${ROWS}`,
      [...columnsOf(chunk), until],
    );
    for (const { topic, topic_partition: partition, topic_offset, policy } of rows) {
      if (topic !== null) places.push({ topic, partition: partition!, offset: BigInt(topic_offset!) });
      if (policy !== null) used.add(policy);
    }
  }
  const records = new Map<string, ReplayRecord>();
  if (places.length > 0) await readPlaces({ config: kafka, places, onRecord: (record) => records.set(nameOf(record), asText(record)) });
  const policies: Extract<ReplayLine, { type: 'policy' }>[] = (
    (await runner.query('SELECT DISTINCT ON (id) id, policy FROM judged_policies WHERE id = ANY($1) ORDER BY id', [[...used]])) as {
      id: string;
      policy: object;
    }[]
  ).map(({ id, policy }) => ({ type: 'policy', id, policy }));
  return { records, policies };
}

async function* linesOf(
  runner: QueryRunner,
  chunk: readonly Range[],
  until: Date,
  records: ReadonlyMap<string, ReplayRecord>,
  { words }: Wanted,
): AsyncGenerator<ReplayLine> {
  const rows: Row[] = await runner.query(
    `SELECT j.*, round(extract(epoch FROM j.at) * 1000) AS at, j.position < asked.first AS leads_up ${ROWS} ORDER BY j.conversation_id, j.position`,
    [...columnsOf(chunk), until],
  );
  const ids = chunk.map(({ id }) => id);
  const conversations: { id: string; bot_id: string; channel: string; address: string }[] = await runner.query(
    'SELECT id, bot_id, channel, address FROM conversations WHERE id = ANY($1::uuid[])',
    [ids],
  );
  const lines = words ? await wordsOf(runner, ids) : undefined;
  for (const { id } of chunk) {
    const conversation = conversations.find((one) => one.id === id);
    if (!conversation) continue;
    const { bot_id: botId, channel, address } = conversation;
    yield { type: 'conversation', conversationId: id, botId, channel, address, ...(lines ? { lines: lines.get(id) ?? {} } : {}) };
    for (const row of rows) if (row.conversation_id === id) yield entryOf(row, records);
  }
}

function entryOf(row: Row, records: ReadonlyMap<string, ReplayRecord>): ReplayEntry {
  const { topic, topic_partition: partition, topic_offset: offset } = row;
  const record = topic === null ? undefined : records.get(nameOf({ topic, partition: partition!, offset: BigInt(offset!) }));
  return {
    type: 'entry',
    conversationId: row.conversation_id,
    position: row.position,
    at: Number(row.at),
    ...(row.leads_up ? { leadsUp: true } : {}),
    ...(row.state_before ? { start: row.state_before } : {}),
    ...(record ? { record } : {}),
    ...(topic !== null && !record ? { gone: true } : {}),
    ...(row.matter ? { matter: row.matter } : {}),
    ...(row.knew ? { knew: row.knew } : {}),
    ...(row.policy === null ? {} : { policy: row.policy }),
    decided: row.decided,
  };
}

async function wordsOf(runner: QueryRunner, ids: readonly string[]): Promise<Map<string, Record<string, string>>> {
  const rows: { conversation_id: string; position: number; body: MessageBody }[] = await runner.query(
    'SELECT conversation_id, position, body FROM transcript_lines WHERE conversation_id = ANY($1::uuid[]) AND body IS NOT NULL',
    [ids],
  );
  const words = new Map<string, Record<string, string>>();
  for (const { conversation_id: id, position, body } of rows) words.set(id, { ...words.get(id), [position]: textOf(body) });
  return words;
}

function columnsOf(chunk: readonly Range[]): [string[], string[]] {
  return [chunk.map(({ id }) => id), chunk.map(({ first }) => first)];
}

function chunksOf(ranges: readonly Range[]): Range[][] {
  return Array.from({ length: Math.ceil(ranges.length / AT_ONCE) }, (_, n) => ranges.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}

function nameOf({ topic, partition, offset }: PartitionOffset): string {
  return `${topic}/${partition}/${offset}`;
}

function asText({ topic, key, value, headers }: KafkaRecord): ReplayRecord {
  const texts = Object.entries(headers).flatMap(([name, given]) => {
    const one = Array.isArray(given) ? given[0] : given;
    return one === undefined ? [] : [[name, one.toString()] as const];
  });
  return { topic, key: key?.toString() ?? '', value: value?.toString() ?? '', headers: Object.fromEntries(texts) };
}
