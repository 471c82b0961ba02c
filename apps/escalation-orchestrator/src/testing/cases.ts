import { conversationIdOf, derivedId } from '@baton/contracts';
import type { Case } from '../judge/case.js';
import { deskEventId } from '../judge/desk-events.js';
import type { DeskEvent } from '../judge/desk-events.js';
import type { Fact, FactOf } from '../floor/facts.js';
import { WEBSITE } from './judge-kit.js';

export const SESSION = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

let made = 0;

/** One visitor of the demo bot and what can happen to him, as cases for the judge. */
export class Visitor {
  readonly conversationId: string;

  constructor(
    readonly address = `v_${++made}`,
    readonly botId = 'demo',
  ) {
    this.conversationId = conversationIdOf({ botId, channel: 'webchat', address });
  }

  says(text: string, name = `${text} ${++made}`): Case {
    const id = derivedId('test-word', this.address, name);
    return {
      conversationId: this.conversationId,
      begins: { botId: this.botId, channel: 'webchat', address: this.address },
      inboxId: id,
      matter: {
        about: 'fact',
        fact: { id, kind: 'visitor-wrote', messageId: id, at: 1_767_607_200_000 + made, body: { type: 'text', text }, locale: null },
      },
    };
  }

  botSays(patch: Partial<FactOf<'bot-answered'>> = {}, botId = this.botId): Case {
    const id = derivedId('test-answer', this.address, ++made);
    const fact: FactOf<'bot-answered'> = {
      id,
      kind: 'bot-answered',
      answerId: id,
      requestedBy: 'bot',
      turn: null,
      epoch: null,
      messages: [],
      muted: null,
      needHelp: false,
      category: null,
      reason: null,
      userData: null,
      ...patch,
    };
    return { conversationId: this.conversationId, inboxId: id, matter: { about: 'bot-answer', botId, fact } };
  }

  happens(fact: Fact extends infer F ? (F extends { id: string } ? Omit<F, 'id'> : never) : never): Case {
    const id = derivedId('test-fact', this.address, ++made);
    return { conversationId: this.conversationId, inboxId: null, matter: { about: 'fact', fact: { ...fact, id } as Fact } };
  }

  inCrisp(event: DeskEvent): Case {
    return { conversationId: this.conversationId, inboxId: deskEventId(event), matter: { about: 'desk', event } };
  }

  agentSays(text: string, fingerprint = String(176_000_000_000_000 + ++made), patch: Partial<DeskEvent> = {}): Case {
    return this.inCrisp({
      kind: 'agent-message',
      websiteId: WEBSITE,
      sessionId: SESSION,
      fingerprint,
      at: 1_767_607_300_000 + made,
      agent: { name: 'Mia' },
      body: { type: 'text', text },
      continuation: [],
      ...patch,
    } as DeskEvent);
  }
}
