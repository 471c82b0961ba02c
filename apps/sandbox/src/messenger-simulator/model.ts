/** What the simulated Messenger keeps, with the field names of Meta's wire where it has one. All times are milliseconds since 1970. */

/** The app behind a page's own inbox: who answers there speaks past every other app. */
export const PAGE_INBOX_APP = '263902037430900';

export const HOUR = 3_600_000;
/** How long a page may answer after a person's last act. */
export const WINDOW_MS = 24 * HOUR;
/** How long a human of the page may, with the tag `HUMAN_AGENT`. */
export const HUMAN_WINDOW_MS = 7 * 24 * HOUR;
/** The bubble ends by itself after this. */
export const TYPING_MS = 20_000;

export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly profile_picture_url?: string;
}

export interface Attachment {
  readonly type: string;
  readonly payload?: Record<string, unknown>;
  /** Name of the file, where there is one; Meta's hooks do not carry it. */
  readonly name?: string;
}

export interface QuickReply {
  readonly content_type: string;
  readonly title?: string;
  readonly payload?: string;
  readonly image_url?: string;
}

export interface StoredMessage {
  readonly mid: string;
  readonly from: 'person' | 'page';
  readonly kind: 'message' | 'postback';
  /** When it was said: what the hook carries as `timestamp`. */
  readonly at: number;
  /** When the simulator got it. */
  readonly stored_at: number;
  text?: string;
  readonly attachments?: readonly Attachment[];
  readonly quick_replies?: readonly QuickReply[];
  /** Of a tap or a postback. */
  readonly payload?: string;
  readonly reply_to?: string;
  /** The app that sent it; only of the page's messages. */
  readonly app_id?: string;
  readonly metadata?: string;
  readonly messaging_type?: string;
  readonly tag?: string;
  readonly notification_type?: string;
  readonly persona_id?: string;
  /** As it was when the message was sent. */
  readonly persona?: Persona;
  delivered_at?: number;
  seen_at?: number;
  reaction?: { reaction: string; emoji: string };
  /** How often it was edited. */
  num_edit?: number;
}

export interface Person {
  readonly page_id: string;
  readonly psid: string;
  first_name: string;
  last_name: string;
  profile_pic?: string;
  locale: string;
  readonly created_at: number;
  messages: StoredMessage[];
  /** When he last did what opens the window. */
  last_action_at?: number;
  /** He blocked the page: every send is refused. */
  blocked: boolean;
  /** Without a line he gets nothing; what was sent is told as delivered when he is back. */
  online: boolean;
  /** Reads at once what is delivered to him. */
  reads_at_once: boolean;
  /** What `GET /{psid}` answers: the profile, an empty object, or error 2018218. */
  profile: 'full' | 'empty' | 'refused';
  /** The app that has the thread; null: none, everybody may answer. */
  owner: string | null;
  /** What he does is stamped so much earlier than now: a hook that comes late, a window that is closed already. */
  acts_age_ms: number;
  typing?: { until: number; persona?: Persona };
  /** Where time was let pass, and how much (ms). */
  gaps: { at: number; ms: number }[];
  /** When the page last marked his words as seen. */
  page_saw_at?: number;
}

/** The kinds of hook; each is one field of a page's subscription. */
export type HookKind =
  'message' | 'postback' | 'echo' | 'delivery' | 'read' | 'reaction' | 'edit' | 'referral' | 'optin' | 'thread' | 'odd';

export const FIELD_OF: Record<Exclude<HookKind, 'odd'>, string> = {
  message: 'messages',
  postback: 'messaging_postbacks',
  echo: 'message_echoes',
  delivery: 'message_deliveries',
  read: 'message_reads',
  reaction: 'message_reactions',
  edit: 'message_edits',
  referral: 'messaging_referrals',
  optin: 'messaging_optins',
  thread: 'messaging_handovers',
};

/** One element of `messaging[]` or `standby[]`. */
export interface HookElement {
  readonly kind: HookKind;
  readonly page_id: string;
  readonly psid: string;
  readonly mid?: string;
  readonly standby: boolean;
  readonly body: Record<string, unknown>;
}
