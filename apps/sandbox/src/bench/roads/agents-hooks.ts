import { Agent, request } from 'node:http';
import { hookBody, resolvedHookBody, signatureHeaders } from '../hook.js';
import { type Mark, markedText } from './mark.js';
import type { Talk } from './talk.js';

export interface AgentsHooksOptions {
  /** Where the ingresses listen; requests go to each in turn. */
  readonly ingresses: () => readonly string[];
  readonly path: string;
  readonly secret: string;
  readonly websiteId: string;
  /** The session of a conversation at Crisp. */
  readonly sessionOf: (conversation: number) => string;
  /** Told when the ingress answered 2xx; default: nothing. */
  readonly onAccepted?: (mark: Mark) => void;
}

/** Words of agents, as Crisp tells of them: signed web hooks over connections that are kept. */
export class AgentsHooks {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private next = 0;

  constructor(
    private readonly talk: Talk,
    private readonly direction: 'in' | 'back',
    private readonly options: AgentsHooksOptions,
  ) {}

  say(mark: Mark): void {
    const { websiteId, sessionOf, onAccepted } = this.options;
    const sessionId = sessionOf(mark.conversation);
    this.post(hookBody({ websiteId, sessionId, number: mark.number, text: markedText(mark) }), (isAccepted) => {
      if (isAccepted) onAccepted?.(mark);
      else this.talk.refuse(this.direction, mark);
    });
  }

  /** Sets a conversation to resolved; resolves with whether the ingress took it. */
  resolve(conversation: number): Promise<boolean> {
    const { websiteId, sessionOf } = this.options;
    return new Promise((settled) => this.post(resolvedHookBody({ websiteId, sessionId: sessionOf(conversation) }), settled));
  }

  /** `settled` is told once whether the answer was 2xx. */
  private post(body: string, settled: (isAccepted: boolean) => void): void {
    const { ingresses, path, secret } = this.options;
    const urls = ingresses();
    const call = request(
      new URL(path, urls[this.next++ % urls.length]),
      {
        agent: this.agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...signatureHeaders(body, secret) },
      },
      (answer) => {
        answer.resume();
        const { statusCode = 0 } = answer;
        settled(statusCode >= 200 && statusCode < 300);
      },
    );
    call.on('error', () => settled(false));
    call.end(body);
  }

  close(): void {
    this.agent.destroy();
  }
}
