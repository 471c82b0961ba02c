import type { Cause, Channel, DeclineReason, Floor, MessageBody, UserData } from '@baton/contracts';

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
  /** The words of those turns, the last {@link MAX_UNANSWERED} of them: when another answers in the bot's place, they are his. */
  readonly unanswered: readonly UnansweredTurn[];
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
  /** What was promised to the visitor and has not ended, oldest first, at most one of a kind. */
  readonly promises: readonly OpenPromise[];
  /** The way to an answer by e-mail, from the first question to the agent's last word; null when there is none. */
  readonly followUp: FollowUp | null;
  /** The last handover that nobody was there for; an answer by e-mail takes its place while no other was asked for. */
  readonly declined: DeclinedHandover | null;
  /** The stretch that the visitor is being asked about; his next tap answers, his next word skips it. */
  readonly rating: AskedRating | null;
  /** The stretches that he was asked about, or rated unasked, oldest first, at most {@link MAX_RATED}. */
  readonly ratings: readonly RatedOnce[];
  /** The talk with the bot since it got the floor. */
  readonly botStretch: BotStretch;
  /** When the last handovers were asked for (ms), oldest first, at most {@link MAX_RECENT}. */
  readonly recentHandovers: readonly number[];
  /** When the bot was given its last turns (ms), oldest first, at most as many as it may have in a minute. */
  readonly recentTurns: readonly number[];
  /** The last handover that no human came to, and that the visitor was told so of; null when there was none. */
  readonly nobodyCame: NobodyCame | null;
  /** The segments of a session that act as commands; null until one was set. */
  readonly switches: Switches | null;
  /** What was said until then was erased, and never comes back (ms). */
  readonly erasedAt?: number | undefined;
  /** While everything automatic is off: when a human was last called for, and none came (ms). */
  readonly calledInVain?: number | undefined;
}

/** Which of the switches are on in a session, and when each acted last; times in ms by Crisp's clock. */
export interface Switches {
  readonly sessionId: string;
  /** When they last changed. */
  readonly at: number;
  readonly on: readonly SwitchName[];
  readonly actedAt: Readonly<Partial<Record<SwitchName, number>>>;
}

export type SwitchName = 'bot' | 'hold' | 'why';

export interface NobodyCame {
  /** ms */
  readonly at: number;
  /** What had asked for one; null when that is not known. */
  readonly by: Cause['by'] | null;
  /** The visitor wrote since. */
  readonly wrote: boolean;
}

/** A sentence of ours, or of the bot's, that the visitor may rely on. */
export interface OpenPromise {
  readonly id: string;
  /** `look`: somebody is looked for; `answer`: a human answers here; `mail`: a human answers by e-mail; `return`: the agent is back; `bot`: the bot's own. */
  readonly kind: 'look' | 'answer' | 'mail' | 'return' | 'bot';
  /** Null when it was made outside of a handover. */
  readonly handoverId: string | null;
  /** ms */
  readonly madeAt: number;
  /** It must have ended by then (ms). */
  readonly dueAt: number;
  /** An agent was told that its end is near. */
  readonly warned?: true | undefined;
}

export interface FollowUp {
  /** `address`: he is asked for it; `confirm`: he was shown it; `opening`: the conversation is being opened in Crisp; `open`: agents have it. */
  readonly step: 'address' | 'confirm' | 'opening' | 'open';
  /** The episode that nobody was there for. */
  readonly handoverId: string;
  readonly websiteId: string;
  readonly category: string | null;
  readonly email: string | null;
  readonly sessionId: string | null;
  /** So many times he was asked for an address. */
  readonly asked: number;
  /** An answer was promised until then (ms). */
  readonly answerUntil: number | null;
  /** ms */
  readonly beganAt: number;
}

/** A request for a human that ended because nobody could be promised, or that never had another aim than an answer by e-mail. */
export interface DeclinedHandover {
  readonly id: string;
  readonly number: number;
  readonly category: string | null;
  readonly reason: DeclineReason | null;
  /** The visitor has not said anything since: an answer by e-mail is offered along with each line of the bot. */
  readonly offersMail?: true | undefined;
}

export interface AskedRating {
  readonly stretch: 'bot' | 'human';
  readonly handoverId: string | null;
  /** ms */
  readonly askedAt: number;
}

/** A stretch that may be rated, once in the channel and once by Crisp's own question. */
export interface RatedOnce extends Omit<AskedRating, 'askedAt'> {
  /** Which of its kind: the number of the handover, or how many handovers were before the talk with the bot. */
  readonly number: number;
  /** ms; when he was asked, or rated it unasked. */
  readonly at: number;
  /** A tap of his counts. */
  readonly asked: boolean;
  readonly given: readonly ('channel' | 'crisp')[];
}

export interface BotStretch {
  /** Answers the visitor was given in it. */
  readonly answers: number;
  /** Of these the last ones that were none, in a row. */
  readonly fallbacks: number;
  /** Lines of the bot since the visitor's last word. */
  readonly linesInARow: number;
  /** He was asked how it was. */
  readonly rated: boolean;
  /** When the first of those lines in a row was shown (ms). */
  readonly linesSince?: number | undefined;
  /** What he asked in it, folded, oldest first; only where asking again counts. */
  readonly asked?: readonly string[] | undefined;
}

export const MAX_RECENT = 100;
export const MAX_RATED = 20;

export const MAX_OPEN_TURNS = 50;
export const MAX_UNANSWERED = 10;
export const MAX_HELD = 50;
export const MAX_NOTES = 20;

export interface UnansweredTurn {
  readonly turn: number;
  /** When the bot was given it (ms). */
  readonly givenAt: number;
  readonly words: readonly HeldWord[];
}

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
  /** A bot that stays while agents are asked for was given it already. */
  readonly heard?: true | undefined;
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
  readonly requestedBy: 'bot' | 'api' | 'agent' | 'visitor' | 'rule';
  readonly cause?: Cause | undefined;
  /** The handover that this one takes up again. */
  readonly reopens?: string | undefined;
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
  /** So many lines the visitor was given while he waited. */
  readonly keepAlives?: number | undefined;
  /** Somebody answered him past us while he waited. */
  readonly answeredElsewhere?: true | undefined;
  /** He was told that he is not forgotten. */
  readonly comforted?: true | undefined;
  /** The agent asked for time: no timer gives the visitor back before (ms). */
  readonly heldUntil?: number | undefined;
  /** When the visitor's last word went to the agents (ms). */
  readonly lastWordAt?: number | undefined;
}

export interface EndedHandover {
  readonly id: string;
  readonly number: number;
  readonly websiteId: string;
  readonly sessionId: string | null;
  /** Crisp's time where Crisp ended it, else ours. */
  readonly endedAt: number;
  readonly stateClock: number;
  readonly category?: string | null | undefined;
  readonly agent?: Handover['agent'] | undefined;
  readonly lastWordAt?: Handover['lastWordAt'];
  /** It was resolved, and may be taken up again until then (ms). */
  readonly reopenableUntil?: number | undefined;
  /** The visitor has not said anything since it was resolved: what he may tap goes along with each line of the bot. */
  readonly asksOn?: true | undefined;
  /** Another handover has taken it up again. */
  readonly reopened?: true | undefined;
}

export type TimerKind =
  | 'escalation-deadline'
  | 'no-accept-warning'
  | 'no-accept'
  | 'no-first-answer-warning'
  | 'no-first-answer'
  | 'silence-warning'
  | 'silence'
  | 'mute-expired'
  /** A word while he waits. */
  | 'keep-alive'
  /** A promise is nearly due, or due. */
  | 'promise'
  /** He was asked for his address and says nothing. */
  | 'follow-up-address'
  /** He said nothing to the bot for a while: its stretch is over. */
  | 'bot-silence'
  /** The bot had too many turns in a minute: what was said meanwhile becomes one. */
  | 'gathered-turn';

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
    unanswered: [],
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
    promises: [],
    followUp: null,
    declined: null,
    rating: null,
    ratings: [],
    botStretch: { answers: 0, fallbacks: 0, linesInARow: 0, rated: false },
    recentHandovers: [],
    recentTurns: [],
    nobodyCame: null,
    switches: null,
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
