import { eventually } from '@baton/testing';
import type { Faults, FaultsInput, RestFault } from '../crisp-simulator/faults/faults.js';
import type { Meta, MessageFields } from '../crisp-simulator/model.js';
import type { HookRecord } from '../crisp-simulator/hooks/hook-log.js';

export type CrispMessage = MessageFields & { stored_at: number; removed_at?: number };

export interface CrispTranscript {
  session_id: string;
  website_id: string;
  nickname: string;
  email: string;
  segments: string[];
  state: 'pending' | 'unresolved' | 'resolved';
  unread: number;
  created_at: number;
  meta: Meta;
  messages: CrispMessage[];
}

/** The private notes of a conversation, oldest first. */
export function notesOf({ messages }: CrispTranscript): string[] {
  return messages.filter(({ type }) => type === 'note').map(({ content }) => String(content));
}

/** The people and the levers on Crisp's side, by the simulator's control API. */
export class CrispControl {
  constructor(readonly url: string) {}

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`${method} /control${path} answered ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Conversations, newest change first. */
  list(websiteId: string): Promise<{ session_id: string; nickname: string; email: string; created_at: number; state: string }[]> {
    return this.call('GET', `/conversations?website_id=${websiteId}`);
  }

  transcript(session: string): Promise<CrispTranscript> {
    return this.call('GET', `/conversations/${session}`);
  }

  hooks(session: string, event?: string): Promise<HookRecord[]> {
    return this.call('GET', `/hooks?session_id=${session}${event ? `&event=${event}` : ''}`);
  }

  /** Of all sessions, the newest 2,000. */
  newestHooks(event: string): Promise<HookRecord[]> {
    return this.call('GET', `/hooks?limit=2000&event=${event}`);
  }

  write(session: string, text: string, operatorId?: string): Promise<CrispMessage> {
    return this.call('POST', `/conversations/${session}/agent-message`, { text, ...(operatorId ? { operator_id: operatorId } : {}) });
  }

  note(session: string, text: string): Promise<unknown> {
    return this.call('POST', `/conversations/${session}/note`, { text });
  }

  edit(session: string, fingerprint: number, text: string): Promise<unknown> {
    return this.call('PATCH', `/conversations/${session}/messages/${fingerprint}`, { text });
  }

  remove(session: string, fingerprint: number): Promise<unknown> {
    return this.call('DELETE', `/conversations/${session}/messages/${fingerprint}`);
  }

  resolve(session: string): Promise<unknown> {
    return this.call('POST', `/conversations/${session}/resolve`);
  }

  availability(websiteId: string, status: 'online' | 'away', operatorId?: string): Promise<unknown> {
    return this.call('POST', `/websites/${websiteId}/availability`, { status, ...(operatorId ? { operator_id: operatorId } : {}) });
  }

  faults(faults: FaultsInput): Promise<unknown> {
    return this.call('PUT', '/faults', faults);
  }

  noFaults(): Promise<unknown> {
    return this.call('DELETE', '/faults');
  }

  /** Sets a failure of its API, and gives back how to wait until a call has met it. */
  async failing(failure: Pick<RestFault, 'kind' | 'method' | 'path' | 'when'>): Promise<{ wasMet: () => Promise<unknown> }> {
    const count = 1_000;
    await this.faults({ rest: { failures: [{ ...failure, count }] } });
    const isMet = async () => (await this.call<Faults>('GET', '/faults')).rest.failures.some((left) => left.count! < count);
    return { wasMet: () => eventually(isMet, { within: 15_000, every: 25, what: `a call of Crisp's API meeting ${failure.kind}` }) };
  }

  release(order: 'kept' | 'reversed'): Promise<{ released: number }> {
    return this.call('POST', '/hooks/release', { order });
  }

  again(hookId: number, how: { times?: number; forged?: boolean; aged_ms?: number }): Promise<{ statuses: number[] }> {
    return this.call('POST', `/hooks/${hookId}/again`, how);
  }

  /** Waits for the session that was opened for somebody after `since`. */
  async sessionOf(
    websiteId: string,
    fits: (transcript: CrispTranscript) => boolean,
    since: number,
    what: string,
  ): Promise<CrispTranscript> {
    return eventually(
      async () => {
        for (const { session_id, created_at } of await this.list(websiteId)) {
          if (created_at < since) continue;
          const transcript = await this.transcript(session_id);
          if (fits(transcript)) return transcript;
        }
        return undefined;
      },
      { within: 20_000, every: 100, what },
    );
  }

  /** Waits until a conversation in the inbox is as it should be. */
  async shows(session: string, fits: (transcript: CrispTranscript) => boolean, what: string, within = 15_000): Promise<CrispTranscript> {
    return eventually(
      async () => {
        const transcript = await this.transcript(session);
        return fits(transcript) && transcript;
      },
      { within, every: 50, what: `the inbox showing ${what}` },
    );
  }
}
