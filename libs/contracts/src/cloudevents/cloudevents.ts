import type { EventData, EventInput, EventOn, EventType, TopicDefinition } from '../topic.js';
import type { DeadLetterReason } from '../dead-letters/dead-letters.js';
import type { z } from 'zod';
import { safeParse } from '../reading/safe-parse.js';

const TYPE_PREFIX = 'baton.';

/** A record on its way to Kafka, CloudEvents 1.0 in binary mode: attributes in headers, JSON in the value. */
export interface OutgoingRecord {
  readonly topic: TopicDefinition['name'];
  readonly key: string;
  /** JSON text; null only for taking a setting away. */
  readonly value: string | Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record as a Kafka client hands it over. */
export interface IncomingRecord {
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>> | undefined;
}

/** The attributes that Baton writes and reads; `extensions` are lower-case names of letters and digits. */
export interface EventAttributes {
  readonly id: string;
  readonly source: string;
  readonly time: Date;
  readonly traceparent?: string | undefined;
  readonly extensions?: Readonly<Record<string, string>>;
}

export type ReceivedEvent<T extends TopicDefinition> = EventOn<T> & {
  readonly id: string;
  readonly key: string;
  readonly source: string;
  readonly time: Date;
  readonly traceparent: string | undefined;
  readonly extensions: Readonly<Record<string, string>>;
};

/** A record breaks the contract: it goes to the dead letters with `reason`; `message` never quotes the data. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
  constructor(
    readonly reason: DeadLetterReason,
    message: string,
    /** Whoever wrote it says that readers may leave out what they do not know. */
    readonly mayBeSkipped = false,
  ) {
    super(message);
  }
}

/** The `source` of everything a service writes. */
export function sourceOf(service: string): string {
  return `urn:baton:${service}`;
}

/** The CloudEvents `type` of an event, for example `baton.delivery.message.v1`. */
export function typeOnTheWire(type: string, version: number): string {
  return `${TYPE_PREFIX}${type}.v${version}`;
}

/**
 * Writes an event as a record, after checking it against its schema.
 * @throws ContractViolation when `data` does not fit: a mistake of the caller.
 */
export function encodeEvent<T extends TopicDefinition, Type extends EventType<T>>(
  topic: T,
  type: Type,
  data: EventInput<T, Type>,
  attributes: EventAttributes,
): OutgoingRecord {
  const definition = topic.events[type];
  if (!definition) throw new ContractViolation('unknown-type', `${topic.name} carries no ${type}`);
  if (definition.notYetWritten)
    throw new ContractViolation('unknown-type', `${type} may be written when every reader knows it: a release later`);
  const parsed = safeParse(definition.data, data);
  if (!parsed.success) throw new ContractViolation('invalid-data', explain(type, parsed.error));
  return {
    topic: topic.name,
    key: topic.key(parsed.data as never),
    value: JSON.stringify(parsed.data),
    headers: { ...headersOf(typeOnTheWire(type, definition.version), attributes), ...(definition.skippable ? SKIPPABLE : {}) },
  };
}

/** The headers of a record whose value is already the bytes to send (a web hook goes on as it came). */
export function headersOf(wireType: string, attributes: EventAttributes): Record<string, string> {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: attributes.id,
    ce_source: attributes.source,
    ce_type: wireType,
    ce_time: attributes.time.toISOString(),
    'content-type': 'application/json',
  };
  if (attributes.traceparent) headers['traceparent'] = attributes.traceparent;
  for (const [name, value] of Object.entries(attributes.extensions ?? {})) headers[`ce_${name}`] = value;
  return headers;
}

/** Beside an event that may be left out by whoever does not know it: an older reader cannot ask the definition. */
const SKIPPABLE = { ce_skippable: 'true' };

const KNOWN_ATTRIBUTES = new Set(['specversion', 'id', 'source', 'type', 'time', 'skippable']);

/**
 * Reads a record of a topic and checks it.
 * @throws ContractViolation with the reason when it is no event, of an unknown type or a newer version, or broken.
 */
export function decodeEvent<T extends TopicDefinition>(topic: T, record: IncomingRecord): ReceivedEvent<T> {
  const headers = record.headers ?? {};
  const wireType = textOf(headers['ce_type']);
  const id = textOf(headers['ce_id']);
  const source = textOf(headers['ce_source']);
  if (textOf(headers['ce_specversion']) !== '1.0' || !wireType || !id || !source) {
    throw new ContractViolation('not-an-event', 'the CloudEvents attributes specversion 1.0, id, source and type must be in the headers');
  }
  const named = /^(.+)\.v(\d+)$/.exec(wireType);
  const type = named?.[1]?.startsWith(TYPE_PREFIX) ? named[1].slice(TYPE_PREFIX.length) : undefined;
  const definition = type !== undefined && Object.hasOwn(topic.events, type) ? topic.events[type] : undefined;
  const mayBeSkipped = textOf(headers['ce_skippable']) === 'true';
  if (!type || !definition) throw new ContractViolation('unknown-type', `${topic.name} carries no ${wireType.slice(0, 100)}`, mayBeSkipped);
  const version = Number(named![2]);
  if (version !== definition.version) {
    throw new ContractViolation('unknown-version', `${type} is known in version ${definition.version}, not ${version}`, mayBeSkipped);
  }
  if (record.value === null) throw new ContractViolation('not-json', `${type} has no value`);
  let json: unknown;
  try {
    json = JSON.parse(record.value.toString());
  } catch {
    throw new ContractViolation('not-json', `${type} is not JSON`);
  }
  const data = checked(type, definition.data, json);
  const extensions: Record<string, string> = {};
  for (const name in headers) {
    if (name.startsWith('ce_') && !KNOWN_ATTRIBUTES.has(name.slice(3))) extensions[name.slice(3)] = textOf(headers[name]) ?? '';
  }
  const time = new Date(textOf(headers['ce_time']) ?? NaN);
  return {
    type,
    version,
    data: data as EventData<T, EventType<T>>,
    id,
    key: record.key?.toString() ?? '',
    source,
    time: Number.isNaN(time.getTime()) ? new Date(0) : time,
    traceparent: textOf(headers['traceparent']),
    extensions,
  } as unknown as ReceivedEvent<T>;
}

function textOf(header: Buffer | string | (Buffer | string)[] | undefined): string | undefined {
  const one = Array.isArray(header) ? header[0] : header;
  return one?.toString();
}

function checked(type: string, schema: z.ZodType, json: unknown): unknown {
  const parsed = safeParse(schema, json);
  if (!parsed.success) throw new ContractViolation('invalid-data', explain(type, parsed.error));
  return parsed.data;
}

/** Names the fields that are wrong and why, never their values. */
function explain(type: string, error: z.ZodError): string {
  const fields = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`);
  return `${type}: ${fields.join('; ')}`.slice(0, 1_000);
}
