import { HandoverSettingsSchema } from '@baton/contracts';
import type { Action } from './actions.js';
import { freshConversation } from './conversation.js';
import type { Conversation } from './conversation.js';
import { decide } from './decide.js';
import type { Fact, FactKind, FactOf } from './facts.js';
import type { FloorPolicy } from './policy.js';

export const WEBSITE = '11111111-2222-4333-8444-555555555555';
export const SESSION = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const START = Date.parse('2026-01-05T10:00:00.000Z');

export function aPolicy(patch: Partial<FloorPolicy> = {}): FloorPolicy {
  return { botName: 'Robin', handover: HandoverSettingsSchema.parse({}), websiteId: WEBSITE, humanAgent: false, ...patch };
}

let facts = 0;
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A fact with everything that the test does not care about filled in. */
export function aFact<K extends FactKind>(kind: K, patch: Partial<FactOf<K>> = {}): FactOf<K> {
  facts += 1;
  const messageId = uuid(facts);
  const at = START + facts;
  const text = { type: 'text', text: `words ${facts}` } as const;
  const session = { sessionId: SESSION, websiteId: WEBSITE, fingerprint: String(facts) };
  const defaults: { [Kind in FactKind]: Omit<FactOf<Kind>, 'id' | 'kind'> } = {
    'visitor-wrote': { messageId, at, body: text, locale: null },
    'answered-elsewhere': { messageId, at, body: text, by: '263902037430900' },
    'delivery-failed': {
      messageId,
      sessionId: SESSION,
      author: 'agent',
      what: 'line',
      beginning: text.text,
      failure: 'blocked',
      reason: 'messenger.blocked',
    },
    'visitor-presence': { present: true },
    'visitor-known': { name: 'Ada Park', locale: null },
    'bot-answered': {
      answerId: `answer-${facts}`,
      requestedBy: 'bot',
      turn: null,
      epoch: null,
      messages: [],
      muted: null,
      needHelp: false,
      category: null,
      reason: null,
      note: null,
      userData: null,
    },
    'availability-known': { handoverId: '', answer: 'yes' },
    'desk-opened': { handoverId: '', sessionId: SESSION },
    'first-message-posted': { handoverId: '' },
    'opening-failed': { handoverId: '', code: 'crisp.unreachable' },
    'word-refused': { handoverId: '', messageId, at, text: text.text, code: 'crisp.not-found' },
    'agent-wrote': { ...session, messageId, at, agent: { name: 'Mia' }, body: text, removed: false },
    'visitor-wrote-at-desk': { ...session, messageId, at, body: text, via: 'email' },
    'agent-edited': { messageId, body: text },
    'agent-removed': { messageId },
    'desk-taken': { sessionId: SESSION },
    'desk-state': { sessionId: SESSION, state: 'resolved', at },
    'desk-removed': { sessionId: SESSION, at },
    'agent-commanded': {
      sessionId: SESSION,
      websiteId: WEBSITE,
      at,
      by: 'Mia',
      operatorId: 'mia',
      writer: 'agent',
      command: { do: 'why' },
    },
    'segments-set': { sessionId: SESSION, websiteId: WEBSITE, segments: [], at },
    'rated-at-desk': { sessionId: SESSION, stars: 5, comment: null, at },
    'follow-up-opened': { handoverId: '', sessionId: SESSION },
    'follow-up-failed': { handoverId: '', code: 'crisp.unreachable' },
    'bot-stopped': {},
    'time-passed': {},
  };
  return { id: `fact-${facts}`, kind, ...defaults[kind], ...patch } as unknown as FactOf<K>;
}

const FRESH = { id: uuid(999_999), botId: 'demo', channel: 'webchat', address: 'v_1' } as const;

/** A conversation that lives through facts; the clock moves only when told. */
export class Story {
  conversation: Conversation;
  actions: readonly Action[] = [];
  readonly all: Action[] = [];
  now = START;

  constructor(
    public policy: FloorPolicy = aPolicy(),
    channel: Conversation['channel'] = 'webchat',
  ) {
    this.conversation = freshConversation({ ...FRESH, channel });
  }

  happens(fact: Fact): this {
    const decision = decide(this.conversation, fact, this.policy, this.now);
    this.conversation = decision.conversation;
    this.actions = decision.actions;
    this.all.push(...decision.actions);
    return this;
  }

  later(ms: number): this {
    this.now += ms;
    return this;
  }

  get handoverId(): string {
    return this.conversation.handover?.id ?? '';
  }

  askedForHelp(patch: Partial<FactOf<'bot-answered'>> = {}): this {
    return this.happens(aFact('bot-answered', { needHelp: true, muted: true, ...patch }));
  }

  agentsAreThere(): this {
    return this.happens(aFact('availability-known', { handoverId: this.handoverId, answer: 'yes' }));
  }

  opened(): this {
    const { handoverId } = this;
    return this.happens(aFact('desk-opened', { handoverId }));
  }

  accepted(): this {
    this.agentsAreThere().opened();
    return this.happens(aFact('first-message-posted', { handoverId: this.handoverId }));
  }

  /** What the visitor was shown by the last fact, as texts. */
  get shown(): string[] {
    return this.actions.flatMap((action) => (action.do === 'deliver' && action.line.body.type === 'text' ? [action.line.body.text] : []));
  }

  /** The names of what else the last fact asked for. */
  get asked(): string[] {
    return this.actions.flatMap((action) => {
      switch (action.do) {
        case 'announce':
        case 'tell-bot':
          return [action.event.type];
        case 'unmute':
          return [`bot.unmuted:${action.reason}`];
        case 'desk':
          return [`desk:${action.work.kind}`];
        case 'mode':
          return [`mode:${action.floor}`];
        case 'withdraw-desk-work':
          return ['withdraw'];
        default:
          return [];
      }
    });
  }
}

export const storyOn = {
  bot: (policy?: FloorPolicy) => new Story(policy),
  escalating: (policy?: FloorPolicy) => new Story(policy).askedForHelp(),
  waiting: (policy?: FloorPolicy) => new Story(policy).askedForHelp().accepted(),
  agent: (policy?: FloorPolicy) => {
    const story = new Story(policy).askedForHelp().accepted();
    return story.happens(aFact('agent-wrote', { at: story.now }));
  },
};
