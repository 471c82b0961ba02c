import * as pageActs from '../acts/page-acts.js';
import { isStandby } from '../acts/person-acts.js';
import type { Attachment, Person, QuickReply } from '../model.js';
import { faultOfBody, faultOfReach, isFields } from './check-send.js';
import { fetchMedia } from './fetch-media.js';
import { attachmentTrouble, badParameter, rateLimited, unknownPerson } from './graph-error.js';
import type { Call, Route } from './route.js';

const MEDIA = new Set(['image', 'audio', 'video', 'file']);

export const sendRoutes: Route[] = [
  {
    method: 'POST',
    path: '/messages',
    ofPage: true,
    handle: async (call) => {
      const { world, page, body } = call;
      const fault = faultOfBody(body, page.setup.messaging_type_required);
      if (fault) throw fault;
      const person = recipientOf(call);
      if (typeof body['sender_action'] === 'string') return perform(call, person, body['sender_action']);
      const appId = page.setup.app_id;
      const reach = faultOfReach(body['tag'], {
        blocked: person.blocked,
        isStandby: isStandby(world, person),
        lastActionAt: person.last_action_at,
        now: world.now(),
        humanAgent: page.setup.human_agent,
      });
      if (reach) throw reach;
      takeFromAllowance(call);
      const persona = personaOf(call);
      const replyTo = isFields(body['reply_to']) ? body['reply_to']['mid'] : undefined;
      if (replyTo !== undefined && !person.messages.some(({ mid }) => mid === replyTo))
        throw badParameter('reply_to must be a message of this thread');
      const message = body['message'] as Record<string, unknown>;
      const attachment =
        message['attachment'] === undefined ? undefined : await attachmentOf(call, message['attachment'] as Record<string, unknown>);
      const sent = pageActs.send(world, person, {
        app_id: appId,
        ...pick(message, ['text', 'metadata']),
        ...pick(body, ['messaging_type', 'tag', 'notification_type']),
        ...(attachment ? { attachments: [attachment] } : {}),
        ...(message['quick_replies'] ? { quick_replies: message['quick_replies'] as QuickReply[] } : {}),
        ...(persona ? { persona } : {}),
        ...(typeof replyTo === 'string' ? { reply_to: replyTo } : {}),
      });
      return { recipient_id: person.psid, message_id: sent.mid };
    },
  },
  {
    method: 'POST',
    path: '/message_attachments',
    ofPage: true,
    handle: async (call) => {
      const { world, page, body, file } = call;
      const attachment = isFields(body['message']) ? body['message']['attachment'] : undefined;
      if (!isFields(attachment) || !MEDIA.has(attachment['type'] as string)) throw badParameter('message.attachment needs a type of media');
      const type = attachment['type'] as string;
      const url = file
        ? world.cdn.put({ name: file.name, contentType: file.type, bytes: Buffer.from(await file.arrayBuffer()) })
        : await fetchMedia(world, type, isFields(attachment['payload']) ? attachment['payload']['url'] : undefined);
      const id = world.newId();
      page.attachments.set(id, { type, url });
      return { attachment_id: id };
    },
  },
];

function recipientOf({ page, body }: Call): Person {
  const { id } = body['recipient'] as { id?: unknown };
  const person = typeof id === 'string' || typeof id === 'number' ? page.people.get(String(id)) : undefined;
  if (!person) throw unknownPerson();
  return person;
}

function perform({ world, page, body }: Call, person: Person, action: string): unknown {
  const persona = page.personas.get(String(body['persona_id']));
  const { message_id, reaction } = (isFields(body['payload']) ? body['payload'] : {}) as { message_id?: unknown; reaction?: unknown };
  if (action === 'typing_on' || action === 'typing_off') pageActs.type(world, person, action === 'typing_on', persona);
  if (action === 'mark_seen') pageActs.markSeen(world, person);
  if (action === 'react' || action === 'unreact') {
    const message = person.messages.find(({ mid }) => mid === message_id);
    if (!message) throw badParameter('payload.message_id must be a message of this thread');
    if (message.from === 'page') throw badParameter("A page reacts to a person's messages only");
    if (action === 'react' && typeof reaction !== 'string') throw badParameter('payload.reaction is required');
    if (action === 'unreact') delete message.reaction;
    else message.reaction = { emoji: reaction as string, reaction: reaction as string };
    world.change({ what: 'reaction', page_id: person.page_id, psid: person.psid });
  }
  return { recipient_id: person.psid };
}

function takeFromAllowance({ world, page }: Call): void {
  const second = Math.floor(world.now() / 1_000);
  if (page.sends.second !== second) page.sends = { second, count: 0 };
  page.sends.count += 1;
  if (page.sends.count > world.faults.graph.sends_per_second) throw rateLimited();
}

function personaOf({ page, body }: Call): ReturnType<typeof page.personas.get> {
  if (body['persona_id'] === undefined) return undefined;
  const persona = page.personas.get(String(body['persona_id']));
  if (!persona) throw badParameter('persona_id must be a persona of this page');
  return persona;
}

async function attachmentOf({ world, page }: Call, { type, payload }: Record<string, unknown>): Promise<Attachment> {
  const kind = type as string;
  if (kind === 'template') return { type: kind, payload: isFields(payload) ? { ...payload } : {} };
  if (!isFields(payload)) throw attachmentTrouble(2018047);
  if (payload['attachment_id'] !== undefined) {
    const known = page.attachments.get(String(payload['attachment_id']));
    if (known?.type !== kind) throw attachmentTrouble(2018074);
    return { type: kind, payload: { url: known.url } };
  }
  const url = await fetchMedia(world, kind, payload['url']);
  return { type: kind, payload: { url }, name: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? kind) };
}

function pick<Name extends string>(from: Readonly<Record<string, unknown>>, names: readonly Name[]): Partial<Record<Name, string>> {
  const picked: Partial<Record<Name, string>> = {};
  for (const name of names) if (typeof from[name] === 'string') picked[name] = from[name];
  return picked;
}
