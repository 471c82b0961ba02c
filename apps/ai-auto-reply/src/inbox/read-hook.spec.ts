import { describe, expect, it } from '@jest/globals';
import { readHook } from './read-hook.js';

const AT = 1_760_000_000_200;
const message = {
  type: 'text',
  from: 'user',
  origin: 'chat',
  content: 'Hello',
  fingerprint: 176000000012342,
  timestamp: AT - 77,
};
const hook = (event: string, data: Record<string, unknown>) =>
  readHook({ website_id: '11111111-2222-4333-8444-555555555555', event, timestamp: AT, data: { session_id: 'session_a', ...data } });

describe('a web hook of the inbox', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['message:send', message, { kind: 'visitor-line', text: 'Hello', at: AT }],
    ['message:received', { ...message, from: 'operator' }, { kind: 'human-line', at: AT }],
    ['message:received', { ...message, from: 'operator', type: 'audio', content: {} }, { kind: 'human-line', text: '' }],
    ['message:received', { ...message, from: 'operator', automated: true }, { kind: 'machine-line' }],
    ['message:received', { ...message, from: 'operator', origin: 'urn:baton:escalation-orchestrator:0' }, { kind: 'handover' }],
    ['message:updated', { fingerprint: 5, content: 'Hi' }, { kind: 'edited', fingerprint: 5, text: 'Hi', at: AT }],
    ['message:removed', { fingerprint: 5 }, { kind: 'deleted', fingerprint: 5 }],
    ['message:compose:send', { type: 'start' }, { kind: 'typing', at: AT }],
    ['session:set_state', { state: 'resolved' }, { kind: 'resolved', at: AT }],
    ['session:set_routing', { routing_id: 'mia' }, { kind: 'assigned', at: AT }],
    ['session:set_block', { is_blocked: true }, { kind: 'blocked', is: true, at: AT }],
    ['session:removed', {}, { kind: 'session-removed' }],
  ])('%s %j', (event, data, fact) => {
    expect(hook(event, data)).toMatchObject({ facts: [fact] });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['message:send', { ...message, type: 'file', content: {} }, 'attachment'],
    ['message:send', { ...message, from: 'operator' }, 'of-neither-side'],
    ['message:received', message, 'of-neither-side'],
    ['message:send', { ...message, automated: true }, 'machine'],
    ['message:received', { ...message, from: 'operator', origin: 'urn:baton:ai-auto-reply:0' }, 'echo'],
    ['message:received', { ...message, from: 'operator', type: 'note' }, 'note'],
    ['message:compose:send', { type: 'stop' }, 'typing'],
    ['message:compose:receive', { type: 'start' }, 'typing'],
    ['session:set_state', { state: 'unresolved' }, 'state-unresolved'],
    ['session:set_routing', { routing_id: null }, 'unassigned'],
    ['session:set_opened', { operator: { user_id: 'mia' } }, 'opened'],
    ['session:set_email', { email: 'a@b.example' }, 'other-event'],
  ])('%s %j means nothing: %s', (event, data, ignored) => {
    expect(hook(event, data)).toEqual({ ignored });
  });

  it('with a command is answered, and holds', () => {
    const note = { ...message, from: 'operator', type: 'note', content: '!ai off' };
    expect(hook('message:received', note)).toMatchObject({
      facts: [{ kind: 'command', says: 'off', at: AT }],
      command: { command: 'off', fingerprint: message.fingerprint },
    });
    expect(hook('message:received', { ...note, content: '!why' })).toMatchObject({ facts: [], command: { command: 'why' } });
  });

  it.each<[string, Record<string, unknown>]>([
    ['message:send', { ...message, fingerprint: 'x' }],
    ['message:received', { ...message, from: 'operator', fingerprint: 'x' }],
    ['message:updated', {}],
    ['session:set_state', { state: 'odd' }],
    ['session:set_block', {}],
  ])('%s %j cannot be understood', (event, data) => {
    expect(hook(event, data)).toEqual({ unreadable: expect.any(String) });
  });
});
