import { conversationIdOf, derivedId } from '@baton/contracts';
import type { Channel } from '@baton/contracts';
import type { Case } from '../judge/case.js';
import { deskEventId } from '../judge/desk-events.js';
import type { DeskEvent } from '../judge/desk-events.js';
import { SESSION, START, WEBSITE, aFact } from '../floor/conversation.builder.js';
import type { Fact, FactOf } from '../floor/facts.js';

let made = 0;

/** One visitor of the demo bot and what can happen to him, as cases for the judge. */
export class Visitor {
  readonly conversationId: string;

  constructor(
    readonly address = `v_${++made}`,
    readonly botId = 'demo',
    readonly channel: Channel = 'webchat',
  ) {
    this.conversationId = conversationIdOf({ botId, channel, address });
  }

  says(text: string, name = `${text} ${++made}`): Case {
    const id = derivedId('test-word', this.address, name);
    return {
      conversationId: this.conversationId,
      begins: { botId: this.botId, channel: this.channel, address: this.address },
      inboxId: id,
      matter: {
        about: 'fact',
        fact: aFact('visitor-wrote', { id, messageId: id, at: START + made, body: { type: 'text', text } }),
      },
    };
  }

  /** One of the taps that he was offered. */
  taps(payload: string): Case {
    const id = derivedId('test-tap', this.address, ++made);
    const body = { type: 'text', text: payload, payload } as const;
    const fact = aFact('visitor-wrote', { id, messageId: id, at: START + made, body });
    return { conversationId: this.conversationId, inboxId: id, matter: { about: 'fact', fact } };
  }

  botSays(patch: Partial<FactOf<'bot-answered'>> = {}, botId = this.botId): Case {
    const id = derivedId('test-answer', this.address, ++made);
    const fact = aFact('bot-answered', { id, answerId: id, ...patch });
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
