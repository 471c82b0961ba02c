import type { MessageBody } from '@baton/contracts';
import { BACK_TO_BOT } from './back-to-bot.js';
import { Door } from '../connection/door.js';
import type { LineState } from '../connection/line.js';
import type { MessageEntry } from '../conversation/log.js';
import { rowsOf } from '../conversation/rows.js';
import { Session } from '../session/session.js';
import { Keep } from '../shared/keep.js';
import { keepPrefix } from '../shared/shell.js';
import type { Panel, Shell, State } from '../shared/shell.js';
import { Announcer } from './announcer.js';
import { ChatWindow } from './chat-window.js';
import type { WindowState } from './chat-window.js';
import { Chime } from './chime.js';
import { dressColours } from './colours.js';
import { LauncherSign } from './launcher-sign.js';
import { nameOf, whyNot } from './row-view.js';
import { aloneAmongTabs } from './tabs.js';
import { Preview } from './preview.js';
import { TitleSign } from './title.js';
import { voiceFor } from './voice.js';
import type { Voice } from './voice.js';
import { watchPage } from './watch-page.js';

/** A line that is away for less than this is nobody's business. */
const TROUBLE_AFTER_MS = 3_000;

/** Brings the session and what is on the screen together. */
export class Chat implements Panel {
  private readonly keep: Keep;
  private readonly tabKeep: Keep;
  private readonly session: Session;
  private readonly chime: Chime;
  private readonly title = new TitleSign();
  private readonly sign: LauncherSign;
  private readonly unwatch: () => void;
  private voice: Voice;
  private window!: ChatWindow;
  private preview!: Preview;
  private announcer!: Announcer;
  private tapped: Record<string, string> = {};
  private troubled = false;
  private troubleTimer: ReturnType<typeof setTimeout> | undefined;
  private drawTimer: ReturnType<typeof setTimeout> | undefined;
  private spoken = false;
  private unread = -1;

  constructor(private readonly shell: Shell) {
    const { bot, base, options } = shell;
    const prefix = keepPrefix(bot);
    this.keep = new Keep(prefix, () => localStorage);
    this.tabKeep = new Keep(prefix, () => sessionStorage);
    const alone = aloneAmongTabs(prefix);
    this.voice = this.chooseVoice();
    this.chime = new Chime(this.keep, alone, () => options.sound !== 'off');
    this.sign = new LauncherSign(shell.launcher);
    this.session = new Session({
      door: new Door(base, bot),
      keep: this.keep,
      locale: () => this.voice.locale,
      alone,
      maxBytes: shell.config.files?.maxBytes ?? 0,
      events: {
        changed: () => this.redraw(),
        spoken: (message, live) => this.onSpoken(message, live),
        noted: ({ body }) => this.announcer.say(wordsOf(body)),
        mode: ({ floor, agent }) => shell.emit('mode', { mode: floor, agent: agent && { name: agent.name } }),
        line: (state) => this.onLine(state),
        sent: ({ clientId, text }) => shell.emit('message:out', { clientId, text }),
        refused: (code, lost) => {
          if (lost) this.announcer.say(this.voice.say(code === 'text-too-long' ? 'tooLong' : 'failed'));
          shell.emit('error', { code });
        },
        progress: (clientId, share) => this.window.transcript.progress(clientId, share),
        notHandedIn: ({ name, failed }) => {
          this.announcer.say(`${name}: ${whyNot(failed, this.voice, this.maxMb)}`);
          shell.emit('error', { code: failed });
        },
      },
    });
    this.build();
    this.unwatch = watchPage({
      session: this.session,
      seenKey: this.keep.keyOf('seen'),
      outboxKey: this.keep.keyOf('outbox'),
      tokenKey: this.keep.keyOf('token'),
      looked: () => this.redraw(),
    });
    if (this.keep.get('token')) this.session.line.start();
    this.draw();
  }

  get state(): State {
    return {
      open: this.window.isOpen,
      unread: Math.max(0, this.unread),
      connected: this.session.line.state === 'online',
      mode: this.session.log.floor,
    };
  }

  open(focus: boolean): void {
    const wasOpen = this.window.isOpen;
    this.session.line.start();
    this.window.open(focus);
    this.tabKeep.set('open', 'yes');
    this.draw();
    if (!wasOpen) this.shell.emit('open');
  }

  close(): void {
    if (!this.window.isOpen) return;
    const hadFocus = this.shell.shadow.activeElement !== null;
    this.window.close();
    this.tabKeep.set('open', undefined);
    this.draw();
    if (hadFocus) this.shell.launcher.focus();
    this.shell.emit('close');
  }

  send(text: string): void {
    if (text.trim()) this.say(text.trim());
  }

  prefill(text: string): void {
    this.window.composer.text = text;
  }

  dressed(): void {
    const voice = this.chooseVoice();
    if (voice.locale !== this.voice.locale) {
      this.voice = voice;
      this.rebuild();
    } else {
      this.dressFrame();
    }
  }

  reset(): void {
    this.tapped = {};
    this.window.composer.text = '';
    this.session.reset();
  }

  destroy(): void {
    this.unwatch();
    this.session.stop();
    this.tearDown();
    this.title.clear();
    this.chime.destroy();
    this.tabKeep.set('open', undefined);
    clearTimeout(this.drawTimer);
    clearTimeout(this.troubleTimer);
  }

  private chooseVoice(): Voice {
    const { options, config } = this.shell;
    return voiceFor([options.locale, document.documentElement.lang, ...navigator.languages, config.locale]);
  }

  private build(): void {
    const { frame, launcher, config } = this.shell;
    const { session, voice } = this;
    this.window = new ChatWindow(voice, { title: config.title || voice.say('title'), name: config.name, avatar: config.avatar }, frame, {
      close: () => this.close(),
      mute: () => {
        this.chime.muted = !this.chime.muted;
        this.draw();
      },
      leave: () => this.say(voice.say('leave'), BACK_TO_BOT),
      tryAgain: () => {
        session.line.start();
        session.line.nudge();
      },
      retry: (clientId) => session.retry(clientId),
      discard: (clientId) => session.discard(clientId),
      reply: (messageId, title, payload) => this.reply(messageId, title, payload),
      maxMb: this.maxMb,
      attach: config.files && ((files) => this.attach(files)),
      grown: () => this.window.transcript.stay(),
      loadOlder: () => void session.loadOlder(),
      looked: () => this.lookedAt(),
      toInput: () => this.window.composer.input.focus(),
      send: (text) => this.say(text),
      typed: (hasText) => session.types(hasText),
    });
    this.preview = new Preview(voice, () => this.open(true));
    this.announcer = new Announcer();
    launcher.before(this.window.element, this.preview.element);
    launcher.after(this.announcer.element);
    launcher.setAttribute('aria-controls', this.window.element.id);
    this.dressFrame();
  }

  private rebuild(): void {
    const { isOpen, composer } = this.window;
    const draft = composer.text;
    this.tearDown();
    this.build();
    if (isOpen) this.window.open(false);
    this.prefill(draft);
    this.draw();
  }

  private tearDown(): void {
    this.window.destroy();
    this.preview.element.remove();
    this.announcer.destroy();
    this.announcer.element.remove();
  }

  private dressFrame(): void {
    const { frame, options } = this.shell;
    frame.dir = this.voice.direction;
    frame.lang = this.voice.locale;
    if (!options.position) frame.dataset.side = frame.dir === 'rtl' ? 'left' : 'right';
    dressColours(frame);
  }

  private get maxMb(): number {
    return Math.floor((this.shell.config.files?.maxBytes ?? 0) / 1_048_576);
  }

  private attach(files: readonly File[]): void {
    files.forEach((file) => this.session.attach(file));
    this.window.transcript.toEnd(false);
  }

  private say(text: string, payload?: string): boolean {
    const taken = this.session.say(text, payload);
    if (taken) this.window.transcript.toEnd(false);
    else this.window.warn(this.voice.say('full'));
    return taken;
  }

  private reply(messageId: string, title: string, payload: string): void {
    if (!this.say(title, payload)) return;
    this.tapped = { ...this.tapped, [messageId]: payload };
    this.window.focus();
    this.draw();
  }

  private onSpoken(message: MessageEntry, live: boolean): void {
    this.spoken = true;
    const { author, body, id, at, seq } = message;
    const text = wordsOf(body);
    this.shell.emit('message:in', { id, at, author: { kind: author.kind, name: author.name }, text });
    if (!live) return;
    this.announcer.say(`${nameOf(author, this.voice).name}: ${text}`);
    void this.chime.hear({ seq, liveAfter: this.session.log.liveAfter, author: author.kind });
  }

  private onLine(state: LineState): void {
    this.shell.emit('connection', { state });
    if (state === 'online' || state === 'stopped' || state === 'refused') {
      clearTimeout(this.troubleTimer);
      this.troubleTimer = undefined;
      this.troubled = false;
    } else {
      this.troubleTimer ??= setTimeout(() => {
        this.troubled = true;
        this.redraw();
      }, TROUBLE_AFTER_MS);
    }
  }

  /** Once for all that happens now; a hidden tab draws too, for its title and badge. */
  private redraw(): void {
    this.drawTimer ??= setTimeout(() => this.draw(), 0);
  }

  private draw(): void {
    clearTimeout(this.drawTimer);
    this.drawTimer = undefined;
    this.lookedAt();
    this.window.draw(this.windowState(), this.spoken);
    this.spoken = false;
    this.lookedAt();
    const unseen = this.session.unseen;
    const count = this.window.isOpen && !document.hidden ? 0 : unseen.length;
    this.preview.show(this.window.isOpen ? undefined : unseen.at(-1));
    this.sign.show(this.window.isOpen, this.window.isOpen ? 0 : count, this.voice);
    this.title.show(document.hidden ? count : 0);
    if (count !== this.unread) {
      const first = this.unread === -1;
      this.unread = count;
      if (!first || count > 0) this.shell.emit('unread', { count });
    }
  }

  private windowState(): WindowState {
    const { session, voice } = this;
    const { config } = this.shell;
    const { line, log } = session;
    const author = { kind: 'bot', name: config.name, avatar: config.avatar } as const;
    const refused = line.state === 'refused';
    const waiting = !session.welcomed && session.unsent.length === 0;
    const lost = waiting && this.troubled;
    return {
      floor: log.floor,
      agent: log.agent,
      muted: this.chime.muted,
      rows: rowsOf({
        log,
        unsent: session.unsent,
        uploads: session.uploads.all,
        tapped: this.tapped,
        dayOf: voice.dayOf,
        greeting: config.greeting && session.welcomed ? { text: config.greeting, author } : undefined,
      }),
      typing: session.typing?.kind === 'visitor' ? undefined : session.typing,
      older: session.hasOlder ? session.older : 'none',
      waiting: waiting && !lost && !refused,
      trouble: this.troubled ? voice.say(navigator.onLine ? 'retrying' : 'offline') : undefined,
      failure: refused
        ? { words: voice.say('elsewhere'), again: true }
        : lost
          ? { words: voice.say('unreachable'), again: true }
          : undefined,
    };
  }

  /** What is in sight was seen: the chat open, the page in front, the end of the conversation on the screen. */
  private lookedAt(): void {
    if (this.window.isOpen && !document.hidden && this.window.transcript.isAtEnd) this.session.markSeen();
  }
}

/** What can be said of a message. */
function wordsOf(body: MessageBody): string {
  return body.type === 'text' ? body.text : body.name;
}
