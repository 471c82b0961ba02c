import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { openConversation, updateMeta } from '../acts/conversations.js';
import { markDelivered, markRead, postMessage } from '../acts/messages.js';
import type { NewMessage } from '../acts/messages.js';
import type { Conversation } from '../model.js';
import { SetupSchema } from '../setup.js';
import { World } from '../world.js';
import { MailPost } from './mail-post.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';

let world: World;
let post: MailPost;
let conversation: Conversation;

beforeEach(() => {
  world = new World(1);
  world.apply(SetupSchema.parse({ websites: [{ website_id: WEBSITE, mail_after_ms: 20 }] }));
  post = new MailPost(world);
  conversation = openConversation(world, world.websites.get(WEBSITE)!, 'api');
  updateMeta(world, conversation, { email: 'anna@example.com' });
});
afterEach(() => post.close());

const writes = (content: string, more: Partial<NewMessage> = {}) =>
  postMessage(world, conversation, { type: 'text', from: 'operator', origin: 'chat', content, ...more });
const mailed = () => post.list(conversation.session_id).map(({ text }) => text);

it('mails what an agent wrote and nobody was shown, once, and says that it is delivered there', async () => {
  const told: unknown[] = [];
  world.onEvent(({ event, data }) => event === 'message:acknowledge:delivered' && told.push(data));
  const { fields } = writes('Your parcel is on its way.');
  await eventually(() => mailed().length === 1, { what: 'the mail' });
  expect(post.list()[0]).toMatchObject({ to: 'anna@example.com', text: 'Your parcel is on its way.' });
  expect(told).toMatchObject([{ origin: 'email', fingerprints: [fields.fingerprint] }]);
  expect(conversation.messages[0]!.fields.delivered).toBe('email');
});

it('mails neither what was shown, nor what no agent said', async () => {
  const shown = { from: 'operator', origin: 'urn:baton:test:0' } as const;
  markDelivered(world, conversation, { ...shown, fingerprints: [writes('delivered').fields.fingerprint] });
  markRead(world, conversation, { ...shown, fingerprints: [writes('read').fields.fingerprint] });
  writes('a note', { type: 'note' });
  writes('a machine', { automated: true });
  writes('imported', { stealth: true });
  writes('the visitor', { from: 'user' });
  writes('the last');
  await eventually(() => mailed().includes('the last'), { what: 'the mail' });
  expect(mailed()).toEqual(['the last']);
});

it('has nowhere to send to without an address', async () => {
  const other = openConversation(world, world.websites.get(WEBSITE)!, 'api');
  postMessage(world, other, { type: 'text', from: 'operator', origin: 'chat', content: 'to nobody' });
  writes('to Anna');
  await eventually(() => mailed().length === 1, { what: 'the mail' });
  expect(post.list()).toHaveLength(1);
});
