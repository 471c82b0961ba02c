import { createRequire } from 'node:module';
import type { PartitionAssigner } from 'kafkajs';
import { encodeFetchRequest, FETCH_VERSION } from './encoding/fetch-request.js';
import type { FetchRequest } from './encoding/fetch-request.js';
import { encodeProduceRequest } from './encoding/produce-request.js';
import type { ProduceRequest } from './encoding/produce-request.js';

/*
 * kafkajs 2.2.4 has had no release since 2023. These are the five places where it has to be changed from within; all are guarded by
 * tests that fail when an update of it moves them.
 */

const require = createRequire(import.meta.url);

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

/** The part of kafkajs' group membership that an adapter has to see. */
export interface ConsumerGroup {
  readonly assigners: readonly (object & { [MEMBERSHIP]?: Membership })[];
  /** By which the group knows this member; null before it joined. */
  memberId: string | null;
  readonly offsetManager: { nextOffset(topic: string, partition: number): { toString(): string } } | null;
  assigned(): { topic: string; partitions: number[] }[];
  /** Sends one commit, at once, under the generation of this moment. */
  commitOffsets(offsets: { topics: { topic: string; partitions: { partition: number; offset: string }[] }[] }): Promise<void>;
  joinAndSync(): Promise<void>;
  fetch(nodeId: string): Promise<FetchedBatch[]>;
}

/** What a fetch brought of one partition. */
interface FetchedBatch {
  isEmpty(): boolean;
  /** There were records, and none of them is for us: aborted or compacted away. They have to be passed over. */
  isEmptyDueToFiltering(): boolean;
}

/** Told by a group member before it gives up its partitions and after it got new ones. */
export interface Membership {
  /** The id of a member to go on as, instead of joining as a new one. */
  former: string | undefined;
  leaving(): Promise<void>;
  joined(group: ConsumerGroup): void;
}

const MEMBERSHIP = Symbol('baton:membership');

/** Makes an assigner carry the membership to the place where the group is joined: the only object of ours that gets there. */
export function withMembership(assigner: PartitionAssigner, membership: Membership): PartitionAssigner {
  return (config) => ({ ...assigner(config), [MEMBERSHIP]: membership });
}

let done = false;

export function repairKafkajs(): void {
  if (done) return;
  done = true;
  setNoTimerWhenNothingWaits(require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue });
  const group = require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup };
  waitBeforeRejoining(group);
  dropEmptyBatches(group);
  encodeRecordsOnce(require('kafkajs/src/protocol/requests/produce') as ProduceProtocol);
  encodeFetchesOnce(require('kafkajs/src/protocol/requests/fetch') as FetchProtocol);
}

/** An idle connection re-arms a timer for ever (thousands a second); it is needed only while a request waits, and `push` arms it then. */
function setNoTimerWhenNothingWaits({ prototype }: { prototype: RequestQueue }): void {
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/** kafkajs rejoins at once when a rebalance begins; work in hand must be finished and committed first, else the next owner repeats it. */
function waitBeforeRejoining({ prototype }: { prototype: ConsumerGroup }): void {
  const join = prototype.joinAndSync;
  prototype.joinAndSync = async function () {
    const membership = this.assigners.find((assigner) => assigner[MEMBERSHIP])?.[MEMBERSHIP];
    await membership?.leaving();
    // A group waits for a member that vanished until its session ends; whoever comes back in its place can spare it that.
    if (membership?.former !== undefined) this.memberId ??= membership.former;
    await join.call(this);
    membership?.joined(this);
  };
}

/** Every fetch names all partitions, and kafkajs takes each empty one through its workers: with one record a fetch, most of a reader's work. */
function dropEmptyBatches({ prototype }: { prototype: ConsumerGroup }): void {
  const { fetch } = prototype;
  prototype.fetch = async function (nodeId) {
    const batches = await fetch.call(this, nodeId);
    return batches.filter((batch) => !batch.isEmpty() || batch.isEmptyDueToFiltering());
  };
}

type ProduceCall = ProduceRequest & { readonly transactionalId?: string | null; readonly compression?: number };
interface EncodedCall {
  readonly request: { encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer; size(): number }> };
}
interface ProduceProtocol {
  protocol(of: { version: number }): (call: ProduceCall) => EncodedCall;
}

/** From version 3 on the body of a Produce request stays the same up to the newest that kafkajs knows. */
function encodeRecordsOnce(produce: ProduceProtocol): void {
  const { protocol } = produce;
  produce.protocol = ({ version }) => {
    const make = protocol({ version });
    if (version < 3) return make;
    return (call) => {
      const made = make(call);
      if (call.transactionalId || call.compression) return made;
      const encode = async () => {
        const buf = encodeProduceRequest(call, Date.now());
        return { buf, buffer: buf, size: () => buf.length };
      };
      return { ...made, request: { ...made.request, encode } };
    };
  };
}

type FetchCall = Omit<FetchRequest, 'replicaId' | 'isolationLevel'> & {
  readonly replicaId?: number;
  readonly isolationLevel?: number;
  readonly sessionId?: number;
};
interface FetchProtocol {
  protocol(of: { version: number }): (call: FetchCall) => EncodedCall;
}

/** Who reads, and that only what is committed is read: what kafkajs says where its caller says nothing. */
const READER = { replicaId: -1, isolationLevel: 1 };

function encodeFetchesOnce(fetches: FetchProtocol): void {
  const { protocol } = fetches;
  fetches.protocol = ({ version }) => {
    const make = protocol({ version });
    if (version !== FETCH_VERSION) return make;
    return (call) => {
      const made = make(call);
      if (call.sessionId) return made;
      const { replicaId = READER.replicaId, isolationLevel = READER.isolationLevel } = call;
      const encode = async () => {
        const buf = encodeFetchRequest({ ...call, replicaId, isolationLevel });
        return { buf, buffer: buf, size: () => buf.length };
      };
      return { ...made, request: { ...made.request, encode } };
    };
  };
}
