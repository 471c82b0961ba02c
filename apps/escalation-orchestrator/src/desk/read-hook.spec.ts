import { describe, expect, it } from '@jest/globals';
import { parseCrispHook } from '@baton/crisp';
import { readHook } from './read-hook.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const SESSION = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

function hook(event: string, data: Record<string, unknown>) {
  return readHook(
    parseCrispHook({
      website_id: WEBSITE,
      event,
      timestamp: 1_760_000_000_200,
      data: { website_id: WEBSITE, session_id: SESSION, ...data },
    }),
  );
}

const said = {
  type: 'text',
  content: 'Hello',
  from: 'operator',
  origin: 'chat',
  fingerprint: 176_000_000_012_342,
  timestamp: 1_760_000_000_123,
  user: { nickname: 'Mia' },
};

describe('a web hook of Crisp', () => {
  it('brings what an agent wrote, under his name and with the time of his writing', () => {
    expect(hook('message:received', said)).toEqual({
      event: {
        kind: 'agent-message',
        websiteId: WEBSITE,
        sessionId: SESSION,
        fingerprint: '176000000012342',
        at: 1_760_000_000_123,
        agent: { name: 'Mia' },
        body: { type: 'text', text: 'Hello' },
        continuation: [],
      },
    });
  });

  it.each([
    ['a private note', { type: 'note' }, 'note'],
    ['a line of the inbox', { type: 'event', content: { namespace: 'state:resolved' } }, 'event'],
    ['what a machine wrote', { automated: true }, 'automated'],
    ["Crisp's own bot", { origin: 'urn:crisp.im:bot:0' }, 'automated'],
    ['our echo by its origin', { origin: 'urn:baton:escalation-orchestrator:0' }, 'echo'],
    ['our echo by its properties', { properties: { baton: 'x' } }, 'echo'],
  ])('never shows %s to the visitor', (_what, patch, ignored) => {
    expect(hook('message:received', { ...said, ...patch })).toEqual({ ignored });
  });

  it('brings the command of a private note, by whom and when Crisp heard of it', () => {
    const note = { ...said, type: 'note', content: '!bot', user: { user_id: 'mia', nickname: 'Mia' } };
    const of = { kind: 'command', fingerprint: '176000000012342', at: 1_760_000_000_200, operatorId: 'mia', by: 'Mia' };
    expect(hook('message:received', note)).toMatchObject({ event: { ...of, command: { do: 'give-back', block: null } } });
    expect(hook('message:received', { ...note, user: {} })).toMatchObject({ event: { operatorId: null, by: null } });
  });

  it.each([
    ['a machine', { automated: true }],
    ['a token', { origin: 'urn:acme.example:tool:0' }],
    ['somebody who changed it since', { edited: true }],
    ['somebody to a colleague', { content: '!important call him' }],
  ])('brings no command that %s wrote', (_who, patch) => {
    expect(hook('message:received', { ...said, type: 'note', content: '!bot', ...patch })).toEqual({ ignored: 'note' });
  });

  it('brings the segments of a conversation', () => {
    expect(hook('session:set_segments', { segments: ['chat', 'vip'] })).toMatchObject({
      event: { kind: 'segments', segments: ['chat', 'vip'], at: 1_760_000_000_200 },
    });
  });

  it('brings what the visitor wrote there, by e-mail or in the chat, but not what we passed on for him', () => {
    expect(hook('message:send', { ...said, from: 'user', origin: 'email' })).toMatchObject({
      event: { kind: 'visitor-message', via: 'email' },
    });
    expect(hook('message:send', { ...said, from: 'user' })).toMatchObject({ event: { kind: 'visitor-message', via: 'crisp' } });
    expect(hook('message:send', { ...said, from: 'user', origin: 'urn:baton:escalation-orchestrator:0' })).toEqual({ ignored: 'echo' });
  });

  it('orders edits, removals and states by the time of the envelope', () => {
    expect(hook('message:updated', { fingerprint: 1, content: 'new' })).toMatchObject({ event: { kind: 'edited', at: 1_760_000_000_200 } });
    expect(hook('message:removed', { fingerprint: 1 })).toMatchObject({ event: { kind: 'removed', at: 1_760_000_000_200 } });
    expect(hook('session:set_state', { state: 'resolved' })).toMatchObject({
      event: { kind: 'state', state: 'resolved', at: 1_760_000_000_200 },
    });
  });

  it('has the stars of a rating, and no opinion without one', () => {
    const rating = { stars: 4, comment: 'Fast' };
    expect(hook('session:sync:rating', { rating })).toMatchObject({ event: { kind: 'rated', ...rating, at: 1_760_000_000_200 } });
    expect(hook('session:sync:rating', { rating: { stars: 0 } })).toEqual({ ignored: 'rating-without-stars' });
  });

  it('knows that somebody took the conversation, and that unassigning takes nothing', () => {
    expect(hook('session:set_routing', { routing_id: 'x' })).toMatchObject({ event: { kind: 'taken' } });
    expect(hook('session:set_routing', { routing_id: null })).toEqual({ ignored: 'unassigned' });
    expect(hook('session:set_opened', { operator: { user_id: 'x' } })).toMatchObject({ event: { kind: 'taken' } });
  });

  it.each<[what: string, event: string, data: Record<string, unknown>, reading: object]>([
    [
      'an agent writes',
      'message:compose:receive',
      { type: 'start', user: { nickname: 'Mia' } },
      { sign: { kind: 'typing', typing: true, agent: { name: 'Mia' } } },
    ],
    ['an agent stops', 'message:compose:receive', { type: 'stop' }, { sign: { kind: 'typing', typing: false, agent: {} } }],
    ['a machine writes', 'message:compose:receive', { type: 'start', automated: true }, { ignored: 'automated' }],
    ['the visitor writes, as we said', 'message:compose:send', { type: 'start' }, { ignored: 'echo' }],
    [
      'an agent has read',
      'message:acknowledge:read:send',
      { origin: 'chat', fingerprints: [1, 2] },
      { sign: { kind: 'read', fingerprints: [1, 2] } },
    ],
    ['an agent has read all', 'message:acknowledge:read:send', { origin: 'chat' }, { sign: { kind: 'read', fingerprints: [] } }],
    ['the visitor has read, as we said', 'message:acknowledge:read:received', { origin: 'chat' }, { ignored: 'echo' }],
    ['Crisp has mailed it', 'message:acknowledge:delivered', { origin: 'email', fingerprints: [1, 2] }, { mailed: [1, 2] }],
    ['Crisp was told so by us', 'message:acknowledge:delivered', { origin: 'urn:baton:x:0', fingerprints: [1] }, { ignored: 'delivered' }],
    ['we marked it ourselves', 'message:acknowledge:read:send', { origin: 'urn:baton:ai-auto-reply:0' }, { ignored: 'echo' }],
  ])('tells by signs that %s', (_what, event, data, reading) => expect(hook(event, data)).toMatchObject(reading));

  it('is put aside when it should mean something and cannot be read, and passed over when it means nothing to us', () => {
    expect(hook('message:received', { type: 'text' })).toHaveProperty('unreadable');
    expect(hook('session:set_rating', { stars: 5 })).toEqual({ ignored: 'other-event' });
  });
});
