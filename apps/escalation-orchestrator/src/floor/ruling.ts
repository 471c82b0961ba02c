import { BACK_TO_BOT, derivedId } from '@baton/contracts';
import type { Author, BotMessage, Floor, MessageBody, QuickReply } from '@baton/contracts';
import type { Action, BotTurnEvent, DeskWork, HandoverEvent, Line } from './actions.js';
import type { Conversation, Handover, HeldWord, TimerKind } from './conversation.js';
import { MAX_HELD, MAX_OPEN_TURNS, MAX_UNANSWERED } from './conversation.js';
import type { Fact } from './facts.js';
import type { FloorPolicy } from './policy.js';
import { asShared } from './shared-work.js';
import { Wording } from '../wording/wording.js';

interface LineParts {
  readonly messageId?: string;
  readonly author: Author;
  readonly body: MessageBody;
  readonly at?: number;
  readonly crisp?: Line['crisp'];
  readonly via?: string;
}

/** A turn without an answer for longer than this the bot has chosen not to answer (ms). */
const BOT_ANSWERS_WITHIN = 60_000;

/** A decision being made: the conversation as it stands so far, and the actions it asks for, in order. */
export class Ruling {
  readonly actions: Action[] = [];
  private linesMade = 0;

  constructor(
    public state: Conversation,
    readonly fact: Fact,
    readonly policy: FloorPolicy,
    readonly now: number,
  ) {}

  /** How we speak to this visitor. */
  get wording(): Wording {
    return new Wording(this.policy, this.state.locale, this.now);
  }

  change(patch: Partial<Conversation>): void {
    this.state = { ...this.state, ...patch };
  }

  changeHandover(patch: Partial<Handover>): void {
    if (this.state.handover) this.change({ handover: { ...this.state.handover, ...patch } });
  }

  /**
   * Moves the floor: a new epoch, whose mode the visitor sees. Answers to turns of the old one are void unless the bot stays, or stayed
   * until it has the floor again: what it was asked meanwhile nobody else answers.
   */
  moveFloor(floor: Floor): void {
    const { botStays, epoch } = this.state;
    const turns = botStays ? {} : { openTurns: [], unanswered: [] };
    this.change({ floor, epoch: epoch + 1, ...turns, botStays: botStays && floor !== 'bot' });
    this.showMode();
  }

  showMode(): void {
    this.actions.push({ do: 'mode', floor: this.state.floor, agent: this.state.handover?.agent ?? undefined, ...this.nextDelivery() });
  }

  record(parts: LineParts): void {
    this.actions.push({ do: 'record', line: this.nextLine(parts) });
  }

  /** Returns the id of the line. */
  deliver(parts: LineParts, withdrawable: boolean, o: { readonly mailed?: true } = {}): string {
    const line = this.nextLine(parts);
    this.actions.push({ do: 'deliver', line, withdrawable, ...o, ...this.nextDelivery() });
    return line.messageId;
  }

  /** A line in the bot's name, withdrawn when the floor moves before the visitor has it. */
  deliverBotLine(message: Pick<BotMessage, 'text' | 'quick_replies'>, messageId?: string): string {
    const { botName, botAvatar } = this.policy;
    const quickReplies = message.quick_replies?.map(({ title, payload }) => ({ title, payload }));
    return this.deliver(
      {
        ...(messageId === undefined ? {} : { messageId }),
        author: { kind: 'bot', name: botName, ...(botAvatar ? { avatar: botAvatar } : {}) },
        body: { type: 'text', text: message.text, ...(quickReplies ? { quickReplies } : {}) },
      },
      true,
    );
  }

  /** A line of Baton itself, such as "Mia joined the conversation.", with the way back to the bot where the channel shows none itself. */
  deliverSystemLine(text: string, withdrawable = false, taps: readonly QuickReply[] = []): string {
    const { floor, channel } = this.state;
    const wayBack =
      taps.length > 0
        ? { quickReplies: [...taps] }
        : channel === 'messenger' && floor !== 'bot'
          ? { quickReplies: [{ title: this.wording.backToBot, payload: BACK_TO_BOT }] }
          : {};
    return this.deliver({ author: { kind: 'system' }, body: { type: 'text', text, ...wayBack } }, withdrawable);
  }

  edit(messageId: string, body: MessageBody): void {
    this.actions.push({ do: 'edit', messageId, body, ...this.nextDelivery() });
  }

  remove(messageId: string): void {
    this.actions.push({ do: 'remove', messageId, ...this.nextDelivery() });
  }

  tellBot(event: BotTurnEvent): void {
    this.actions.push({ do: 'tell-bot', event });
  }

  announce(event: HandoverEvent): void {
    this.actions.push({ do: 'announce', event });
  }

  desk(work: DeskWork): void {
    this.actions.push({ do: 'desk', work: asShared(work, this.policy.handover.sharing) });
  }

  ignore(reason: string): void {
    this.actions.push({ do: 'ignore', reason });
  }

  push(action: Action): void {
    this.actions.push(action);
  }

  /** Gives the bot the next turn: these words, in order. */
  giveTurn(words: readonly HeldWord[]): void {
    if (words.length === 0) return;
    const turn = this.state.turn + 1;
    const unanswered = [...this.state.unanswered, { turn, givenAt: this.now, words }].slice(-MAX_UNANSWERED);
    this.change({ turn, openTurns: [...this.state.openTurns, turn].slice(-MAX_OPEN_TURNS), unanswered });
    this.tellBot({
      type: 'bot.turn',
      data: {
        epoch: this.state.epoch,
        turn,
        messages: words.map(turnMessage),
        ...(this.state.locale ? { locale: this.state.locale } : {}),
      },
    });
  }

  /** The bot has answered this turn. */
  closeTurn(turn: number): void {
    const { openTurns, unanswered } = this.state;
    this.change({ openTurns: openTurns.filter((one) => one !== turn), unanswered: unanswered.filter((one) => one.turn !== turn) });
  }

  /**
   * Somebody else is to answer: what the bot was given lately and has not answered waits for him, before what is held already. Without it a
   * second message, written before the first one brought a human, would be answered by nobody.
   */
  takeTurnsBack(): void {
    const { unanswered, held } = this.state;
    const words = unanswered.filter(({ givenAt }) => this.now - givenAt < BOT_ANSWERS_WITHIN).flatMap(({ words: given }) => given);
    if (words.length > 0) this.change({ held: [...words, ...held].slice(-MAX_HELD) });
    this.change({ unanswered: [] });
  }

  hold(word: HeldWord): void {
    this.change({ held: [...this.state.held, word].slice(-MAX_HELD) });
  }

  /** What nobody has heard yet becomes one turn. */
  giveHeldAsTurn(): void {
    if (this.policy.stopped) return;
    const { held } = this.state;
    this.change({ held: [] });
    this.giveTurn(held.filter(({ heard }) => heard !== true));
  }

  setTimer(kind: TimerKind, dueAt: number): void {
    this.change({ timers: [...this.state.timers.filter((timer) => timer.kind !== kind), { kind, dueAt }] });
  }

  clearTimers(...kinds: readonly TimerKind[]): void {
    this.change({ timers: kinds.length === 0 ? [] : this.state.timers.filter((timer) => !kinds.includes(timer.kind)) });
  }

  /** A fingerprint for a message of ours: ms × 100 as Crisp's own, and above all earlier ones of this conversation. */
  nextFingerprint(): number {
    const fingerprint = Math.max(this.now * 100, this.state.lastFingerprint + 1);
    this.change({ lastFingerprint: fingerprint });
    return fingerprint;
  }

  private nextDelivery(): { deliverySequence: number; epoch: number } {
    const deliverySequence = this.state.deliverySequence + 1;
    this.change({ deliverySequence });
    return { deliverySequence, epoch: this.state.epoch };
  }

  private nextLine({ messageId, at, ...parts }: LineParts): Line {
    const position = this.state.linePosition + 1;
    this.change({ linePosition: position });
    this.linesMade += 1;
    return {
      messageId: messageId ?? derivedId('line', this.state.id, this.fact.id, this.linesMade),
      position,
      at: at ?? this.now,
      handoverId: this.state.handover?.id ?? null,
      ...parts,
    };
  }
}

function turnMessage({ messageId, text, payload, at, replyTo, cameBy }: HeldWord) {
  return {
    id: messageId,
    text,
    ...(payload === undefined ? {} : { payload }),
    at: new Date(at).toISOString(),
    ...(replyTo ? { reply_to: { ...(replyTo.messageId ? { message_id: replyTo.messageId } : {}), excerpt: replyTo.excerpt } } : {}),
    ...(cameBy === undefined ? {} : { came_by: cameBy }),
  };
}
