import { safeParse } from '@baton/contracts';
import type { Crisp } from 'crisp-api';
import { z } from 'zod';
import { CrispError } from '../crisp-error.js';
import { fingerprintSegment, personSegment, sessionSegment, websiteSegment } from '../ids.js';
import {
  AvailabilitySchema,
  BlockSchema,
  CrispConversationSchema,
  CrispMetaSchema,
  CrispMessageSchema,
  OperatorAvailabilitySchema,
  OperatorSchema,
  PersonSchema,
  RoutingSchema,
  SentSchema,
  SessionSchema,
  StateSchema,
  WebsiteSchema,
  type CrispConversation,
  type CrispMessage,
  type CrispMeta,
  type CrispPerson,
  type CrispState,
  type CrispWebsite,
} from '../wire.js';
import { mergedMeta, needsBefore, plainSegment, type CrispMetaChange } from './merge-meta.js';
import { messagesSince } from './messages-since.js';
import { RepairedCrisp } from './repaired-crisp.js';
import type {
  Availability,
  CallOptions,
  ConversationFilter,
  CrispClientOptions,
  CrispOperator,
  OutgoingCrispMessage,
  SessionAddress,
  StateChange,
} from './requests.js';

const DEFAULT_API = 'https://api.crisp.chat';
const DEFAULT_TIMEOUT_MS = 5_000;
/** The most that Crisp gives per page of a list. */
const PER_PAGE = 50;

type Website = Crisp['website'];
interface Answer<T> {
  readonly value: T;
  readonly more: boolean;
}

/**
 * Crisp's REST API as Baton uses it. Every method rejects with a `CrispError` and nothing else; none tries again by itself.
 * Ids are checked before they become part of a path, answers before they are believed.
 */
export class CrispClient {
  private readonly crisp: RepairedCrisp;
  private readonly timeoutMs: number;

  constructor(options: CrispClientOptions) {
    this.crisp = new RepairedCrisp(options.onAnswer);
    this.crisp.setRestHost((options.apiUrl ?? DEFAULT_API).replace(/\/+$/, ''));
    this.crisp.authenticateTier(options.tier, options.tokenId, options.tokenKey);
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** The workspace itself: what it is called, and whether this token reaches it. */
  async getWebsite(websiteId: string, o: CallOptions = {}): Promise<CrispWebsite> {
    const website = websiteSegment(websiteId);
    return (await this.ask(WebsiteSchema, o, (api) => api.getWebsite(website))).value;
  }

  /** Whether anyone is there. */
  async availability(websiteId: string, o: CallOptions = {}): Promise<Availability> {
    const website = websiteSegment(websiteId);
    const { value: status } = await this.ask(AvailabilitySchema, o, (api) => api.getWebsiteAvailabilityStatus(website));
    return { online: status.status === 'online', ...(status.since ? { since: status.since } : {}) };
  }

  /** The ids of the operators who are online; whoever cannot be read, or is something else than `online`, is not. */
  async onlineOperators(websiteId: string, o: CallOptions = {}): Promise<string[]> {
    const website = websiteSegment(websiteId);
    const { value } = await this.ask(listOf(z.unknown()), o, (api) => api.listWebsiteOperatorAvailabilities(website));
    return readable(OperatorAvailabilitySchema, value).flatMap(({ type, user_id }) => (type === 'online' ? [user_id] : []));
  }

  /** The workspace's people, invitations left out. */
  async getOperators(websiteId: string, o: CallOptions = {}): Promise<CrispOperator[]> {
    const website = websiteSegment(websiteId);
    const { value } = await this.ask(listOf(OperatorSchema), o, (api) => api.listWebsiteOperators(website));
    return value.flatMap(({ type, details }) => {
      if (type !== 'operator' || !details.user_id) return [];
      const name = [details.first_name, details.last_name].filter(Boolean).join(' ');
      return {
        userId: details.user_id,
        name,
        ...(details.email ? { email: details.email } : {}),
        ...(details.avatar ? { avatar: details.avatar } : {}),
        online: details.availability === 'online',
      };
    });
  }

  /** Crisp chooses the id, so a call whose answer was lost leaves an empty conversation behind. */
  async createConversation(websiteId: string, o: CallOptions = {}): Promise<{ sessionId: string }> {
    const website = websiteSegment(websiteId);
    const { value } = await this.ask(SessionSchema, o, (api) => api.createNewConversation(website), 'write');
    return { sessionId: value.session_id };
  }

  async getConversation(at: SessionAddress, o: CallOptions = {}): Promise<CrispConversation> {
    return (await this.askOf(at, CrispConversationSchema, o, (api, website, session) => api.getConversation(website, session))).value;
  }

  async removeConversation(at: SessionAddress, o: CallOptions = {}): Promise<void> {
    await this.tell(at, o, (api, website, session) => api.removeConversation(website, session));
  }

  async getMeta(at: SessionAddress, o: CallOptions = {}): Promise<CrispMeta> {
    return (await this.askOf(at, CrispMetaSchema, o, (api, website, session) => api.getConversationMetas(website, session))).value;
  }

  /** Changes what is named; segments and data are read first and added to, which is a second call. Safe to repeat. */
  async updateMeta(at: SessionAddress, change: CrispMetaChange, o: CallOptions = {}): Promise<void> {
    const before = needsBefore(change) ? await this.getMeta(at, o) : { segments: [], data: {} };
    const meta = mergedMeta(before, change);
    await this.tell(at, o, (api, website, session) => api.updateConversationMetas(website, session, meta as never));
  }

  /** Takes segments off, whatever their case; the others stay. Costs a second call where there is one to take off. Safe to repeat. */
  async removeSegments(at: SessionAddress, segments: readonly string[], o: CallOptions = {}): Promise<void> {
    const before = (await this.getMeta(at, o)).segments;
    const off = new Set(segments.map(plainSegment));
    const kept = before.filter((segment) => !off.has(plainSegment(segment)));
    if (kept.length === before.length) return;
    await this.tell(at, o, (api, website, session) => api.updateConversationMetas(website, session, { segments: kept } as never));
  }

  /** Long texts are the caller's to split (`splitText`). The fingerprint in the answer is ours, unless Crisp chose another. */
  async sendMessage(at: SessionAddress, message: OutgoingCrispMessage, o: CallOptions = {}): Promise<{ fingerprint: number }> {
    fingerprintSegment(message.fingerprint);
    const { value } = await this.askOf(
      at,
      SentSchema,
      o,
      (api, website, session) => api.sendMessageInConversation(website, session, message as never),
      'write',
    );
    return { fingerprint: value.fingerprint ?? message.fingerprint };
  }

  /** A text or note of ours gets another wording. */
  async editMessage(at: SessionAddress, fingerprint: number, content: string, o: CallOptions = {}): Promise<void> {
    const segment = fingerprintSegment(fingerprint);
    await this.tell(at, o, (api, website, session) => api.updateMessageInConversation(website, session, segment, content as never));
  }

  async removeMessage(at: SessionAddress, fingerprint: number, o: CallOptions = {}): Promise<void> {
    const segment = fingerprintSegment(fingerprint);
    await this.tell(at, o, (api, website, session) => api.removeMessageInConversation(website, session, segment));
  }

  /**
   * One page of at most 20 messages in the order they were written: the newest, or those before or after a time (ms).
   * A message that cannot be read is left out and counted. Answers may be a second old.
   */
  async getMessages(
    at: SessionAddress,
    window: { before?: number; after?: number } = {},
    o: CallOptions = {},
  ): Promise<{ messages: CrispMessage[]; unreadable: number; more: boolean }> {
    const { value, more } = await this.askOf(at, listOf(z.unknown()), o, (api, website, session) =>
      api.getMessagesInConversation(website, session, window.before, window.after),
    );
    const messages = readable(CrispMessageSchema, value).sort((a, b) => a.timestamp - b.timestamp || a.fingerprint - b.fingerprint);
    return { messages, unreadable: value.length - messages.length, more };
  }

  /** All messages written at or after a time (ms), in order, over as many pages as it takes (at most 25, then `complete` is false). */
  getMessagesSince(
    at: SessionAddress,
    since: number,
    o: CallOptions = {},
  ): Promise<{ messages: CrispMessage[]; unreadable: number; complete: boolean }> {
    return messagesSince((window) => this.getMessages(at, window, o), since);
  }

  /** The conversations whose last change was at or after a time (ms), newest first, at most `maxPages` pages of 50 (default 10). */
  async listConversationsUpdatedSince(
    websiteId: string,
    since: number,
    filter: ConversationFilter & { maxPages?: number } = {},
    o: CallOptions = {},
  ): Promise<{ conversations: CrispConversation[]; complete: boolean }> {
    const conversations: CrispConversation[] = [];
    for (let page = 1; page <= (filter.maxPages ?? 10); page += 1) {
      const found = await this.listConversations(websiteId, page, filter, o);
      const recent = found.conversations.filter((conversation) => conversation.updated_at >= since);
      conversations.push(...recent);
      if (!found.more || recent.length < found.conversations.length) return { conversations, complete: true };
    }
    return { conversations, complete: false };
  }

  /** A page of conversations (from 1), the last changed first. */
  async listConversations(
    websiteId: string,
    page: number,
    filter: ConversationFilter = {},
    o: CallOptions = {},
  ): Promise<{ conversations: CrispConversation[]; more: boolean }> {
    const website = websiteSegment(websiteId);
    const query = {
      per_page: filter.perPage ?? PER_PAGE,
      order_date_updated: '1',
      ...(filter.notResolved ? { filter_not_resolved: '1' } : {}),
      ...(filter.resolved ? { filter_resolved: '1' } : {}),
      ...(filter.unread ? { filter_unread: '1' } : {}),
      ...(filter.unassigned ? { filter_unassigned: '1' } : {}),
      ...(filter.assignedTo === undefined ? {} : { filter_assigned: filter.assignedTo }),
    };
    const { value, more } = await this.ask(listOf(z.unknown()), o, (api) =>
      api.listConversations(website, fingerprintSegment(page), query as never),
    );
    return { conversations: readable(CrispConversationSchema, value), more };
  }

  async getState(at: SessionAddress, o: CallOptions = {}): Promise<CrispState> {
    return (await this.askOf(at, StateSchema, o, (api, website, session) => api.getConversationState(website, session))).value.state;
  }

  async setState(at: SessionAddress, change: StateChange, o: CallOptions = {}): Promise<void> {
    await this.tell(at, o, (api, website, session) =>
      api.changeConversationState(website, session, change.state, undefined as never, change.origin as never),
    );
  }

  /** The operator a conversation is assigned to. */
  async getRouting(at: SessionAddress, o: CallOptions = {}): Promise<string | null> {
    const { value } = await this.askOf(at, RoutingSchema, o, (api, website, session) => api.getConversationRoutingAssign(website, session));
    return value.assigned?.user_id ?? null;
  }

  async setRouting(at: SessionAddress, operatorId: string | null, o: CallOptions = {}): Promise<void> {
    const assigned = operatorId === null ? null : { user_id: operatorId };
    await this.tell(at, o, (api, website, session) => api.assignConversationRouting(website, session, { assigned } as never));
  }

  /** Puts a conversation into one of the workspace's inboxes, by its id; null is the one for everybody. */
  async setInbox(at: SessionAddress, inboxId: string | null, o: CallOptions = {}): Promise<void> {
    await this.tell(at, o, (api, website, session) => api.updateConversationInbox(website, session, inboxId as never));
  }

  async isBlocked(at: SessionAddress, o: CallOptions = {}): Promise<boolean> {
    return (await this.askOf(at, BlockSchema, o, (api, website, session) => api.getBlockStatusForConversation(website, session))).value
      .blocked;
  }

  /** The messages of one side were read by the other; `writtenBy: 'operator'` when the visitor saw an agent's. Without fingerprints: all. */
  async markRead(at: SessionAddress, marks: Marks, o: CallOptions = {}): Promise<void> {
    await this.tell(at, o, (api, website, session) => api.markMessagesReadInConversation(website, session, bodyOf(marks) as never));
  }

  /** As `markRead`, for having reached the other side's device. */
  async markDelivered(at: SessionAddress, marks: Marks, o: CallOptions = {}): Promise<void> {
    await this.tell(at, o, (api, website, session) => api.markMessagesDeliveredInConversation(website, session, bodyOf(marks) as never));
  }

  /** Shows for about 6 s that somebody writes: renew it, and always end it with `stop`. */
  async compose(
    at: SessionAddress,
    typing: { type: 'start' | 'stop'; from: 'user' | 'operator'; excerpt?: string; automated?: boolean },
    o: CallOptions = {},
  ): Promise<void> {
    await this.tell(at, o, (api, website, session) => api.composeMessageInConversation(website, session, typing as never));
  }

  /** A contact by id or e-mail address; undefined when there is none. */
  async findPerson(websiteId: string, idOrEmail: string, o: CallOptions = {}): Promise<CrispPerson | undefined> {
    const website = websiteSegment(websiteId);
    const person = personSegment(idOrEmail);
    try {
      return (await this.ask(PersonSchema, o, (api) => api.getPeopleProfile(website, person))).value;
    } catch (error) {
      if (error instanceof CrispError && error.code === 'crisp.not-found') return undefined;
      throw error;
    }
  }

  private async tell(at: SessionAddress, o: CallOptions, run: OfSession): Promise<void> {
    await this.askOf(at, z.unknown(), o, run, 'write');
  }

  private askOf<Schema extends z.ZodType>(
    at: SessionAddress,
    schema: Schema,
    o: CallOptions,
    run: OfSession,
    does: 'read' | 'write' = 'read',
  ): Promise<Answer<z.output<Schema>>> {
    const website = websiteSegment(at.websiteId);
    const session = sessionSegment(at.sessionId);
    return this.ask(schema, o, (api) => run(api, website, session), does);
  }

  private async ask<Schema extends z.ZodType>(
    schema: Schema,
    o: CallOptions,
    run: (api: Website) => Promise<unknown>,
    does: 'read' | 'write' = 'read',
  ): Promise<Answer<z.output<Schema>>> {
    const { data, more } = await this.crisp.call((crisp) => run(crisp.website), {
      timeoutMs: o.timeoutMs ?? this.timeoutMs,
      signal: o.signal,
    });
    const result = safeParse(schema, data);
    if (result.success) return { value: result.data, more };
    const field = result.error.issues[0]?.path.join('.') || 'data';
    throw new CrispError({ code: 'crisp.server-error', detail: `${field} is not as documented`, mayHaveHappened: does === 'write' });
  }
}

type OfSession = (api: Website, website: string, session: string) => Promise<unknown>;

/** Which messages were read or delivered. */
export interface Marks {
  readonly writtenBy: 'user' | 'operator';
  /** `OUR_ORIGIN(service)`, or the channel where it happened. */
  readonly origin: string;
  readonly fingerprints?: readonly number[];
}

function bodyOf(marks: Marks): object {
  return { from: marks.writtenBy, origin: marks.origin, ...(marks.fingerprints === undefined ? {} : { fingerprints: marks.fingerprints }) };
}

/** An empty list may come without any data, which reads as `{}`. */
function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((data) => (Array.isArray(data) || Object.keys(Object(data)).length > 0 ? data : []), z.array(schema));
}

function readable<Schema extends z.ZodType>(schema: Schema, items: readonly unknown[]): z.output<Schema>[] {
  return items.flatMap((item) => {
    const result = safeParse(schema, item);
    return result.success ? [result.data] : [];
  });
}
