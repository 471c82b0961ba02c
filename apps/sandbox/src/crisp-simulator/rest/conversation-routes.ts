import * as act from '../acts/conversations.js';
import { compose, markDelivered, markRead, markUnread } from '../acts/messages.js';
import { added, type Answer, deleted, dispatched, invalidData, listed, notFound, resolved, updated } from './answer.js';
import * as bodies from './bodies.js';
import { listConversations } from './conversation-list.js';
import type { Call, Route } from './route.js';
import { conversationView } from './views.js';

const SESSIONS = 'website:conversation:sessions';
const MESSAGES = 'website:conversation:messages';
const INITIATE = 'website:conversation:initiate';
const STATES = 'website:conversation:states';
const ROUTING = 'website:conversation:routing';
const ACTIONS = 'website:conversation:actions';
const PARTICIPANTS = 'website:conversation:participants';

const one = '/website/:website/conversation/:session';

const read = (path: string, scope: string, handle: (call: Call) => Answer): Route => ({
  method: 'GET',
  path,
  scope,
  access: 'read',
  handle,
});
const write = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, scope: string, handle: (call: Call) => Answer): Route => ({
  method,
  path,
  scope,
  access: 'write',
  handle,
});

/** Accepted and otherwise without effect here: reminders, e-mail transcripts and the like. */
const taken = (name: string): Route => write('POST', `${one}/${name}`, ACTIONS, (call) => dispatched(call.conversation && {}));
/** Lists that are always empty here. */
const empty = (name: string): Route => read(`${one}/${name}/:page`, SESSIONS, (call) => listed(call.conversation && [], false));

export const conversationRoutes: Route[] = [
  read('/website/:website/conversations/:page', SESSIONS, (call) => {
    const { page, more } = listConversations(call);
    return listed(page, more);
  }),
  write('POST', '/website/:website/conversation', INITIATE, (call) =>
    added({ session_id: act.openConversation(call.world, call.website).session_id }),
  ),
  write('POST', `${one}/initiate`, INITIATE, (call) => {
    call.world.tell('session:request:initiated', call.conversation);
    return added({});
  }),
  read(one, SESSIONS, (call) => resolved(conversationView(call.conversation, call.asOf))),
  write('DELETE', one, SESSIONS, (call) => {
    act.removeConversation(call.world, call.conversation);
    return deleted();
  }),

  write('PATCH', `${one}/compose`, MESSAGES, (call) => {
    const { conversation } = call;
    const { from, type, excerpt, automated } = call.body(bodies.ComposeSchema);
    const timestamp = call.world.now();
    compose(call.world, conversation, from, {
      type,
      timestamp,
      ...(excerpt ? { excerpt } : {}),
      ...(automated === undefined ? {} : { automated }),
    });
    return updated();
  }),
  write('PATCH', `${one}/read`, MESSAGES, (call) => {
    markRead(call.world, call.conversation, call.body(bodies.MarkSchema));
    return dispatched();
  }),
  write('PATCH', `${one}/delivered`, MESSAGES, (call) => {
    markDelivered(call.world, call.conversation, call.body(bodies.MarkSchema));
    return dispatched();
  }),
  write('PATCH', `${one}/unread`, MESSAGES, (call) => {
    markUnread(call.world, call.conversation, call.body(bodies.UnreadSchema).from);
    return dispatched();
  }),

  write('PATCH', `${one}/open`, ACTIONS, (call) => {
    act.setOpened(call.world, call.conversation, call.body(bodies.OpenSchema).opened);
    return updated();
  }),
  read(`${one}/state`, STATES, (call) => resolved({ state: act.fieldsAsOf(call.conversation, call.asOf).state })),
  write('PATCH', `${one}/state`, STATES, (call) => {
    act.setState(call.world, call.conversation, call.body(bodies.StateSchema).state);
    return updated();
  }),
  read(`${one}/meta`, SESSIONS, (call) => resolved(act.fieldsAsOf(call.conversation, call.asOf).meta)),
  write('PATCH', `${one}/meta`, SESSIONS, (call) => {
    const { conversation } = call;
    act.updateMeta(call.world, conversation, given(call.body(bodies.MetaSchema)));
    return updated();
  }),
  read(`${one}/routing`, ROUTING, (call) => {
    const userId = act.fieldsAsOf(call.conversation, call.asOf).assigned;
    return resolved({ assigned: userId ? { user_id: userId } : null });
  }),
  write('PATCH', `${one}/routing`, ROUTING, (call) => {
    const { conversation, website } = call;
    const userId = call.body(bodies.RoutingSchema).assigned?.user_id ?? null;
    if (userId && !website.operators.some((operator) => operator.user_id === userId))
      throw invalidData('data.assigned.user_id: not an operator');
    act.assign(call.world, conversation, userId);
    return updated();
  }),
  write('PATCH', `${one}/inbox`, SESSIONS, (call) => {
    act.setInbox(call.world, call.conversation, call.body(bodies.InboxSchema).inbox_id);
    return updated();
  }),
  read(`${one}/participants`, PARTICIPANTS, (call) =>
    resolved({ participants: act.fieldsAsOf(call.conversation, call.asOf).participants }),
  ),
  write('PUT', `${one}/participants`, PARTICIPANTS, (call) => {
    act.setParticipants(call.world, call.conversation, call.body(bodies.ParticipantsSchema).participants);
    return updated();
  }),
  read(`${one}/block`, ACTIONS, (call) => resolved({ blocked: act.fieldsAsOf(call.conversation, call.asOf).is_blocked })),
  write('PATCH', `${one}/block`, ACTIONS, (call) => {
    act.block(call.world, call.conversation, call.body(bodies.BlockSchema).blocked);
    return updated();
  }),
  read(`${one}/verify`, ACTIONS, (call) =>
    resolved({ is_verified: act.fieldsAsOf(call.conversation, call.asOf).is_verified, verifications: [] }),
  ),
  write('PATCH', `${one}/verify`, ACTIONS, (call) => {
    act.verify(call.world, call.conversation, call.body(bodies.VerifySchema).verified);
    return updated();
  }),
  empty('pages'),
  empty('events'),
  empty('files'),
  read(`${one}/original/:original`, SESSIONS, (call) => {
    throw call.conversation && notFound('message');
  }),
  read(`${one}/relations`, SESSIONS, (call) => listed(call.conversation && [], false)),
  ...['transcript', 'reminder', 'feedback', 'report', 'purge', 'tool'].map(taken),
];

/** Without the fields that were not sent. */
function given<T extends object>(body: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never;
}
