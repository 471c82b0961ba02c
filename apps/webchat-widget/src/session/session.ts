import type { Author, LogFrame, ServerFrame } from '@baton/contracts';
import type { Door } from '../connection/door.js';
import { Line } from '../connection/line.js';
import type { LineState, Socket } from '../connection/line.js';
import {
  EMPTY_LOG,
  acknowledged,
  arrived,
  hasHole,
  hasOlder,
  isNote,
  isSpokenToVisitor,
  readUpTo,
  recalled,
  unseen,
  welcomed,
} from '../conversation/log.js';
import type { Log, MessageEntry } from '../conversation/log.js';
import { Outbox, bodyOf } from '../outbox/outbox.js';
import type { Unsent } from '../outbox/outbox.js';
import { Sending, passes } from '../outbox/sending.js';
import type { Keep } from '../shared/keep.js';
import { newId } from '../shared/new-id.js';
import { Timer } from '../shared/timer.js';
import { Uploads } from '../uploads/uploads.js';
import type { Upload } from '../uploads/uploads.js';
import { TypingReport } from './typing-report.js';
import { VisitorToken } from './visitor-token.js';
import type { TokenNeeds } from './visitor-token.js';

/** A hole in the log not filled for so long is asked for again. */
const HOLE_MS = 3_000;
/** Who types without saying so again has stopped. */
const TYPING_MS = 20_000;
const PAGE = 50;

export interface SessionEvents {
  /** Something that can be seen is different. */
  changed(): void;
  /** Said to the visitor since this page has been open. `live`: just now, not missed while away. */
  spoken(message: MessageEntry, live: boolean): void;
  /** The house itself said something just now: who joined, that the bot is back. */
  noted(message: MessageEntry): void;
  mode(log: Log): void;
  line(state: LineState): void;
  sent(unsent: Unsent): void;
  /** The server refused something; `lost` when it will never take it. */
  refused(code: string, lost: boolean): void;
  /** How far a file is on its way, from 0 to 1. */
  progress(clientId: string, share: number): void;
  notHandedIn(upload: Upload): void;
}

export interface SessionNeeds extends TokenNeeds {
  readonly door: Door;
  readonly keep: Keep;
  readonly locale: () => string;
  /** Of a file that is handed in. */
  readonly maxBytes: number;
  readonly events: SessionEvents;
}

/** One visitor's conversation in one tab. */
export class Session {
  log: Log = EMPTY_LOG;
  /** The server was heard at least once. */
  welcomed = false;
  older: 'idle' | 'loading' | 'failed' = 'idle';
  typing: Author | undefined;
  readonly line: Line;
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  private readonly token: VisitorToken;
  private readonly sending: Sending;
  private sentSeen = 0;
  private firstHead = 0;
  private readonly holeTimer = new Timer();
  private readonly typingTimer = new Timer();
  private readonly typingReport = new TypingReport((typing) => this.line.send({ t: 'typing', typing }));

  constructor(private readonly needs: SessionNeeds) {
    const { keep, door } = needs;
    this.token = new VisitorToken(needs);
    this.outbox = new Outbox({ read: () => keep.get('outbox'), write: (value) => keep.set('outbox', value) });
    this.uploads = new Uploads({
      maxBytes: needs.maxBytes,
      send: (file, onProgress, signal) => door.upload(this.token.get() ?? '', file, onProgress, signal),
      isOnline: () => this.line.state === 'online',
      handedIn: (clientId, body) => this.add({ clientId, text: body.name, file: body, at: Date.now() }),
      changed: () => needs.events.changed(),
      progress: (clientId, share) => needs.events.progress(clientId, share),
      failed: (upload) => needs.events.notHandedIn(upload),
    });
    this.line = new Line({
      authorize: (renew) => this.token.obtain(renew),
      connect: () => new WebSocket(door.socketUrl) as Socket,
      hello: () => ({
        t: 'hello',
        token: this.token.show(),
        lastSeq: this.log.lastSeq,
        locale: needs.locale().slice(0, 35),
        pageUrl: location.href.slice(0, 2_048),
      }),
      onFrame: (frame) => this.take(frame),
      onState: (state) => this.onLine(state),
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
      now: Date.now,
      random: Math.random,
    });
    this.sending = new Sending(this.outbox, this.line);
  }

  get unsent(): readonly Unsent[] {
    return this.outbox.all();
  }

  /** Everything up to here was seen, in any tab of this browser. */
  get seenSeq(): number {
    const [conversation, seq] = (this.needs.keep.get('seen') ?? '').split(' ');
    return conversation === this.log.conversationId ? Math.min(Number(seq) || 0, Math.max(this.log.lastSeq, this.log.liveAfter)) : 0;
  }

  get unseen(): readonly MessageEntry[] {
    return this.log.conversationId ? unseen(this.log, this.seenSeq) : [];
  }

  /** Everything held now is in front of the visitor's eyes. */
  markSeen(): void {
    const { conversationId, lastSeq } = this.log;
    if (!conversationId || lastSeq === 0) return;
    if (lastSeq > this.seenSeq) {
      this.needs.keep.set('seen', `${conversationId} ${lastSeq}`);
      this.needs.events.changed();
    }
    if (lastSeq > this.sentSeen && this.line.send({ t: 'seen', upTo: lastSeq })) this.sentSeen = lastSeq;
  }

  /** False when too much waits to be sent already. */
  say(text: string, payload?: string): boolean {
    return this.add({ clientId: newId(), text, payload, at: Date.now() });
  }

  /** Begins to hand in a file; when it is at the server it becomes a message. */
  attach(file: File): void {
    this.uploads.add(file, newId(), Date.now());
    this.line.start();
  }

  private add(unsent: Unsent): boolean {
    if (!this.outbox.add(unsent)) return false;
    this.typingReport.ended();
    this.needs.events.sent(unsent);
    this.needs.events.changed();
    this.line.start();
    this.sending.pump();
    return true;
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
    this.uploads.retry(clientId);
    this.needs.events.changed();
    this.line.nudge();
    this.sending.pump();
  }

  discard(clientId: string): void {
    this.outbox.remove(clientId);
    this.uploads.remove(clientId);
    this.needs.events.changed();
  }

  /** The visitor's input has words in it, or none any more. */
  types(hasText: boolean): void {
    if (this.log.floor !== 'bot') this.typingReport.typed(hasText, Date.now());
  }

  get hasOlder(): boolean {
    return this.welcomed && hasOlder(this.log);
  }

  async loadOlder(): Promise<void> {
    const token = this.token.get();
    if (!this.hasOlder || this.older === 'loading' || !token) return;
    const { conversationId } = this.log;
    this.older = 'loading';
    this.needs.events.changed();
    try {
      const frames = await this.needs.door.history(token, this.log.oldestSeq, PAGE);
      if (conversationId === this.log.conversationId) this.log = recalled(this.log, frames);
      this.older = 'idle';
    } catch {
      this.older = 'failed';
    }
    this.needs.events.changed();
  }

  /** Another visitor from now on: nothing of the present one stays in this browser. */
  reset(): void {
    this.uploads.clear();
    for (const name of ['token', 'seen', 'outbox']) this.needs.keep.set(name, undefined);
    this.begin();
    this.line.restart();
  }

  /** Another tab has another visitor now. */
  tokenChanged(): void {
    if (this.line.state !== 'stopped') this.line.restart();
  }

  stop(): void {
    this.uploads.clear();
    this.line.stop();
    this.sending.interrupted();
    this.holeTimer.stop();
    this.typingTimer.stop();
    this.typingReport.stop();
  }

  private begin(): void {
    this.log = EMPTY_LOG;
    this.welcomed = false;
    this.sending.interrupted();
    this.sentSeen = this.firstHead = 0;
    this.needs.events.changed();
  }

  private onLine(state: LineState): void {
    if (state !== 'online') {
      this.sending.interrupted();
      this.setTyping(undefined);
    }
    this.needs.events.line(state);
    this.needs.events.changed();
    if (state !== 'online') return;
    this.sending.pump();
    this.uploads.pump();
  }

  private take(frame: ServerFrame): void {
    switch (frame.t) {
      case 'welcome':
        return this.takeWelcome(frame);
      case 'ack': {
        const unsent = this.sending.find(frame.clientId);
        if (unsent) this.log = acknowledged(this.log, frame, bodyOf(unsent));
        return this.confirmed(frame.clientId);
      }
      case 'refused':
        return this.takeRefusal(frame);
      case 'typing':
        return this.setTyping(frame.typing ? frame.author : undefined);
      case 'read':
        this.log = readUpTo(this.log, frame.id);
        return this.needs.events.changed();
      case 'message':
      case 'edit':
      case 'removal':
      case 'mode':
      case 'gap':
        return this.takeLine(frame);
      case 'ping':
        return;
    }
  }

  private takeWelcome(frame: Extract<ServerFrame, { t: 'welcome' }>): void {
    const before = this.log;
    if (frame.token) this.token.set(frame.token);
    this.log = welcomed(before, frame);
    if (!this.welcomed || before.conversationId !== frame.conversationId) {
      this.firstHead = frame.seq;
      this.sentSeen = 0;
    }
    this.welcomed = true;
    if (before.floor !== frame.floor) this.needs.events.mode(this.log);
    this.needs.events.changed();
  }

  private takeLine(frame: LogFrame): void {
    const before = this.log;
    this.log = arrived(before, frame);
    if (this.log === before) return;
    if (frame.t === 'message') {
      if (frame.clientId) this.confirmed(frame.clientId);
      else if (this.typing?.kind === frame.author.kind) this.setTyping(undefined);
      const entry = this.log.entries.find((other) => other.seq === frame.seq);
      const live = frame.seq > this.log.liveAfter;
      if (entry && isSpokenToVisitor(entry) && frame.seq > this.firstHead) this.needs.events.spoken(entry, live && !entry.mailed);
      if (entry && isNote(entry) && live) this.needs.events.noted(entry);
    }
    if (before.floor !== this.log.floor) {
      this.setTyping(undefined);
      this.needs.events.mode(this.log);
    }
    if (hasHole(this.log)) this.holeTimer.set(HOLE_MS, () => this.line.restart());
    else this.holeTimer.stop();
    this.needs.events.changed();
  }

  private takeRefusal({ code, clientId, retryAfterMs }: Extract<ServerFrame, { t: 'refused' }>): void {
    const lost = !!clientId && !passes(code);
    this.needs.events.refused(code, lost);
    if (!clientId) return;
    this.sending.refused(clientId, code, retryAfterMs);
    if (lost) this.needs.events.changed();
  }

  private confirmed(clientId: string): void {
    this.sending.confirmed(clientId);
    this.needs.events.changed();
  }

  private setTyping(author: Author | undefined): void {
    if (this.typing === author) return;
    this.typing = author;
    if (author) this.typingTimer.set(TYPING_MS, () => this.setTyping(undefined));
    else this.typingTimer.stop();
    this.needs.events.changed();
  }
}
