/** What the simulated Crisp keeps, with the field names of its wire. All times are milliseconds since 1970. */

export type MessageType = 'text' | 'note' | 'file' | 'animation' | 'audio' | 'picker' | 'field' | 'carousel' | 'event';
/** `user` is the visitor's side, `operator` the support side (agents, bots, plugins). */
export type Side = 'user' | 'operator';
export type ConversationState = 'pending' | 'unresolved' | 'resolved';

export interface MessageUser {
  type?: string;
  user_id?: string;
  nickname?: string;
  avatar?: string;
}

/** A message as it is read. */
export interface MessageFields {
  type: MessageType;
  from: Side;
  origin: string;
  content: unknown;
  fingerprint: number;
  timestamp: number;
  user: MessageUser;
  preview: unknown[];
  mentions: string[];
  /** The channel where it was read, or empty. */
  read: string;
  delivered: string;
  stamped: true;
  edited?: boolean;
  translated?: boolean;
  automated?: boolean;
  stealth?: boolean;
  references?: unknown[];
  original?: unknown;
  properties?: Record<string, unknown>;
}

export interface StoredMessage {
  fields: MessageFields;
  storedAt: number;
  removedAt?: number;
  /** What it said before, and until when: for reads that lag behind. */
  earlier: { until: number; content: unknown }[];
}

export interface Meta {
  nickname: string;
  email: string;
  phone: string;
  address?: string;
  subject?: string;
  avatar: string;
  origin?: string;
  ip: string;
  segments: string[];
  data: Record<string, string | number | boolean>;
  device: Record<string, unknown>;
  timezone?: number;
}

/** What of a conversation changes as a whole and may be read late. */
export interface ConversationFields {
  state: ConversationState;
  meta: Meta;
  assigned: string | null;
  is_blocked: boolean;
  is_verified: boolean;
  inbox_id: string | null;
  participants: { type: string; target: string }[];
  opened: boolean;
  updated_at: number;
  waiting_since: number | null;
  unread: { operator: number; visitor: number };
  availability: 'online' | 'offline';
}

export interface Conversation {
  readonly website_id: string;
  readonly session_id: string;
  readonly people_id: string;
  readonly created_at: number;
  /** Whether a visitor opened it in Crisp's own chat box. */
  readonly opened_by: 'visitor' | 'api';
  fields: ConversationFields;
  messages: StoredMessage[];
  compose: { operator?: Compose; visitor?: Compose };
  earlier: { until: number; fields: ConversationFields }[];
}

export interface Compose {
  type: 'start' | 'stop';
  excerpt?: string;
  timestamp: number;
  user?: MessageUser;
  automated?: boolean;
}

export interface Profile {
  people_id: string;
  email?: string;
  person: Record<string, unknown>;
  company?: Record<string, unknown>;
  segments: string[];
  notepad?: string;
  data: Record<string, unknown>;
  created_at: number;
  updated_at: number;
}

/** Something happened that hooks tell about. */
export interface SimulatedEvent {
  readonly event: string;
  readonly website_id: string;
  readonly session_id: string | undefined;
  readonly data: Record<string, unknown>;
  /** When it happened, by this Crisp's clock. */
  readonly timestamp: number;
}
