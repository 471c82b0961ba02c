import type { FileBody } from '../uploads/uploads.js';

/** More unsent messages than this are not taken. */
export const OUTBOX_CAP = 50;

export interface Unsent {
  /** Chosen here, a UUID: the server takes each only once, so that sending again is always safe. */
  readonly clientId: string;
  readonly text: string;
  readonly payload?: string | undefined;
  /** A file that is at the server already; `text` is its name then. */
  readonly file?: FileBody | undefined;
  /** When it was written, ms. */
  readonly at: number;
  /** Why it will not be sent by itself any more; absent while it waits. */
  readonly failed?: string | undefined;
}

/** What it says, as the server gets it. */
export function bodyOf({ text, payload, file }: Unsent): FileBody | { type: 'text'; text: string; payload?: string | undefined } {
  return file ?? { type: 'text', text, payload };
}

/** Where the unsent messages live: shared by all tabs of the browser. */
export interface OutboxStore {
  read(): string | undefined;
  write(value: string | undefined): void;
}

/**
 * What the visitor wrote and the server has not confirmed, oldest first. Every change starts from what is stored, because
 * other tabs change it too; what one tab confirms is confirmed for all.
 */
export class Outbox {
  constructor(private readonly store: OutboxStore) {}

  all(): readonly Unsent[] {
    return parse(this.store.read());
  }

  /** The oldest one that waits. Only one is sent at a time: that keeps their order even when the server refuses one for now. */
  next(): Unsent | undefined {
    return this.all().find((unsent) => !unsent.failed);
  }

  /** False when too many wait already. */
  add(unsent: Unsent): boolean {
    const all = this.all();
    if (all.length >= OUTBOX_CAP) return false;
    this.save([...all, unsent]);
    return true;
  }

  /** Confirmed, or given up by the visitor. */
  remove(clientId: string): void {
    const all = this.all();
    const left = all.filter((unsent) => unsent.clientId !== clientId);
    if (left.length < all.length) this.save(left);
  }

  fail(clientId: string, reason: string): void {
    this.change(clientId, (unsent) => ({ ...unsent, failed: reason }));
  }

  /** Same id, so that a message which did arrive after all is not said twice. */
  retry(clientId: string): void {
    this.change(clientId, ({ failed: _, ...unsent }) => unsent);
  }

  private change(clientId: string, how: (unsent: Unsent) => Unsent): void {
    this.save(this.all().map((unsent) => (unsent.clientId === clientId ? how(unsent) : unsent)));
  }

  private save(all: readonly Unsent[]): void {
    this.store.write(all.length > 0 ? JSON.stringify(all) : undefined);
  }
}

/** What was stored by anybody, even by an older version of us: whatever does not look like a message is left out. */
function parse(stored: string | undefined): Unsent[] {
  try {
    const all: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(all) ? all.filter(isUnsent).slice(0, OUTBOX_CAP) : [];
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  const unsent = value as Partial<Unsent> | null;
  return typeof unsent?.clientId === 'string' && typeof unsent.text === 'string' && typeof unsent.at === 'number';
}
