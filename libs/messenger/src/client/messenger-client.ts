import { z } from 'zod';
import { personaName } from '../write/to-parts.js';
import type { MessengerPart } from '../write/part.js';
import { GraphCaller, notSent } from './graph-call.js';
import { MessengerError } from './messenger-error.js';
import type { CallOptions, MessengerClientOptions, MessengerProfile, Persona, SenderActionRequest, SendRequest, Sent } from './requests.js';

const DEFAULT_FILE_TIMEOUT_MS = 45_000;
const MAX_METADATA = 999;
const MAX_TEXT = 1_999;
const PERSONAS_PER_PAGE = 100;
/** Pages of a list that are asked for; a page has nowhere near so many personas. */
const MAX_LIST_PAGES = 20;

const Id = z.union([z.string().min(1), z.number()]).transform(String);
const text = z.string().optional().catch(undefined);
const SentSchema = z
  .looseObject({ recipient_id: Id.optional(), message_id: Id.optional() })
  .refine(({ recipient_id, message_id }) => recipient_id !== undefined || message_id !== undefined);
const CreatedSchema = z.looseObject({ id: Id });
/** Meta says that it did it in more than one way. */
const DoneSchema = z.looseObject({});
const PersonaSchema = z.looseObject({ id: Id, name: z.string().catch(''), profile_picture_url: text });
const PersonasSchema = z.looseObject({
  data: z.array(PersonaSchema),
  paging: z
    .looseObject({ cursors: z.looseObject({ after: text }).optional().catch(undefined), next: text })
    .optional()
    .catch(undefined),
});
const ProfileSchema = z.looseObject({
  name: text,
  first_name: text,
  last_name: text,
  profile_pic: text,
});

/**
 * The calls of Meta's Graph API that Baton needs, as one page. Every method rejects with a `MessengerError` and nothing else; none tries
 * again by itself. Ids are checked before they become part of a path, answers before they are believed.
 */
export class MessengerClient {
  private readonly graph: GraphCaller;
  private readonly fileTimeoutMs: number;

  constructor(options: MessengerClientOptions) {
    this.graph = new GraphCaller(options);
    this.fileTimeoutMs = options.fileTimeoutMs ?? DEFAULT_FILE_TIMEOUT_MS;
  }

  /** Sends one part. Meta knows no idempotency key: after a doubt, the echo with this metadata tells whether it happened. */
  async send(request: SendRequest, o: CallOptions = {}): Promise<Sent> {
    const { part, metadata } = request;
    const path = `/${segment(request.pageId)}/messages`;
    if (metadata.length > MAX_METADATA || ('text' in part && (part.text === '' || part.text.length > MAX_TEXT))) {
      throw notSent('messenger.too-long-or-empty', `POST ${path}`);
    }
    const body = {
      recipient: { id: request.recipientId },
      messaging_type: request.messagingType,
      ...(request.tag === undefined ? {} : { tag: request.tag }),
      ...(request.personaId === undefined ? {} : { persona_id: request.personaId }),
      ...(request.notificationType === undefined ? {} : { notification_type: request.notificationType }),
      message: { ...wireMessage(part), metadata },
    };
    const limits = 'attachment' in part ? { timeoutMs: this.fileTimeoutMs, ...o } : o;
    const { message_id: messageId } = await this.graph.call(SentSchema, { method: 'POST', path, body }, limits);
    return messageId === undefined ? {} : { messageId };
  }

  /** Shows that somebody writes (for at most 20 s) or has read. */
  async senderAction({ pageId, recipientId, action, personaId }: SenderActionRequest, o: CallOptions = {}): Promise<void> {
    const body = {
      recipient: { id: recipientId },
      sender_action: action,
      ...(personaId === undefined ? {} : { persona_id: personaId }),
    };
    await this.graph.call(DoneSchema, { method: 'POST', path: `/${segment(pageId)}/messages`, body }, o);
  }

  /** The name is cut to what Meta takes; the picture is fetched and kept by Meta. */
  async createPersona(
    { pageId, name, pictureUrl }: { readonly pageId: string; readonly name: string; readonly pictureUrl?: string },
    o: CallOptions = {},
  ): Promise<{ personaId: string }> {
    const body = { name: personaName(name), ...(pictureUrl === undefined ? {} : { profile_picture_url: pictureUrl }) };
    const created = await this.graph.call(CreatedSchema, { method: 'POST', path: `/${segment(pageId)}/personas`, body }, o);
    return { personaId: created.id };
  }

  async listPersonas(pageId: string, o: CallOptions = {}): Promise<Persona[]> {
    const path = `/${segment(pageId)}/personas`;
    const personas: Persona[] = [];
    let after: string | undefined;
    for (let page = 0; page < MAX_LIST_PAGES; page++) {
      const query = { limit: String(PERSONAS_PER_PAGE), ...(after === undefined ? {} : { after }) };
      const { data, paging } = await this.graph.call(PersonasSchema, { method: 'GET', path, query }, o);
      for (const { id, name, profile_picture_url: pictureUrl } of data) {
        personas.push({ personaId: id, name, ...(pictureUrl === undefined ? {} : { pictureUrl }) });
      }
      after = paging?.next === undefined ? undefined : paging.cursors?.after;
      if (after === undefined) break;
    }
    return personas;
  }

  /** Also when there is no such persona any more. */
  async deletePersona(personaId: string, o: CallOptions = {}): Promise<void> {
    try {
      await this.graph.call(DoneSchema, { method: 'DELETE', path: `/${segment(personaId)}` }, o);
    } catch (error) {
      if (!(error instanceof MessengerError && error.code === 'messenger.no-such-user')) throw error;
    }
  }

  /** What Meta tells of a person: nothing, when the app may not know or there is nothing to know. */
  async profile(userId: string, o: CallOptions = {}): Promise<MessengerProfile> {
    const query = { fields: 'name,first_name,last_name,profile_pic' };
    try {
      const said = await this.graph.call(ProfileSchema, { method: 'GET', path: `/${segment(userId)}`, query }, o);
      const { name, first_name: firstName, last_name: lastName, profile_pic: pictureUrl } = said;
      return {
        ...(name ? { name } : {}),
        ...(firstName ? { firstName } : {}),
        ...(lastName ? { lastName } : {}),
        ...(pictureUrl ? { pictureUrl } : {}),
      };
    } catch (error) {
      if (error instanceof MessengerError && error.code === 'messenger.no-profile') return {};
      throw error;
    }
  }
}

function wireMessage(part: MessengerPart): object {
  if ('attachment' in part) return { attachment: { type: part.attachment.type, payload: { url: part.attachment.url } } };
  const taps = part.quickReplies?.map(({ title, payload }) => ({ content_type: 'text', title, payload })) ?? [];
  return { text: part.text, ...(taps.length === 0 ? {} : { quick_replies: taps }) };
}

function segment(id: string): string {
  if (!/^\d{1,32}$/.test(id)) throw notSent('messenger.bad-id', 'not sent');
  return id;
}
