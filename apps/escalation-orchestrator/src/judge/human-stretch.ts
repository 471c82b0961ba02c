import type { EntityManager } from 'typeorm';
import type { Capsule, EventInput, MessageBody, OutgoingRecord, botTurns } from '@baton/contracts';
import { textOf } from '../floor/conversation.js';
import { unmuteRecord } from './carry-out.js';
import { capsuleOf } from './coming-back/capsule.js';
import { prepared } from './statements.js';
import type { UnmuteToCome } from './writings.js';

type HumanLine = EventInput<typeof botTurns, 'bot.unmuted'>['human_stretch'][number];

interface Row {
  readonly nth: string;
  readonly speaker: 'visitor' | 'agent';
  readonly name: string | null;
  readonly body: MessageBody;
  readonly at: Date;
}

/** The bot is told of the last lines of an episode, or of a talk past us, at most so many. */
const MAX_LINES = 200;
/**
 * So much of them (bytes, as JSON): the capsule may hold each line three times more, and Kafka takes a record of 1,000,000. A single line is
 * far below it.
 */
const MAX_BYTES = 200_000;

const readStretches = prepared<Row>(
  'human-stretches',
  `SELECT asked.nth, l.author->>'kind' AS speaker, l.author->>'name' AS name, l.body, l.at
   FROM unnest($1::uuid[], $2::uuid[], $3::integer[]) WITH ORDINALITY AS asked(conversation_id, handover_id, since, nth)
   CROSS JOIN LATERAL (
     SELECT * FROM transcript_lines t
     WHERE t.conversation_id = asked.conversation_id AND t.body IS NOT NULL AND t.author->>'kind' IN ('visitor', 'agent')
       AND (t.handover_id = asked.handover_id OR t.handover_id IS NULL AND t.position >= asked.since)
     ORDER BY t.position DESC LIMIT ${MAX_LINES}
   ) l ORDER BY l.position`,
);

function isUnmute(record: OutgoingRecord | UnmuteToCome): record is UnmuteToCome {
  return 'conversation' in record;
}

/** Gives each `bot.unmuted` what visitor and agent said to each other, as it stands now that the batch's lines are written. */
export async function completeRecords(
  manager: EntityManager,
  records: readonly (OutgoingRecord | UnmuteToCome)[],
): Promise<OutgoingRecord[]> {
  const asked = records.filter(isUnmute).filter(({ handoverId, sincePosition }) => handoverId !== null || sincePosition !== null);
  const stretches = new Map<UnmuteToCome, HumanLine[]>(asked.map((unmute) => [unmute, []]));
  if (asked.length > 0) {
    const rows = await readStretches(manager, [
      asked.map((unmute) => unmute.conversation.id),
      asked.map((unmute) => unmute.handoverId),
      asked.map((unmute) => unmute.sincePosition),
    ]);
    for (const { nth, speaker, name, body, at } of rows) {
      const line = { from: speaker, ...(name ? { name } : {}), text: textOf(body), at: at.toISOString() };
      stretches.get(asked[Number(nth) - 1]!)!.push(line);
    }
  }
  return records.map((record) => {
    if (!isUnmute(record)) return record;
    const lines = lastWithin(stretches.get(record) ?? [], MAX_BYTES);
    return unmuteRecord(record, lines, capsuleIn(record, lines));
  });
}

/** The last of them that take up no more than so many bytes together. */
function lastWithin(lines: readonly HumanLine[], bytes: number): HumanLine[] {
  let left = bytes;
  let first = lines.length;
  while (first > 0 && (left -= Buffer.byteLength(JSON.stringify(lines[first - 1]))) >= 0) first -= 1;
  return lines.slice(first);
}

/** Where a human spoke in it. */
function capsuleIn({ capsule, handoverId, continueWith }: UnmuteToCome, lines: readonly HumanLine[]): Capsule | undefined {
  return capsule && handoverId !== null ? capsuleOf({ ...capsule, handoverId, continueWith, lines }) : undefined;
}
