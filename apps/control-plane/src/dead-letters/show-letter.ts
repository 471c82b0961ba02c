import type { DeadLetter, DeadLetterEntry } from '@baton/control-api';
import type { LetterRow } from './kept-letter.js';

/** Letters of a content that are shown at most. */
const SHOWN = 65_536;
const SHOWN_BYTES = 1_024;
const SHOWN_HEADER = 2_000;

type EntryRow = Omit<LetterRow, 'key' | 'headers' | 'value'>;

/** @param prefix of the topics and groups on the wire */
export function entryOf(row: EntryRow, prefix: string): DeadLetterEntry {
  return {
    letterId: row.id,
    at: new Date(row.at).toISOString(),
    workspaceId: row.workspaceId,
    topic: plainTopic(row.topic, prefix),
    service: row.consumer.startsWith(`${prefix}.`) ? row.consumer.slice(prefix.length + 1) : row.consumer,
    reason: row.reason,
    error: row.error,
    eventType: row.eventType,
    botId: row.botId,
    conversationId: row.conversationId,
    size: row.size,
    state: row.state,
    changedBy: row.changedBy,
    changedAt: row.changedAt === null ? null : new Date(row.changedAt).toISOString(),
    replays: row.replays,
    cameBackFrom: row.cameBackFrom,
    cameBackAs: row.cameBackAs,
  };
}

export function letterOf(row: LetterRow, prefix: string): DeadLetter {
  return {
    ...entryOf(row, prefix),
    topicOnTheWire: row.topic,
    partition: row.originPartition,
    offset: row.originOffset,
    consumer: row.consumer,
    place: row.place,
    key: row.key === null ? null : readable(row.key.toString('utf8')),
    headers: row.headers.map(([name, value]) => ({
      name,
      value: readable(Buffer.from(value, 'base64').toString('utf8')).slice(0, SHOWN_HEADER),
    })),
    ...contentOf(row.value),
    isIncomplete: row.isIncomplete,
  };
}

/** JSON with line breaks where it is JSON, else text, else the bytes themselves. */
export function contentOf(value: Buffer | null): Pick<DeadLetter, 'content' | 'isShortened'> {
  if (value === null || value.length === 0) return { content: { is: 'nothing', text: '' }, isShortened: false };
  const text = value.toString('utf8');
  if (text.includes('\uFFFD') && !Buffer.from(text).equals(value)) {
    const hex = value.subarray(0, SHOWN_BYTES).toString('hex').replace(/../g, '$& ').trim();
    return { content: { is: 'bytes', text: hex }, isShortened: value.length > SHOWN_BYTES };
  }
  const json = pretty(text);
  const shown = readable(json ?? text);
  return { content: { is: json === undefined ? 'text' : 'json', text: shown.slice(0, SHOWN) }, isShortened: shown.length > SHOWN };
}

function pretty(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

/** Control characters of strangers do nothing to whoever reads them. */
function readable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD');
}

function plainTopic(topic: string, prefix: string): string {
  return topic.startsWith(`${prefix}.`) ? topic.slice(prefix.length + 1).replace(/\.v\d+$/, '') : topic;
}
