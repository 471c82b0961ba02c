import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import * as conversations from '../acts/conversations.js';
import * as messages from '../acts/messages.js';
import type { Conversation, MessageUser, StoredMessage } from '../model.js';
import { invalidData, notFound } from '../rest/answer.js';
import type { World } from '../world.js';
import * as bodies from './control-bodies.js';
import { messageView, transcriptView } from './control-views.js';

const defined = ({ user_id, nickname }: { user_id?: string | undefined; nickname?: string | undefined }): MessageUser => ({
  ...(user_id === undefined ? {} : { user_id }),
  ...(nickname === undefined ? {} : { nickname }),
});

/** What people do in Crisp: the agent in the inbox, the visitor in Crisp's own chat box. */
export function registerHumanActs(
  server: FastifyInstance,
  world: World,
  parse: <S extends z.ZodType>(schema: S, body: unknown) => z.output<S>,
): void {
  const at = '/control/conversations/:session';

  const conversationOf = (params: unknown): Conversation => {
    const found = world.session((params as { session: string }).session);
    if (!found) throw notFound('conversation');
    return found;
  };
  const messageOf = (conversation: Conversation, fingerprint: number): StoredMessage => {
    const found = messages.findMessage(conversation, fingerprint);
    if (!found) throw notFound('message');
    return found;
  };
  const agentOf = (conversation: Conversation, operatorId: string | undefined): MessageUser => {
    const { operators } = world.websites.get(conversation.website_id)!;
    const operator = operatorId ? operators.find((one) => one.user_id === operatorId) : operators[0];
    if (!operator) throw invalidData('operator_id: no such agent');
    const nickname = [operator.first_name, operator.last_name].filter(Boolean).join(' ');
    return { user_id: operator.user_id, nickname, ...(operator.avatar ? { avatar: operator.avatar } : {}) };
  };
  /** An act on one conversation; answers 201 with what it made, or 200 with nothing. */
  const act = (
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    perform: (conversation: Conversation, body: unknown, params: Record<string, string>) => StoredMessage | void,
  ): void => {
    server.route({
      method,
      url: `${at}${path}`,
      handler: (request, reply) => {
        const made = perform(conversationOf(request.params), request.body ?? {}, request.params as Record<string, string>);
        return reply.code(made ? 201 : 200).send(made ? messageView(made) : {});
      },
    });
  };

  server.post('/control/conversations', (request, reply) => {
    const { website_id, nickname, email, text } = parse(bodies.OpenConversationSchema, request.body);
    const website = world.websites.get(website_id);
    if (!website) throw notFound('website');
    const conversation = conversations.openConversation(world, website, 'visitor');
    conversations.updateMeta(world, conversation, { ...(nickname ? { nickname } : {}), ...(email ? { email } : {}) });
    if (text) messages.postMessage(world, conversation, { type: 'text', from: 'user', origin: 'chat', content: text });
    return reply.code(201).send(transcriptView(conversation));
  });

  act('POST', '/visitor-message', (conversation, body) => {
    const { text, nickname } = parse(bodies.VisitorMessageSchema, body);
    const user = nickname ? { nickname } : undefined;
    return messages.postMessage(world, conversation, { type: 'text', from: 'user', origin: 'chat', content: text, user });
  });
  act('POST', '/email-answer', (conversation, body) => {
    const { text } = parse(bodies.VisitorMessageSchema, body);
    return messages.postMessage(world, conversation, { type: 'text', from: 'user', origin: 'email', content: text });
  });
  act('POST', '/agent-message', (conversation, body) => {
    const { text, operator_id, automated, origin } = parse(bodies.AgentMessageSchema, body);
    const user = agentOf(conversation, operator_id);
    return messages.postMessage(world, conversation, {
      type: 'text',
      from: 'operator',
      origin: origin ?? 'chat',
      content: text,
      user,
      automated,
    });
  });
  act('POST', '/note', (conversation, body) => {
    const { text, operator_id, automated, origin, as } = parse(bodies.NoteSchema, body);
    return messages.postMessage(world, conversation, {
      type: 'note',
      from: 'operator',
      origin: origin ?? 'chat',
      content: text,
      user: as ? defined(as) : agentOf(conversation, operator_id),
      automated,
    });
  });
  act('POST', '/segments', (conversation, body) => conversations.updateMeta(world, conversation, parse(bodies.SegmentsSchema, body)));
  act('POST', '/file', (conversation, body) => {
    const { from, operator_id, ...content } = parse(bodies.FileSchema, body);
    const user = from === 'operator' ? agentOf(conversation, operator_id) : undefined;
    return messages.postMessage(world, conversation, { type: 'file', from, origin: 'chat', content, user });
  });
  act('PATCH', '/messages/:fingerprint', (conversation, body, params) => {
    const { text } = parse(bodies.EditSchema, body);
    messages.editMessage(world, conversation, messageOf(conversation, Number(params['fingerprint'])), text);
  });
  act('DELETE', '/messages/:fingerprint', (conversation, _body, params) => {
    messages.removeMessage(world, conversation, messageOf(conversation, Number(params['fingerprint'])));
  });
  act('POST', '/picker-answer', (conversation, body) => {
    const { fingerprint, value } = parse(bodies.PickerAnswerSchema, body);
    const message = messageOf(conversation, fingerprint);
    if (message.fields.type !== 'picker') throw invalidData('fingerprint: not a picker');
    const content = message.fields.content as { choices: { value: string; selected: boolean }[] };
    const choices = content.choices.map((choice) => ({ ...choice, selected: choice.value === value }));
    messages.editMessage(world, conversation, message, { ...content, choices });
  });
  act('POST', '/typing', (conversation, body) => {
    const { from, type, excerpt, operator_id } = parse(bodies.TypingSchema, body);
    const user = from === 'operator' ? { user: agentOf(conversation, operator_id) } : {};
    messages.compose(world, conversation, from, { type, timestamp: world.now(), ...(excerpt ? { excerpt } : {}), ...user });
  });
  act('POST', '/read', (conversation, body) => {
    messages.markRead(world, conversation, { from: parse(bodies.ReadSchema, body).from, origin: 'chat' });
  });
  act('POST', '/state', (conversation, body) => conversations.setState(world, conversation, parse(bodies.StateSchema, body).state));
  act('POST', '/resolve', (conversation) => conversations.setState(world, conversation, 'resolved'));
  act('POST', '/reopen', (conversation) => conversations.setState(world, conversation, 'unresolved'));
  act('POST', '/rating', (conversation, body) => conversations.rate(world, conversation, parse(bodies.RatingSchema, body)));
  act('POST', '/assign', (conversation, body) => conversations.assign(world, conversation, parse(bodies.AssignSchema, body).operator_id));
  act('POST', '/block', (conversation, body) => conversations.block(world, conversation, parse(bodies.BlockSchema, body).blocked));
  act('POST', '/open', (conversation) => conversations.setOpened(world, conversation, true, agentOf(conversation, undefined).user_id));
  act('DELETE', '', (conversation) => conversations.removeConversation(world, conversation));
}
