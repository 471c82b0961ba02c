import { eventually } from '@baton/testing';
import type { FaultsInput } from '../messenger-simulator/faults/faults.js';
import type { StoredMessage } from '../messenger-simulator/model.js';
import type { HookRecord } from '../messenger-simulator/hooks/hook-log.js';

export interface MessengerTranscript {
  readonly psid: string;
  readonly page_id: string;
  readonly messages: readonly StoredMessage[];
}

const SEEN_WITHIN_MS = 15_000;

/** The levers of the simulated Messenger, by its control API. */
export class MessengerControl {
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

  /** Somebody new who writes to this page. */
  async person(pageId: string, name: string): Promise<MessengerPerson> {
    const [first_name, last_name = ''] = name.split(' ');
    const { psid } = await this.call<MessengerTranscript>('POST', '/people', { page_id: pageId, first_name, last_name });
    return new MessengerPerson(this, pageId, psid);
  }

  /** What stands in everybody's Messenger. */
  transcripts(): Promise<MessengerTranscript[]> {
    return this.call('GET', '/transcripts');
  }

  hooks(psid: string, kind?: string): Promise<HookRecord[]> {
    return this.call('GET', `/hooks?limit=5000&psid=${psid}${kind ? `&kind=${kind}` : ''}`);
  }

  /** Of everybody, the newest 2,000. */
  newestHooks(kind: string): Promise<HookRecord[]> {
    return this.call('GET', `/hooks?limit=2000&kind=${kind}`);
  }

  again(hook: number, options: { times?: number; signature?: string } = {}): Promise<{ statuses: number[] }> {
    return this.call('POST', `/hooks/${hook}/again`, options);
  }

  odd(hook: { body?: string; envelope?: unknown; signature?: string }): Promise<{ statuses: number[] }> {
    return this.call('POST', '/hooks/odd', hook);
  }

  page(pageId: string, change: Record<string, unknown>): Promise<unknown> {
    return this.call('PATCH', `/pages/${pageId}`, change);
  }

  faults(faults: FaultsInput): Promise<unknown> {
    return this.call('PUT', '/faults', faults);
  }

  noFaults(): Promise<unknown> {
    return this.call('DELETE', '/faults');
  }

  release(order: 'kept' | 'reversed', together = false): Promise<unknown> {
    return this.call('POST', '/hooks/release', { order, together });
  }
}

/** Somebody who writes to a page in Messenger. */
export class MessengerPerson {
  constructor(
    private readonly messenger: MessengerControl,
    readonly pageId: string,
    readonly psid: string,
  ) {}

  act<T = StoredMessage>(act: string, body: object = {}): Promise<T> {
    return this.messenger.call('POST', `/people/${this.psid}/${act}`, body);
  }

  async send(text: string): Promise<void> {
    await this.act('say', { text });
  }

  change(change: Record<string, unknown>): Promise<unknown> {
    return this.messenger.call('PATCH', `/people/${this.psid}`, change);
  }

  async messages(): Promise<readonly StoredMessage[]> {
    return (await this.messenger.call<MessengerTranscript>('GET', `/people/${this.psid}`)).messages;
  }

  /** What the page wrote to him, oldest first, from its message number `after` on. */
  async fromPage(after = 0): Promise<readonly StoredMessage[]> {
    return (await this.messages()).filter(({ from }) => from === 'page').slice(after);
  }

  /** Waits until the page has written something that fits. */
  sees(
    fits: (message: StoredMessage) => boolean,
    what: string,
    { after = 0, within = SEEN_WITHIN_MS }: { after?: number; within?: number } = {},
  ): Promise<StoredMessage> {
    return eventually(async () => (await this.fromPage(after)).find(fits), { within, what: `the person in Messenger seeing ${what}` });
  }

  reads(text: string, options: { after?: number; within?: number } = {}): Promise<StoredMessage> {
    return this.sees((message) => message.text === text, `"${text.slice(0, 60)}"`, options);
  }
}
