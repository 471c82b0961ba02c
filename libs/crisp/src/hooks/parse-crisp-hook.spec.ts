import { MessageBodySchema } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { CrispMessageSchema } from '../wire.js';
import { factOfMessage, parseCrispHook } from './parse-crisp-hook.js';

const websiteId = '11111111-2222-4333-8444-555555555555';
const sessionId = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const at = { websiteId, sessionId };

function hook(event: string, data: Record<string, unknown> = {}, timestamp = 1_760_000_000_200) {
  return parseCrispHook({ website_id: websiteId, event, timestamp, data: { website_id: websiteId, session_id: sessionId, ...data } });
}
const words = {
  type: 'text',
  content: 'Hello, I am taking over.',
  from: 'operator',
  origin: 'chat',
  fingerprint: 176000000012342,
  timestamp: 1_760_000_000_123,
  user: { user_id: 'mia', nickname: ' Mia ', avatar: 'https://cdn.example/m.png' },
};

describe('a message', () => {
  it('of an agent is what he said, who he is and when', () => {
    expect(hook('message:received', words)).toEqual({
      kind: 'agent-message',
      event: 'message:received',
      ...at,
      envelopeAt: 1_760_000_000_200,
      at: 1_760_000_000_123,
      fingerprint: 176000000012342,
      messageType: 'text',
      origin: 'chat',
      ours: false,
      automated: false,
      author: { id: 'mia', name: 'Mia', avatar: 'https://cdn.example/m.png' },
      body: { type: 'text', text: 'Hello, I am taking over.' },
      continuation: [],
    });
  });

  it('was written when Crisp sent it out at latest, however far ahead the clock of its writer is', () => {
    expect(hook('message:received', { ...words, timestamp: 1_760_000_000_200 + 3_600_000 })).toMatchObject({ at: 1_760_000_000_200 });
    expect(hook('message:received', { ...words, timestamp: 1_760_000_000_200 - 3_600_000 })).toMatchObject({
      at: 1_760_000_000_200 - 3_600_000,
    });
  });

  it('found in a list is the same fact', () => {
    const fact = factOfMessage(at, CrispMessageSchema.parse(words));
    expect(fact).toEqual({ ...hook('message:received', words), envelopeAt: 1_760_000_000_123 });
  });

  it('of ours comes back with its mark', () => {
    expect(hook('message:received', { ...words, automated: true, origin: 'urn:baton:relay:0' })).toMatchObject({
      kind: 'operator-line',
      because: 'ours',
      ours: true,
    });
    expect(hook('message:send', { ...words, from: 'user', properties: { baton: 'e1' } })).toMatchObject({
      kind: 'visitor-message',
      ours: true,
      mark: 'e1',
    });
  });

  it('that is private, automated or the inbox’s own is no word of an agent', () => {
    expect(hook('message:received', { ...words, type: 'note' })).toMatchObject({ kind: 'operator-line', because: 'note' });
    expect(hook('message:received', { ...words, type: 'event', content: { namespace: 'state:resolved' } })).toMatchObject({
      kind: 'operator-line',
      because: 'event',
    });
    expect(hook('message:received', { ...words, automated: true })).toMatchObject({
      kind: 'operator-line',
      because: 'automated',
      automated: true,
    });
    expect(hook('message:received', { ...words, stealth: true })).toMatchObject({ kind: 'operator-line', because: 'stealth' });
  });

  it('keeps going with odd decoration, and keeps dangerous pictures out', () => {
    const odd = {
      ...words,
      user: { nickname: 7, avatar: 'javascript:alert(1)' },
      origin: 5,
      automated: 'no',
      properties: 'x',
      mentions: {},
    };
    expect(hook('message:received', odd)).toMatchObject({ kind: 'agent-message', author: {}, origin: '' });
  });

  it('with a numeric fingerprint in text is understood', () => {
    expect(hook('message:received', { ...words, fingerprint: '-1234' })).toMatchObject({ fingerprint: -1234 });
  });

  it('without what matters is unreadable, and says the field only', () => {
    expect(hook('message:received', { ...words, fingerprint: 'secret' })).toMatchObject({
      kind: 'unreadable',
      reason: 'fingerprint is not as Crisp documents it',
    });
    expect(hook('message:send', { ...words, timestamp: undefined })).toMatchObject({
      kind: 'unreadable',
      reason: 'timestamp is not as Crisp documents it',
    });
    expect(hook('message:received', { ...words, content: '' })).toMatchObject({ kind: 'unreadable' });
    expect(hook('message:received', { ...words, type: 'hologram', content: {} })).toMatchObject({ kind: 'unreadable' });
    const nowhere = parseCrispHook({ website_id: websiteId, event: 'message:received', timestamp: 1_760_000_000_200, data: words });
    expect(nowhere).toMatchObject({ kind: 'unreadable', reason: 'session_id is missing' });
  });
});

describe('the forms of a message', () => {
  const body = (type: string, content: unknown) => {
    const fact = hook('message:received', { ...words, type, content });
    const said = fact.kind === 'agent-message' ? fact.body : undefined;
    if (said !== undefined) MessageBodySchema.parse(said);
    return said;
  };

  it('a file is a file', () => {
    expect(body('file', { name: 'bill\u202e.pdf', url: 'https://files.example/1', type: 'application/pdf' })).toEqual({
      type: 'file',
      name: 'bill .pdf',
      url: 'https://files.example/1',
      contentType: 'application/pdf',
    });
  });
  it('an animation and a voice message are files, too', () => {
    expect(body('animation', { url: 'https://g.example/1', type: 'image/gif' })).toMatchObject({
      type: 'file',
      name: 'animation.gif',
      contentType: 'image/gif',
    });
    expect(body('audio', { url: 'https://g.example/2', type: 'audio/mp3', duration: 3 })).toMatchObject({
      type: 'file',
      name: 'voice message',
    });
  });
  it('a file at an address that is no web address is not shown', () => {
    expect(body('file', { name: 'x', url: 'javascript:alert(1)', type: 'text/html' })).toBeUndefined();
    expect(body('file', { name: 'x', url: 'data:text/html,x', type: 'text/html' })).toBeUndefined();
  });
  it('a picker is a text with taps', () => {
    const choices = [
      { value: 'y', label: 'Yes', selected: false },
      { value: 'n', label: 'No', selected: false },
      { value: 'd', label: 'Docs', selected: false, action: { type: 'link', target: 'https://docs.example' } },
    ];
    expect(body('picker', { id: '1', text: 'Solved?', choices })).toEqual({
      type: 'text',
      text: 'Solved?\nDocs: https://docs.example',
      quickReplies: [
        { title: 'Yes', payload: 'y' },
        { title: 'No', payload: 'n' },
      ],
    });
  });
  it('a picker with more choices than taps lists them', () => {
    const choices = Array.from({ length: 14 }, (_, index) => ({ value: `v${index}`, label: `L${index}`, selected: false }));
    const said = body('picker', { id: '1', text: 'Which?', choices });
    expect(said).toMatchObject({ type: 'text' });
    expect(said).not.toHaveProperty('quickReplies');
    expect(JSON.stringify(said)).toContain('• L13');
  });
  it('a field and a carousel are readable texts', () => {
    expect(body('field', { id: '1', text: 'Your order?', explain: 'Eight digits' })).toEqual({
      type: 'text',
      text: 'Your order?\nEight digits',
    });
    const targets = [{ title: 'Blue', description: 'A shirt', actions: [{ label: 'Buy', url: 'https://shop.example/1' }] }];
    expect(body('carousel', { text: 'Shirts', targets })).toEqual({
      type: 'text',
      text: 'Shirts\n\nBlue: A shirt\nBuy: https://shop.example/1',
    });
  });
  it('a very long text goes on in further bodies, whole', () => {
    const long = 'All is well. '.repeat(4_000);
    const fact = hook('message:received', { ...words, content: long });
    if (fact.kind !== 'agent-message') throw new Error('not an agent message');
    const texts = [fact.body, ...fact.continuation].map((said) => (said?.type === 'text' ? said.text : ''));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).toBe(long);
  });
});

describe('what happens to a conversation', () => {
  it('is told as facts', () => {
    expect(hook('message:updated', { fingerprint: 1, content: 'Better' })).toMatchObject({
      kind: 'edited',
      fingerprint: 1,
      body: { type: 'text', text: 'Better' },
    });
    expect(
      hook('message:updated', {
        fingerprint: 1,
        content: { id: '1', text: 'Solved?', choices: [{ value: 'y', label: 'Yes', selected: true }] },
      }),
    ).toMatchObject({
      kind: 'edited',
      body: { text: 'Solved?\n✓ Yes' },
    });
    expect(hook('message:removed', { fingerprint: 1 })).toMatchObject({ kind: 'removed', fingerprint: 1 });
    expect(hook('session:set_state', { state: 'resolved' }, 1_760_000_000)).toMatchObject({
      kind: 'state',
      state: 'resolved',
      envelopeAt: 1_760_000_000_000,
    });
    expect(hook('session:set_routing', { routing_id: 'mia', previous_routing_id: null })).toMatchObject({
      kind: 'routing',
      operatorId: 'mia',
      previousOperatorId: null,
    });
    expect(hook('session:set_opened', { operator: { user_id: 'mia' } })).toMatchObject({ kind: 'opened', operatorId: 'mia' });
    expect(hook('session:removed')).toMatchObject({ kind: 'session-removed', ...at });
    expect(hook('session:set_segments', { segments: ['chat', 'vip'] })).toMatchObject({ kind: 'segments', segments: ['chat', 'vip'] });
    expect(hook('session:set_segments', { segments: null })).toMatchObject({ kind: 'segments', segments: [] });
    expect(hook('message:compose:receive', { type: 'start', user: { nickname: 'Mia' } })).toMatchObject({
      kind: 'typing',
      by: 'operator',
      typing: true,
      author: { name: 'Mia' },
    });
    expect(hook('message:compose:send', { type: 'stop' })).toMatchObject({ kind: 'typing', by: 'visitor', typing: false });
    expect(hook('message:acknowledge:read:send', { origin: 'chat', fingerprints: [1, 2] })).toMatchObject({
      kind: 'read',
      of: 'visitor',
      fingerprints: [1, 2],
    });
    expect(hook('message:acknowledge:delivered', { origin: 'email', fingerprints: [3] })).toMatchObject({
      kind: 'delivered',
      origin: 'email',
      ours: false,
      fingerprints: [3],
    });
    expect(hook('message:acknowledge:read:received', { origin: 'urn:baton:relay:0' })).toMatchObject({
      kind: 'read',
      of: 'operator',
      ours: true,
      fingerprints: [],
    });
  });
  it.each([
    ['under its name', { rating: { stars: 4, comment: ' Fast ' } }, 4, 'Fast'],
    ['bare', { stars: 5 }, 5, null],
    ['as text', { rating: { stars: '3', comment: '' } }, 3, null],
    ['with half a star', { rating: { stars: 3.5, comment: null } }, 4, null],
    ['without a star', { rating: { stars: 0 } }, 0, null],
  ])('has the rating of a visitor %s', (_how, data, stars, comment) => {
    expect(hook('session:sync:rating', data)).toMatchObject({ kind: 'rating', stars, comment });
  });
  it.each([{ rating: { stars: 6 } }, { rating: null }, {}])('is unreadable when a rating says %j', (data) => {
    expect(hook('session:sync:rating', data)).toMatchObject({ kind: 'unreadable' });
  });
  it('is unreadable when the state is none', () => {
    expect(hook('session:set_state', { state: 'gone' })).toMatchObject({
      kind: 'unreadable',
      reason: 'state is not as Crisp documents it',
    });
  });
  it('is other when nobody of ours acts on it', () => {
    expect(hook('people:profile:created', { email: 'x' })).toMatchObject({ kind: 'other', event: 'people:profile:created', sessionId });
    expect(hook('constructor')).toMatchObject({ kind: 'other' });
  });
});
