import { RecordWriter } from './record-writer.js';

export interface FetchRequest {
  readonly replicaId: number;
  /** How long the broker may wait for something to give, in milliseconds. */
  readonly maxWaitTime: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly isolationLevel: number;
  readonly rackId: string;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly fetchOffset: string; readonly maxBytes: number }[];
  }[];
}

/** The version of which this is the body. */
export const FETCH_VERSION = 11;
const NO_SESSION = 0;
/** The request names everything that it wants, and begins no session. */
const WHOLE = -1;
const UNKNOWN_EPOCH = -1;
const NO_LOG_START = -1n;
const FRAME_BYTES = 35;
const PARTITION_BYTES = 28;

/**
 * The body of a Fetch request without a session, written once into one buffer. Every fetch names all partitions of a reader, most of them without news, and
 * kafkajs allocates five buffers for each: the largest part of what an idle reader costs.
 *
 *     replica max_wait min_bytes max_bytes isolation session epoch [topic [partition leader_epoch offset log_start max_bytes]] [forgotten] rack
 */
export function encodeFetchRequest({ replicaId, maxWaitTime, minBytes, maxBytes, isolationLevel, rackId, topics }: FetchRequest): Buffer {
  const writer = new RecordWriter(Buffer.allocUnsafe(boundOf(topics, rackId)));
  writer.int32(replicaId);
  writer.int32(maxWaitTime);
  writer.int32(minBytes);
  writer.int32(maxBytes);
  writer.int8(isolationLevel);
  writer.int32(NO_SESSION);
  writer.int32(WHOLE);
  writer.int32(topics.length);
  for (const { topic, partitions } of topics) {
    writer.shortText(topic);
    writer.int32(partitions.length);
    for (const { partition, fetchOffset, maxBytes: most } of partitions) {
      writer.int32(partition);
      writer.int32(UNKNOWN_EPOCH);
      writer.int64(BigInt(fetchOffset));
      writer.int64(NO_LOG_START);
      writer.int32(most);
    }
  }
  writer.int32(0);
  writer.shortText(rackId);
  return writer.bytes.subarray(0, writer.at);
}

/** No less than the bytes that the request takes. */
function boundOf(topics: FetchRequest['topics'], rackId: string): number {
  let bytes = FRAME_BYTES + 3 * rackId.length;
  for (const { topic, partitions } of topics) bytes += 6 + 3 * topic.length + PARTITION_BYTES * partitions.length;
  return bytes;
}
