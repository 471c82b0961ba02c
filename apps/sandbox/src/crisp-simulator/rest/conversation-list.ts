import { fieldsAsOf } from '../acts/conversations.js';
import { messagesAsOf } from '../acts/messages.js';
import type { Conversation } from '../model.js';
import { invalidData, Refusal } from './answer.js';
import type { Call } from './route.js';
import { conversationView } from './views.js';

const LEAST_A_PAGE = 20;
const MOST_A_PAGE = 50;

/** The list of a workspace's conversations: newest change first, unless another order is asked for. */
export function listConversations(call: Call): { page: unknown[]; more: boolean } {
  const { query, asOf, website } = call;
  const perPage = perPageOf(query['per_page']);
  const order = orderOf(query);
  const matching = [...website.conversations.values()]
    .filter((conversation) => conversation.created_at <= asOf && matches(conversation, call))
    .sort((a, b) => order(b, asOf) - order(a, asOf));
  const from = (call.page - 1) * perPage;
  const page = matching.slice(from, from + perPage).map((conversation) => conversationView(conversation, asOf));
  return { page, more: matching.length > from + perPage };
}

function perPageOf(given: string | undefined): number {
  if (given === undefined) return LEAST_A_PAGE;
  const asked = Number(given);
  if (!Number.isInteger(asked) || asked < LEAST_A_PAGE || asked > MOST_A_PAGE) throw invalidData('per_page should be from 20 to 50');
  return asked;
}

function orderOf(query: Call['query']): (conversation: Conversation, asOf: number) => number {
  if (query['order_date_created'] === '1') return (conversation) => conversation.created_at;
  if (query['order_date_waiting'] === '1') return (conversation, asOf) => fieldsAsOf(conversation, asOf).waiting_since ?? 0;
  return (conversation, asOf) => fieldsAsOf(conversation, asOf).updated_at;
}

function matches(conversation: Conversation, { query, asOf }: Call): boolean {
  const fields = fieldsAsOf(conversation, asOf);
  const on = (name: string): boolean => query[name] === '1';
  if (!on('include_empty') && messagesAsOf(conversation, asOf).length === 0) return false;
  if (on('filter_unread') && fields.unread.operator === 0) return false;
  if (on('filter_resolved') && fields.state !== 'resolved') return false;
  if (on('filter_not_resolved') && fields.state === 'resolved') return false;
  if (on('filter_unassigned') && fields.assigned !== null) return false;
  if (on('filter_mention')) return false;
  if (query['filter_assigned'] && fields.assigned !== query['filter_assigned']) return false;
  if (query['filter_inbox_id'] && fields.inbox_id !== query['filter_inbox_id']) return false;
  if (query['filter_date_start'] && fields.updated_at < timeOf(query['filter_date_start'])) return false;
  if (query['filter_date_end'] && fields.updated_at > timeOf(query['filter_date_end'])) return false;
  return !query['search_query'] || found(conversation, query['search_query'], query['search_type'] ?? 'text', asOf);
}

function timeOf(given: string): number {
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw invalidData('dates should be ISO 8601');
  return time;
}

function found(conversation: Conversation, search: string, type: string, asOf: number): boolean {
  if (search.length > 256) throw new Refusal(400, 'search_query_too_long');
  const wanted = search.toLowerCase();
  const { meta } = fieldsAsOf(conversation, asOf);
  if (type === 'segment') return meta.segments.some((segment) => segment.toLowerCase() === wanted);
  const texts = messagesAsOf(conversation, asOf).map((message) => (typeof message.content === 'string' ? message.content : ''));
  return [meta.nickname, meta.email, meta.phone, ...texts].some((text) => text.toLowerCase().includes(wanted));
}
