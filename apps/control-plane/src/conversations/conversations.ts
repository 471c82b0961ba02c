import type {
  AnswerOf,
  Conversation,
  getConversation,
  getHistoryLink,
  getTimeline,
  listConversations,
  MissingPart,
  Standing,
} from '@baton/control-api';
import type { DataSource } from 'typeorm';
import { ApiRefusal } from '../api/problem.js';
import type { CallOf } from '../api/call.js';
import type { Documents } from '../documents/documents.js';
import { AskServices, missingOf, withQuery } from './ask-services.js';
import type { Told } from './ask-services.js';
import { TellChanges } from './changes.js';
import type { Draft } from './entry.js';
import { merge } from './merge.js';
import type { Part } from './merge.js';
import type { NoteReading } from '../audit/note-reading.js';
import { mergePages, readPlace } from './page.js';
import { finished, versionsOf } from './settings-in-force.js';
import { listedConversation, listedSession, shownConversation, shownSession } from './shown.js';
import type { ToldConversation, ToldDelivery, ToldHead, ToldOfAssistant, ToldOfConversation, ToldPart, ToldSession } from './told.js';
import { entriesOfAssistant, entriesOfConversation, entriesOfDeliveries } from './to-entries.js';

type Caller = CallOf<typeof getConversation>['caller'];
interface Who {
  readonly workspaceId: string;
  readonly caller: Caller;
}

/** The assistant's words for who has a conversation of the inbox; null where it has none. */
const SESSION_STATE: Readonly<Record<Standing, string | null>> = {
  bot: 'open',
  waiting: 'waiting',
  agent: 'human',
  off: 'off',
  gone: 'removed',
  escalating: null,
};
const CRISP_API = 'https://api.crisp.chat';
const SESSION = /^session_/;

/** Conversations of a workspace, put together from what the services know. */
export class Conversations {
  private readonly ask: AskServices;
  private readonly changes = new TellChanges();

  constructor(
    private readonly parts: {
      readonly services: ConstructorParameters<typeof AskServices>[0];
      readonly documents: Pick<Documents, 'find'>;
      readonly dataSource: DataSource;
      readonly reading: NoteReading;
      readonly now?: () => number;
    },
  ) {
    this.ask = new AskServices(parts.services);
  }

  async list({ params, query, caller }: CallOf<typeof listConversations>): Promise<AnswerOf<typeof listConversations>> {
    const who = passOf({ workspaceId: params.workspaceId, caller });
    const { limit, before, bot, standing, channel, open, q } = query;
    const place = before === undefined ? undefined : readPlace(before);
    if (before !== undefined && !place) throw new ApiRefusal('invalid-request', 'query/before: is no place of this list.');
    const asked = { limit: limit + 1, bot, q: q || undefined, beforeAt: place?.at, beforeId: place?.id };
    const state = standing && SESSION_STATE[standing];
    const isOurs = channel !== 'crisp' && standing !== 'off' && standing !== 'gone';
    const isInboxes = (channel === undefined || channel === 'crisp') && open === undefined && state !== null;
    const [ours, inboxes] = await Promise.all([
      isOurs
        ? this.ask.ask<{ items: ToldConversation[] }>(
            'orchestrator',
            who,
            withQuery('/conversations', { ...asked, floor: standing, channel, open }),
          )
        : NONE,
      isInboxes ? this.ask.ask<{ items: ToldSession[] }>('ai', who, withQuery('/conversations', { ...asked, state })) : NONE,
    ]);
    const lists = [
      ours.is === 'told' ? ours.value.items.map(listedConversation) : [],
      inboxes.is === 'told' ? inboxes.value.items.map(listedSession) : [],
    ];
    return { ...mergePages(lists, limit), missing: missingOf(ours, inboxes) };
  }

  async one({ params, caller }: CallOf<typeof getConversation>): Promise<AnswerOf<typeof getConversation>> {
    const { workspaceId, conversationId } = params;
    const who = passOf({ workspaceId, caller });
    const of = encodeURIComponent(conversationId);
    const told = SESSION.test(conversationId)
      ? await this.ask.ask<ToldPart<ToldOfAssistant, ToldSession | null>>('ai', who, `/conversations/${of}/timeline?limit=1`)
      : await this.ask.ask<ToldHead>('orchestrator', who, `/conversations/${of}`);
    if (told.is === 'missing') throw away(told.missing);
    if (told.is === 'none') throw notFound();
    const shown = await this.shown('facts' in told.value ? { session: told.value.head } : { head: told.value }, workspaceId);
    await this.parts.reading.note(workspaceId, conversationId, caller.author);
    return shown;
  }

  async timeline({ params, query, caller }: CallOf<typeof getTimeline>): Promise<AnswerOf<typeof getTimeline>> {
    const { workspaceId, conversationId } = params;
    const who = passOf({ workspaceId, caller });
    const path = withQuery(`/conversations/${encodeURIComponent(conversationId)}/timeline`, { limit: query.limit, until: query.before });
    const isSession = SESSION.test(conversationId);
    const [ours, deliveries, assistant] = await Promise.all([
      isSession ? NONE : this.ask.ask<ToldPart<ToldOfConversation, ToldHead>>('orchestrator', who, path),
      isSession ? NONE : this.ask.ask<ToldPart<ToldDelivery, unknown>>('dispatcher', who, path),
      this.ask.ask<ToldPart<ToldOfAssistant, ToldSession | null>>('ai', who, path),
    ]);
    const conversation = await this.headOf({ isSession, ours, assistant }, workspaceId);
    const now = (this.parts.now ?? Date.now)();
    const { entries, from } = merge([
      partOf(ours, (facts) => entriesOfConversation(facts, now)),
      partOf(deliveries, entriesOfDeliveries),
      partOf(assistant, entriesOfAssistant),
    ]);
    const [versions] = await Promise.all([
      versionsOf(this.parts.dataSource, workspaceId, conversation.botId),
      this.parts.reading.note(workspaceId, conversationId, caller.author),
    ]);
    const shown = entries.map((draft) => finished(draft, versions));
    const rest = {
      conversation,
      older: from === null || from === query.before ? null : String(from),
      missing: missingOf(ours, deliveries, assistant),
    };
    if (query.before !== undefined) return { ...rest, entries: shown, gone: [], whole: false, cursor: null };
    const { entries: news, ...changes } = this.changes.since(query.after, conversationId, shown);
    return { ...rest, ...changes, entries: [...news], gone: [...changes.gone] };
  }

  async historyLink({ params, caller }: CallOf<typeof getHistoryLink>): Promise<AnswerOf<typeof getHistoryLink>> {
    const { workspaceId, conversationId } = params;
    const path = `/conversations/${encodeURIComponent(conversationId)}/history-link`;
    const told = await this.ask.ask<{ url: string | null }>('orchestrator', passOf({ workspaceId, caller }), path);
    if (told.is === 'missing') throw away(told.missing);
    if (told.is === 'none') throw notFound();
    await this.parts.reading.note(workspaceId, conversationId, caller.author, 'conversation.history-linked');
    return told.value;
  }

  private headOf(
    {
      isSession,
      ours,
      assistant,
    }: {
      readonly isSession: boolean;
      readonly ours: Told<ToldPart<ToldOfConversation, ToldHead>>;
      readonly assistant: Told<ToldPart<ToldOfAssistant, ToldSession | null>>;
    },
    workspaceId: string,
  ): Promise<Conversation> {
    const needed = isSession ? assistant : ours;
    if (needed.is === 'missing') throw away(needed.missing);
    if (needed.is === 'none') throw notFound();
    return this.shown(
      isSession ? { session: needed.value.head as ToldSession | null } : { head: needed.value.head as ToldHead },
      workspaceId,
    );
  }

  private async shown(
    told: { readonly head: ToldHead } | { readonly session: ToldSession | null },
    workspaceId: string,
  ): Promise<Conversation> {
    const of = 'head' in told ? told.head : told.session;
    if (!of) throw notFound();
    const document = await this.parts.documents.find('bot', of.botId);
    const apiUrl = document?.workspaceId === workspaceId ? document.body?.crisp?.apiUrl : undefined;
    const inboxUrl = (websiteId: string, sessionId: string): string =>
      apiUrl === undefined || apiUrl === CRISP_API
        ? `https://app.crisp.chat/website/${websiteId}/inbox/${sessionId}/`
        : `${new URL(apiUrl).origin}/#${sessionId}`;
    return 'head' in told ? shownConversation(told.head, inboxUrl) : shownSession(told.session!, inboxUrl);
  }
}

const NONE = { is: 'none' } as const;

function passOf({ workspaceId, caller }: Who): { workspaceId: string; by: string } {
  return { workspaceId, by: caller.author.id ?? caller.author.kind };
}

function partOf<Fact>(told: Told<ToldPart<Fact, unknown>>, toEntries: (facts: readonly Fact[]) => Draft[]): Part {
  return told.is === 'told' ? { entries: toEntries(told.value.facts), from: told.value.from } : { entries: [], from: null };
}

function notFound(): ApiRefusal {
  return new ApiRefusal('not-found', 'This workspace has no such conversation.');
}

function away({ words }: MissingPart): ApiRefusal {
  return new ApiRefusal('service-away', words, { retryAfter: 5 });
}
