import { crc32c } from './crc32c.js';
import { RecordWriter, varintSize } from './record-writer.js';

type HeaderValue = Buffer | string;

export interface RecordToProduce {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, HeaderValue | readonly HeaderValue[] | undefined>>;
}

export interface ProduceRequest {
  readonly acks: number;
  /** How long the leader may wait for its replicas, in milliseconds. */
  readonly timeout: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly messages: readonly RecordToProduce[] }[];
  }[];
}

const NO_TRANSACTION = -1;
const NO_PRODUCER = -1n;
/** A batch of records without its records. */
const BATCH_FRAME_BYTES = 61;
const MAGIC = 2;

/**
 * The body of a Produce request, versions 3 to 7, without transaction, idempotence or compression, written once into one buffer:
 * kafkajs' own way copies each record eight times through buffers that it allocates for every header.
 *
 *     transactional_id acks timeout [topic [partition size record_batch]]
 */
export function encodeProduceRequest({ acks, timeout, topicData }: ProduceRequest, now: number): Buffer {
  const writer = new RecordWriter(Buffer.allocUnsafe(boundOf(topicData)));
  writer.int16(NO_TRANSACTION);
  writer.int16(acks);
  writer.int32(timeout);
  writer.int32(topicData.length);
  for (const { topic, partitions } of topicData) {
    writer.shortText(topic);
    writer.int32(partitions.length);
    for (const { partition, messages } of partitions) {
      writer.int32(Number(partition));
      writeBatch(writer, messages, BigInt(now));
    }
  }
  return writer.bytes.subarray(0, writer.at);
}

/** RecordBatch: first_offset length leader_epoch magic crc attributes last_delta first_time max_time producer epoch sequence [record] */
function writeBatch(writer: RecordWriter, records: readonly RecordToProduce[], now: bigint): void {
  const { bytes } = writer;
  const start = writer.at;
  writer.at += 4; // the size of the batch, known at the end
  writer.int64(0n);
  writer.at += 4; // the same without the twelve bytes up to here
  writer.int32(0);
  writer.int8(MAGIC);
  writer.at += 4; // the checksum of all that follows
  const checked = writer.at;
  writer.int16(0);
  writer.int32(records.length - 1);
  writer.int64(now);
  writer.int64(now);
  writer.int64(NO_PRODUCER);
  writer.int16(0);
  writer.int32(0);
  writer.int32(records.length);
  for (let i = 0; i < records.length; i++) writeRecord(writer, records[i]!, i);
  const size = writer.at - start - 4;
  bytes.writeInt32BE(size, start);
  bytes.writeInt32BE(size - 12, start + 12);
  bytes.writeUInt32BE(crc32c(bytes, checked, writer.at), checked - 4);
}

/** Record: length attributes time_delta offset_delta key value [header] */
function writeRecord(writer: RecordWriter, record: RecordToProduce, offsetDelta: number): void {
  const start = writer.at;
  // The length comes first and is known last: room is left for the length that is the most likely one.
  const room = varintSize(boundOfRecord(record));
  const body = start + room;
  writer.at = body;
  writer.int8(0);
  writer.varint(0);
  writer.varint(offsetDelta);
  writer.sized(record.key);
  writer.sized(record.value);
  writeHeaders(writer, record.headers);
  const length = writer.at - body;
  const needed = varintSize(length);
  if (needed !== room) {
    writer.bytes.copyWithin(start + needed, body, writer.at);
    writer.at += needed - room;
  }
  const end = writer.at;
  writer.at = start;
  writer.varint(length);
  writer.at = end;
}

function writeHeaders(writer: RecordWriter, headers: RecordToProduce['headers']): void {
  let count = 0;
  for (const name in headers) {
    const value = headers[name];
    count += Array.isArray(value) ? value.length : value === undefined ? 0 : 1;
  }
  writer.varint(count);
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly HeaderValue[]) : [value as HeaderValue]) {
      writer.sized(name);
      writer.sized(one);
    }
  }
}

/** No less than the bytes that the request takes. */
function boundOf(topicData: ProduceRequest['topicData']): number {
  let bytes = 16;
  for (const { topic, partitions } of topicData) {
    bytes += 8 + topic.length * 3;
    for (const { messages } of partitions) {
      bytes += 8 + BATCH_FRAME_BYTES;
      for (const record of messages) bytes += 5 + boundOfRecord(record);
    }
  }
  return bytes;
}

function boundOfRecord({ key, value, headers }: RecordToProduce): number {
  let bytes = 20 + boundOfPart(key) + boundOfPart(value);
  for (const name in headers) {
    const header = headers[name];
    for (const one of Array.isArray(header) ? (header as readonly HeaderValue[]) : [header as HeaderValue | undefined]) {
      bytes += boundOfPart(name) + boundOfPart(one);
    }
  }
  return bytes;
}

function boundOfPart(part: Buffer | string | null | undefined): number {
  if (part === null || part === undefined) return 5;
  if (typeof part !== 'string') return 5 + part.length;
  return 5 + (part.length <= 128 ? part.length * 3 : Buffer.byteLength(part));
}
