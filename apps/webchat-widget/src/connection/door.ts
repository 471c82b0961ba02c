import type { LogFrame } from '@baton/contracts';
import type { FileBody } from '../uploads/uploads.js';

/** The server said no. `status` is HTTP's; 0 when it could not be reached; `code` is its reason, where it gave one. */
export class DoorError extends Error {
  constructor(
    readonly status: number,
    readonly code?: string,
  ) {
    super(`webchat door: ${status || 'unreachable'}`);
  }

  /** Asking again will not help: this page may not show that bot. */
  get isFinal(): boolean {
    return this.status === 403 || this.status === 404;
  }
}

/** The server's public interface for one bot's visitors. `base` ends with a slash. */
export class Door {
  private readonly root: string;

  constructor(base: string, bot: string) {
    this.root = `${base}v1/webchat/${encodeURIComponent(bot)}/`;
  }

  /** A token for the visitor: the one he has made new, or a new visitor's. */
  async visitor(token: string | undefined): Promise<string> {
    const made = await this.ask<{ token: string }>('visitors', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return made.token;
  }

  async history(token: string, before: number, limit: number): Promise<readonly LogFrame[]> {
    const page = await this.ask<{ frames: LogFrame[] }>(`history?before=${before}&limit=${limit}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return page.frames;
  }

  /** Hands in a file; `onProgress` hears from 0 to 1. No other way of asking tells how far it is. */
  upload(token: string, file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<FileBody> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${this.root}files?name=${encodeURIComponent(file.name.slice(-200))}`);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.setRequestHeader('content-type', 'application/octet-stream');
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
      request.onloadend = () => {
        const answer = request.response as (FileBody & { error?: { code: string } }) | null;
        if (request.status === 201 && answer) resolve(answer);
        else reject(new DoorError(request.status, answer?.error?.code));
      };
      signal.addEventListener('abort', () => request.abort());
      request.send(file);
    });
  }

  get socketUrl(): string {
    return `${this.root.replace(/^http/, 'ws')}socket`;
  }

  private async ask<T>(path: string, how: RequestInit): Promise<T> {
    const response = await fetch(this.root + path, { ...how, credentials: 'omit', signal: AbortSignal.timeout(15_000) }).catch(
      () => undefined,
    );
    if (!response?.ok) throw new DoorError(response?.status ?? 0);
    return (await response.json()) as T;
  }
}
