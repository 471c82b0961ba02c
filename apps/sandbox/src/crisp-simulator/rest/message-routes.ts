import { editMessage, findMessage, messagesAsOf, postMessage, removeMessage } from '../acts/messages.js';
import type { StoredMessage } from '../model.js';
import { Refusal, deleted, dispatched, invalidData, listed, notFound, resolved, updated } from './answer.js';
import { contentSchemaOf, NewMessageSchema } from './bodies.js';
import type { Call, Route } from './route.js';
import { messagePage, messageView, type MessageWindow } from './views.js';

const SCOPE = 'website:conversation:messages';
const one = '/website/:website/conversation/:session';

export const messageRoutes: Route[] = [
  {
    method: 'GET',
    path: `${one}/messages`,
    scope: SCOPE,
    handle: (call) => {
      const { conversation } = call;
      const { page, more } = messagePage(conversation, call.asOf, windowOf(call));
      return listed(
        page.map((message) => messageView(conversation, message)),
        more,
      );
    },
  },
  {
    method: 'POST',
    path: `${one}/message`,
    scope: SCOPE,
    access: 'write',
    handle: (call) => {
      const { conversation } = call;
      const { user, ...message } = call.body(NewMessageSchema);
      if (message.type === 'note' && call.website.setup.plan === 'free') throw new Refusal(402, 'subscription_upgrade_required');
      const speaker = user && Object.fromEntries(Object.entries(user).filter(([, value]) => value !== undefined));
      const posted = postMessage(call.world, conversation, { ...message, user: speaker });
      return dispatched({ fingerprint: posted.fields.fingerprint });
    },
  },
  {
    method: 'GET',
    path: `${one}/message/:fingerprint`,
    scope: SCOPE,
    handle: (call) => {
      const fingerprint = fingerprintOf(call);
      const found = messagesAsOf(call.conversation, call.asOf).findLast((message) => message.fingerprint === fingerprint);
      if (!found) throw notFound('message');
      return resolved(messageView(call.conversation, found));
    },
  },
  {
    method: 'PATCH',
    path: `${one}/message/:fingerprint`,
    scope: SCOPE,
    access: 'write',
    handle: (call) => {
      const message = messageOf(call);
      const { content } = call.body(contentSchemaOf(message.fields.type)) as { content: unknown };
      editMessage(call.world, call.conversation, message, content);
      return updated();
    },
  },
  {
    method: 'DELETE',
    path: `${one}/message/:fingerprint`,
    scope: SCOPE,
    access: 'write',
    handle: (call) => {
      removeMessage(call.world, call.conversation, messageOf(call));
      return deleted();
    },
  },
];

function fingerprintOf(call: Call): number {
  const fingerprint = Number(call.param('fingerprint'));
  if (!Number.isSafeInteger(fingerprint)) throw invalidData('fingerprint should be a number');
  return fingerprint;
}

function messageOf(call: Call): StoredMessage {
  const message = findMessage(call.conversation, fingerprintOf(call));
  if (!message) throw notFound('message');
  return message;
}

function windowOf({ query }: Call): MessageWindow {
  const window: MessageWindow = {};
  for (const edge of ['before', 'after', 'around'] as const) {
    const given = query[`timestamp_${edge}`];
    if (given === undefined) continue;
    const time = Number(given);
    if (!Number.isFinite(time)) throw invalidData(`timestamp_${edge} should be a number`);
    window[edge] = time;
  }
  return window;
}
