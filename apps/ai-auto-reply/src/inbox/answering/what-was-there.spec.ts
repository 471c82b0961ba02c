import { describe, expect, it } from '@jest/globals';
import { aConversation, aMessage } from '../../testing/crisp-messages.js';
import { after, agentSays, aSession, asks } from '../../testing/sessions.js';
import { pendingOf, stateOf } from '../session.js';
import type { Session, SessionState } from '../session.js';
import { whatIsNew, whatWasThere } from './what-was-there.js';
import type { Found } from './what-was-there.js';

/** Times as Crisp writes them: below this it would take them for seconds (ms). */
const T = 1_760_000_000_000;
const HOUR = 3_600_000;

const asked = after(aSession(), [asks(T, 'the question')]);
const question = aMessage('user', T, { content: 'the question' });
const told = (session: Session, found: readonly Found[]): Session =>
  after(
    session,
    found.flatMap(({ facts }) => facts).map((fact) => [fact, T] as const),
  );

describe('at first sight of a session', () => {
  it.each<[string, ReturnType<typeof aMessage>[], Parameters<typeof aConversation>[0], SessionState]>([
    ['nothing was there', [], {}, 'open'],
    ['visitor and assistant spoke', [aMessage('user', T - 9_000), aMessage('operator', T - 8_000, { automated: true })], {}, 'open'],
    ['an agent spoke just now', [aMessage('operator', T - 60_000)], {}, 'human'],
    ['an agent spoke yesterday, and it waits anew', [aMessage('operator', T - 24 * HOUR)], { state: 'pending' }, 'open'],
    ['an agent spoke yesterday, and it is in work', [aMessage('operator', T - 24 * HOUR)], { state: 'unresolved' }, 'human'],
    ['an agent spoke a month ago', [aMessage('operator', T - 700 * HOUR)], { state: 'unresolved' }, 'open'],
    ['an agent wrote a note', [aMessage('operator', T - 60_000, { type: 'note' })], {}, 'open'],
    ['an agent is assigned', [], { assigned: { user_id: 'mia' } }, 'human'],
    ['a handover wrote', [aMessage('user', T - 5, { origin: 'urn:baton:escalation-orchestrator:0' })], {}, 'handover'],
    ['a handover left its data', [], { meta: { segments: [], data: { baton_handover: 'x' } } }, 'handover'],
  ])('%s', (_, messages, conversation, state) => {
    const session = told(asked, whatWasThere(asked, [...messages, question], aConversation(conversation), T));
    expect(stateOf(session)).toBe(state);
    expect(session.read).toBe(true);
    // What was written before the first hook is history: it is not answered.
    expect(pendingOf(session).map(({ text }) => text)).toEqual(state === 'handover' || session.lines.length > 0 ? ['the question'] : []);
  });

  it('a blocked visitor is not answered', () => {
    const session = told(asked, whatWasThere(asked, [question], aConversation({ is_blocked: true }), T));
    expect(session.burst).toBeNull();
  });

  it('knows who the visitor is, unless Crisp made his name up', () => {
    const meta = { segments: [], data: {}, nickname: 'Ada Park', email: 'ada@park.example', device: { locales: ['de-AT', 'en'] } };
    expect(told(asked, whatWasThere(asked, [question], aConversation({ meta }), T)).visitor).toEqual({
      locale: 'de-AT',
      names: ['Ada Park'],
      emails: ['ada@park.example'],
      phones: [],
    });
    const nobody = aConversation({ meta: { ...meta, nickname: 'visitor12345' } });
    expect(told(asked, whatWasThere(asked, [question], nobody, T)).visitor?.names).toEqual([]);
  });

  it('takes up what he wrote behind his question, whatever his clock says', () => {
    const behind = aMessage('user', T + 1, { content: 'and more' });
    const session = told(asked, whatWasThere(asked, [question, behind], aConversation(), T));
    expect(pendingOf(session).map(({ text }) => text)).toEqual(['the question', 'and more']);
  });
});

describe('right before an answer is said', () => {
  const planned = after(asked, [{ kind: 'planned', answerId: 'a', asked: [T] }]);
  const isNew = (...messages: ReturnType<typeof aMessage>[]) => whatIsNew(planned, [question, ...messages], [T]);

  it('nothing new is nothing, and a machine’s line overtakes nothing', () => {
    expect(isNew()).toEqual([]);
    expect(isNew(aMessage('operator', T + 6, { type: 'event' }), aMessage('operator', T + 7, { type: 'note' }))).toEqual([]);
    expect(told(planned, isNew(aMessage('operator', T + 5, { automated: true }))).epoch).toBe(planned.epoch);
  });

  it.each<[string, ReturnType<typeof aMessage>, SessionState]>([
    ['an agent’s word', aMessage('operator', T + 5), 'human'],
    ['an agent’s file', aMessage('operator', T + 5, { type: 'file', content: {} }), 'human'],
    ['a word of an agent whose clock is behind', aMessage('operator', T + 1), 'human'],
    ['a command', aMessage('operator', T + 5, { type: 'note', content: '!ai off' }), 'off'],
    ['a handover’s line', aMessage('user', T + 5, { properties: { baton: 'x' } }), 'handover'],
    ['more of the visitor’s', aMessage('user', T + 5), 'open'],
  ])('%s overtakes it', (_, message, state) => {
    const session = told(planned, isNew(message));
    expect(stateOf(session)).toBe(state);
    expect(session.epoch).toBeGreaterThan(planned.epoch);
  });

  it('an agent’s word whose hook was lost silences, although it stands before the question', () => {
    const lost = aMessage('operator', T - 5);
    expect(stateOf(told(planned, whatIsNew(planned, [lost, question], [T])))).toBe('human');
  });

  it('a line of the same burst overtakes it whose hook is late, an older one does not', () => {
    const late = aMessage('user', T - 1, { content: 'Hello' });
    const session = told(planned, whatIsNew(planned, [late, question], [T]));
    expect(pendingOf(session).map(({ text }) => text)).toEqual(['Hello', 'the question']);
    expect(session.epoch).toBeGreaterThan(planned.epoch);
    const older = aMessage('user', T - 9, { content: 'long answered' });
    expect(whatIsNew(planned, [older, aMessage('operator', T - 5, { automated: true }), question], [T])).toEqual([]);
  });

  it('what was known and resolved silences nobody', () => {
    const known = after(aSession(), [agentSays(T - 9_000), { kind: 'resolved', at: T - 8_000 }, asks(T, 'the question')]);
    expect(whatIsNew(known, [aMessage('operator', T - 9_000), question], [T])).toEqual([]);
  });
});
