import { Agent, request } from 'node:http';
import { hookBody, signatureHeaders } from '../hook.js';
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
    const { ingresses, path, secret, websiteId, sessionOf, onAccepted } = this.options;
    const urls = ingresses();
    const body = hookBody({ websiteId, sessionId: sessionOf(mark.conversation), number: mark.number, text: markedText(mark) });
    const refused = (): void => this.talk.refuse(this.direction, mark);
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
        if (statusCode >= 200 && statusCode < 300) onAccepted?.(mark);
        else refused();
      },
    );
    call.on('error', refused);
    call.end(body);
  }

  close(): void {
    this.agent.destroy();
  }
}
