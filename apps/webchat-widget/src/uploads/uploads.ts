import type { MessageBody } from '@baton/contracts';

export type FileBody = Extract<MessageBody, { type: 'file' }>;

/** A file on its way to the server, before it is a message. */
export interface Upload {
  /** Of the message it will become. */
  readonly clientId: string;
  readonly name: string;
  /** As the browser guesses it. */
  readonly contentType: string;
  /** When it was chosen, ms. */
  readonly at: number;
  /** Why it is not on its way any more; absent while it is. */
  readonly failed?: string | undefined;
}

export interface UploadNeeds {
  readonly maxBytes: number;
  /** Hands a file in. Rejects with the server's `code`; `status` 0 when it could not be reached. */
  send(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<FileBody>;
  /** Whether it makes sense to try now. */
  isOnline(): boolean;
  /** It is at the server; false when its message cannot be taken now. */
  handedIn(clientId: string, body: FileBody): boolean;
  changed(): void;
  /** From 0 to 1. */
  progress(clientId: string, share: number): void;
  failed(upload: Upload): void;
}

interface Held extends Upload {
  readonly file: File;
}

/** What no second attempt changes. */
const FINAL = ['too-large', 'type-not-allowed'];

export function mayRetry(reason: string | undefined): boolean {
  return !FINAL.includes(reason ?? '');
}

/** The files of one tab that are not at the server yet: one after the other, in the order they were chosen. They last as long as the page. */
export class Uploads {
  private held: readonly Held[] = [];
  private running: { readonly clientId: string; readonly stop: AbortController } | undefined;

  constructor(private readonly needs: UploadNeeds) {}

  get all(): readonly Upload[] {
    return this.held;
  }

  add(file: File, clientId: string, at: number): void {
    const upload: Held = { clientId, file, name: file.name, contentType: file.type, at };
    this.held = [...this.held, upload];
    if (file.size > this.needs.maxBytes) this.fail(clientId, 'too-large');
    this.needs.changed();
    this.pump();
  }

  retry(clientId: string): void {
    this.change(clientId, undefined);
    this.pump();
  }

  /** Given up by the visitor, also while it is under way. */
  remove(clientId: string): void {
    this.held = this.held.filter((upload) => upload.clientId !== clientId);
    if (this.running?.clientId === clientId) this.running.stop.abort();
  }

  clear(): void {
    this.held.forEach(({ clientId }) => this.remove(clientId));
  }

  /** Goes on with the next one, if it can. */
  pump(): void {
    const next = this.held.find(({ failed }) => !failed);
    if (this.running || !next || !this.needs.isOnline()) return;
    const { clientId, file } = next;
    const stop = new AbortController();
    this.running = { clientId, stop };
    this.needs
      .send(file, (share) => this.needs.progress(clientId, share), stop.signal)
      .then(
        (body) => {
          if (stop.signal.aborted) return;
          if (this.needs.handedIn(clientId, body)) this.remove(clientId);
          else this.fail(clientId, 'full');
        },
        ({ status, code }: { status?: number; code?: string }) => {
          // Without a line it only waits for the next one.
          if (!stop.signal.aborted && (status !== 0 || this.needs.isOnline())) this.fail(clientId, code ?? 'failed');
        },
      )
      .finally(() => {
        this.running = undefined;
        this.needs.changed();
        this.pump();
      });
  }

  private fail(clientId: string, reason: string): void {
    this.change(clientId, reason);
    const upload = this.held.find((one) => one.clientId === clientId);
    if (upload) this.needs.failed(upload);
  }

  private change(clientId: string, failed: string | undefined): void {
    this.held = this.held.map((upload) => (upload.clientId === clientId ? { ...upload, failed } : upload));
  }
}
