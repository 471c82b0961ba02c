import type { Author, DeadLetterState, ReplayOutcome } from '@baton/control-api';
import { KafkaRefusal } from '@baton/messaging/kafka';
import type { SendAgain } from '@baton/messaging/kafka';
import type { EntityManager } from 'typeorm';
import { ApiRefusal } from '../api/problem.js';
import type { Audit } from '../audit/audit.js';
import type { NoteReading } from '../audit/note-reading.js';
import { placeOf, readPlace } from '../audit/place.js';
import { replayable } from './kept-letter.js';
import type { LettersStore, Viewer } from './letters.store.js';
import { entryOf, letterOf } from './show-letter.js';

export interface DeadLettersOptions {
  readonly store: LettersStore;
  readonly sendAgain: Pick<SendAgain, 'send'>;
  /** Of the topics and groups on the wire. */
  readonly prefix: string;
  readonly audit: Pick<Audit, 'note'>;
  readonly reading: Pick<NoteReading, 'note'>;
  readonly now?: () => Date;
}

export interface WantedLetters {
  readonly state?: DeadLetterState | undefined;
  readonly topic?: string | undefined;
  readonly service?: string | undefined;
  readonly reason?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Dead letters as the API shows them, and what can be done with them. */
export class DeadLetters {
  constructor(private readonly o: DeadLettersOptions) {}

  async list(viewer: Viewer, { topic, service, before, limit, ...filter }: WantedLetters) {
    const { store, prefix } = this.o;
    const place = before === undefined ? undefined : readPlace(before);
    const [rows, groups] = await Promise.all([
      store.list(viewer, {
        ...filter,
        limit: limit + 1,
        ...(topic !== undefined && { topic: `${prefix}.${topic}.v1` }),
        ...(service !== undefined && { consumer: `${prefix}.${service}` }),
        ...(place && { before: { at: new Date(place.at), id: place.entryId } }),
      }),
      store.groups(viewer),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const count = (state: DeadLetterState) => groups.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0);
    const shown = groups.map((one) => ({
      topic: one.topic.startsWith(`${prefix}.`) ? one.topic.slice(prefix.length + 1).replace(/\.v\d+$/, '') : one.topic,
      service: one.consumer.startsWith(`${prefix}.`) ? one.consumer.slice(prefix.length + 1) : one.consumer,
      reason: one.reason,
    }));
    return {
      items: page.map((row) => entryOf(row, prefix)),
      next: rows.length > limit && last ? placeOf({ at: last.at.toISOString(), entryId: last.id }) : null,
      counts: { open: count('open'), replayed: count('replayed'), dismissed: count('dismissed') },
      topics: distinct(shown.map((one) => one.topic)),
      services: distinct(shown.map((one) => one.service)),
      reasons: distinct(shown.map((one) => one.reason)),
    };
  }

  /** With what it said, which is noted. @throws ApiRefusal where he sees none such */
  async get(viewer: Viewer, letterId: string, by: Author) {
    const row = await this.o.store.find(viewer, letterId);
    if (!row) throw new ApiRefusal('not-found', 'There is no such dead letter. It may be older than they are kept.');
    await this.o.reading.note(viewer.workspaceId, letterId, by, 'dead-letter.read');
    return letterOf(row, this.o.prefix);
  }

  /** Sends one again, unless that was done before and `again` was not said. Never throws for what Kafka says. */
  async replay(viewer: Viewer, letterId: string, { by, again }: { readonly by: Author; readonly again: boolean }): Promise<ReplayOutcome> {
    const { store, sendAgain } = this.o;
    const row = await store.find(viewer, letterId);
    if (!row) return { letterId, outcome: 'gone' };
    if (row.isIncomplete) return { letterId, outcome: 'incomplete' };
    if (!(await store.claim(letterId, { again, now: this.now() }))) return { letterId, outcome: 'already' };
    try {
      await sendAgain.send(replayable(row));
    } catch (error) {
      await store.release(letterId);
      return { letterId, outcome: error instanceof KafkaRefusal ? 'refused' : 'unavailable' };
    }
    await store.replayed(letterId, by, this.now(), (manager) => this.note(viewer, by, 'dead-letter.replayed', letterId, manager));
    return { letterId, outcome: 'replayed' };
  }

  /** In the order in which they came, each once. */
  async replayAll(viewer: Viewer, letterIds: readonly string[], by: Author): Promise<ReplayOutcome[]> {
    const rows = await Promise.all([...new Set(letterIds)].map(async (id) => ({ id, at: (await this.o.store.find(viewer, id))?.at })));
    rows.sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
    const outcomes: ReplayOutcome[] = [];
    for (const { id } of rows) outcomes.push(await this.replay(viewer, id, { by, again: false }));
    return outcomes;
  }

  async dismiss(viewer: Viewer, letterId: string, by: Author) {
    const { store, prefix } = this.o;
    if (!(await store.find(viewer, letterId)))
      throw new ApiRefusal('not-found', 'There is no such dead letter. It may be older than they are kept.');
    await store.dismiss(letterId, by, this.now(), (manager) => this.note(viewer, by, 'dead-letter.dismissed', letterId, manager));
    return entryOf((await store.find(viewer, letterId))!, prefix);
  }

  private note(
    { workspaceId }: Viewer,
    by: Author,
    action: 'dead-letter.replayed' | 'dead-letter.dismissed',
    id: string,
    manager: EntityManager,
  ) {
    return this.o.audit.note({ workspaceId, by, action, target: { kind: 'dead-letter', id } }, manager);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();
