import type { Channel, Floor, MessageBody, UserData } from '@baton/contracts';

/** What the judge knows of a conversation and may change: the whole of it is one row, locked while a fact is judged. */
export interface Conversation {
  readonly id: string;
  readonly botId: string;
  readonly channel: Channel;
  readonly address: string;
  readonly floor: Floor;
  /** Rises with each change of the floor. */
  readonly epoch: number;
  /** The last turn given to the bot. */
  readonly turn: number;
  /** Turns of this epoch that the bot has not answered, oldest first, at most {@link MAX_OPEN_TURNS}. */
  readonly openTurns: readonly number[];
  /** The last `deliverySequence` given. */
  readonly deliverySequence: number;
  /** The last position given in the transcript. */
  readonly linePosition: number;
  /** The last fingerprint chosen for a message of ours in Crisp. */
  readonly lastFingerprint: number;
  /** The bot is silent without a handover, at most until then (ms). */
  readonly mutedUntil: number | null;
  /** It is because somebody answered past us: the place of his first line in the transcript. Then the bot cannot end it. */
  readonly elsewhereSince: number | null;
  /** The bot may go on speaking until an agent writes (`need_help` with `muted: false`). */
  readonly botStays: boolean;
  /** The visitor's words that nobody has heard yet: they become one turn if the bot gets the floor, oldest first. */
  readonly held: readonly HeldWord[];
  /** The open episode; null exactly when the floor is with the bot. */
  readonly handover: Handover | null;
  readonly lastHandover: EndedHandover | null;
  /** How many episodes there were. */
  readonly handoverCount: number;
  /** What is to happen by itself, and when. */
  readonly timers: readonly Timer[];
  readonly userData: UserData;
  readonly locale: string | null;
  /** The visitor has a chat open. */
  readonly present: boolean;
  /** The episode whose agents know that the channel has to be connected again. */
  readonly toldOfDeadChannel: string | null;
}

export const MAX_OPEN_TURNS = 50;
export const MAX_HELD = 50;
export const MAX_NOTES = 20;

export interface HeldWord {
  readonly messageId: string;
  readonly at: number;
  readonly text: string;
  readonly payload?: string | undefined;
  /** It is a file; then the text names it and where it is. */
  readonly file?: VisitorFile | undefined;
  readonly replyTo?: ReplyTo | undefined;
  /** The link or ad by which he came. */
  readonly cameBy?: string | undefined;
}

/** The message that a word answers: how it begins, in one line. */
export interface ReplyTo {
  readonly messageId?: string | undefined;
  readonly excerpt: string;
}

export interface VisitorFile {
  readonly name: string;
  readonly url: string;
  readonly contentType: string;
}

/** One episode with a human, from the request to its end. All times in ms. */
export interface Handover {
  readonly id: string;
  readonly number: number;
  readonly category: string | null;
  readonly reason: string | null;
  readonly requestedBy: 'bot' | 'api' | 'agent';
  readonly requestedAt: number;
  /** While the floor is `escalating`: availability is asked, or the conversation is being opened in Crisp. */
  readonly step: 'asking' | 'opening' | 'done';
  readonly websiteId: string;
  readonly sessionId: string | null;
  readonly acceptedAt: number | null;
  /** Somebody opened, took or answered it in the inbox. */
  readonly takenAt: number | null;
  readonly connectedAt: number | null;
  readonly agent: { readonly name: string; readonly avatar?: string | undefined } | null;
  /** Crisp's time of the last state applied in this session; an older one moves nothing. */
  readonly stateClock: number;
  /** What the agents are to be told once the conversation is in their inbox, at most {@link MAX_NOTES}. */
  readonly notes?: readonly string[] | undefined;
  /** So many notes the bot had for them, at most {@link MAX_NOTES}. */
  readonly botNotes?: number | undefined;
}

export interface EndedHandover {
  readonly id: string;
  readonly number: number;
  readonly websiteId: string;
  readonly sessionId: string | null;
  /** Crisp's time where Crisp ended it, else ours. */
  readonly endedAt: number;
  readonly stateClock: number;
}

export type TimerKind =
  | 'escalation-deadline'
  | 'no-accept-warning'
  | 'no-accept'
  | 'no-first-answer-warning'
  | 'no-first-answer'
  | 'silence-warning'
  | 'silence'
  | 'mute-expired';

export interface Timer {
  readonly kind: TimerKind;
  readonly dueAt: number;
}

/** A conversation as it is before its first fact. */
export function freshConversation(of: Pick<Conversation, 'id' | 'botId' | 'channel' | 'address'>): Conversation {
  return {
    ...of,
    floor: 'bot',
    epoch: 0,
    turn: 0,
    openTurns: [],
    deliverySequence: 0,
    linePosition: 0,
    lastFingerprint: 0,
    mutedUntil: null,
    elsewhereSince: null,
    botStays: false,
    held: [],
    handover: null,
    lastHandover: null,
    handoverCount: 0,
    timers: [],
    userData: {},
    locale: null,
    present: false,
    toldOfDeadChannel: null,
  };
}

interface VisitorWords extends Pick<HeldWord, 'messageId' | 'at' | 'replyTo' | 'cameBy'> {
  readonly body: MessageBody;
}

/** What the visitor wrote, as others are given it. */
export function wordOf({ messageId, at, body, replyTo, cameBy }: VisitorWords): HeldWord {
  const said = { ...(replyTo ? { replyTo } : {}), ...(cameBy === undefined ? {} : { cameBy }) };
  const of = { messageId, at, text: textOf(body), ...said };
  if (body.type === 'text') return body.payload === undefined ? of : { ...of, payload: body.payload };
  const { name, url, contentType } = body;
  return { ...of, file: { name, url, contentType } };
}

/** The text of a message, for those who only read. */
export function textOf(body: MessageBody): string {
  return body.type === 'text' ? body.text : `${body.name} ${body.url}`;
}
