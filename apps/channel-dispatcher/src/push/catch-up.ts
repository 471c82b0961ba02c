import type { Logger } from '@baton/telemetry';
import type { LogStore } from '../log/log.store.js';
import type { Rooms } from './rooms.js';

/** Lines of one conversation that are read at once. */
const PAGE = 100;
const CONVERSATIONS_AT_ONCE = 200;
const HEADS_AT_ONCE = 1_000;

/**
 * Serves sockets from the log: what a push could not bring in order, what another replica wrote, what a browser missed.
 * A hint may be lost, so it also looks by itself ({@link lookAround}).
 */
export class CatchUp {
  private readonly behind = new Set<string>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: LogStore,
    private readonly rooms: Rooms,
    private readonly logger: Logger,
  ) {}

  /** There may be lines that sockets of these conversations lack. */
  wake(conversationIds: Iterable<string>): void {
    for (const id of conversationIds) if (this.rooms.has(id)) this.behind.add(id);
    if (this.behind.size > 0) this.running ??= this.run().finally(() => (this.running = undefined));
  }

  /** Compares what the sockets of this replica have with what there is. */
  async lookAround(): Promise<void> {
    const all = this.rooms.conversationIds();
    for (let i = 0; i < all.length; i += HEADS_AT_ONCE) {
      const ids = all.slice(i, i + HEADS_AT_ONCE);
      const heads = await this.store.heads(ids);
      this.wake(ids.filter((id) => (this.rooms.lowest(id) ?? Infinity) < (heads.get(id) ?? 0)));
    }
  }

  async drain(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      while (this.behind.size > 0) await this.serve();
    } catch (error) {
      // The next look around finds them again.
      this.logger.warn({ err: error, conversations: this.behind.size }, 'the log could not be read for the sockets');
      this.behind.clear();
    }
  }

  private async serve(): Promise<void> {
    const ids = [...this.behind].slice(0, CONVERSATIONS_AT_ONCE);
    const wanted = ids.flatMap((conversationId) => {
      const after = this.rooms.lowest(conversationId);
      return after === undefined ? [] : [{ conversationId, after }];
    });
    for (const id of ids) this.behind.delete(id);
    if (wanted.length === 0) return;
    const lines = await this.store.after(wanted, PAGE);
    const counts = new Map<string, number>();
    for (const { conversationId } of lines) counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
    const stillBehind = this.rooms.push(lines);
    for (const [id, count] of counts) if (count === PAGE) this.behind.add(id);
    for (const id of stillBehind) this.behind.add(id);
  }
}
