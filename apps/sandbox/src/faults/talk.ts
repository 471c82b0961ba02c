import { setTimeout as pause } from 'node:timers/promises';
import type { CrispControl } from '../journey/crisp-control.js';
import type { Floor } from '@baton/contracts';
import type { Ledger } from './ledger.js';
import type { Arrivals } from './recovery.js';

/** What a visitor writes to get a human; the bot answers it by escalating with his name. */
export const HELP = 'help';

/** A visitor, whatever his channel. */
export interface Somebody {
  readonly floor: Floor;
  /** Resolves when his channel took it. */
  send(text: string): Promise<void>;
}

export interface TalkParts {
  readonly name: string;
  readonly visitor: Somebody;
  readonly crisp: CrispControl;
  readonly ledger: Ledger;
  readonly arrivals: Arrivals;
  /** The session that stands in the inbox under this name, once it is there. */
  readonly sessionOf: (name: string) => string | undefined;
  readonly random: () => number;
  readonly isOver: () => boolean;
}

/**
 * One conversation that goes on while things break: some words with the bot, a handover, words both ways, resolved, again.
 * What is said goes into the ledger when it was accepted; a request for a human that is declined is made again.
 */
export class Talk {
  private handovers = 0;
  private words = 0;
  /** Handovers in which the agent wrote and which were resolved. */
  completed = 0;

  constructor(private readonly parts: TalkParts) {}

  async run(): Promise<void> {
    const { isOver } = this.parts;
    while (!isOver()) {
      await this.toTheBot();
      if (!isOver()) await this.toAHuman();
    }
  }

  private async toTheBot(): Promise<void> {
    for (let i = 0; i < 2 && !this.parts.isOver(); i += 1) {
      await this.visitorSays();
      await this.breathe();
    }
  }

  private async toAHuman(): Promise<void> {
    const { visitor, name, sessionOf, isOver } = this.parts;
    this.handovers += 1;
    const asked = `${name}-${this.handovers}`;
    await visitor.send(`${HELP} ${asked}`);
    const answered = await until(() => visitor.floor === 'waiting' || visitor.floor === 'agent', 30_000, isOver);
    const session = answered && (await waitFor(() => sessionOf(asked), 15_000, isOver));
    if (!session) {
      await until(() => visitor.floor === 'bot', 30_000, isOver);
      return;
    }
    const exchanges = 2 + Math.floor(this.parts.random() * 4);
    for (let i = 0; i < exchanges && !isOver(); i += 1) {
      await Promise.all([this.visitorSays(), this.agentSays(session)]);
      await this.breathe();
    }
    await this.parts.crisp.resolve(session);
    if (await until(() => visitor.floor === 'bot', 60_000, isOver)) this.completed += 1;
  }

  private async visitorSays(): Promise<void> {
    const { visitor, ledger, arrivals, name } = this.parts;
    const began = Date.now();
    this.words += 1;
    const word = `${name}.v${this.words}`;
    await visitor.send(word);
    ledger.visitorSaid(name, word);
    arrivals.wasSaid('visitors', word, began);
  }

  private async agentSays(session: string): Promise<void> {
    const { crisp, ledger, arrivals, name } = this.parts;
    const began = Date.now();
    this.words += 1;
    const word = `${name}.a${this.words}`;
    await crisp.write(session, word);
    ledger.agentSaid(name, word);
    arrivals.wasSaid('agents', word, began);
  }

  private breathe(): Promise<void> {
    return pause(300 + this.parts.random() * 1_200);
  }
}

async function waitFor<T>(look: () => T | undefined, within: number, isOver: () => boolean): Promise<T | undefined> {
  const deadline = Date.now() + within;
  for (;;) {
    const found = look();
    if (found !== undefined || Date.now() > deadline || isOver()) return found;
    await pause(50);
  }
}

async function until(holds: () => boolean, within: number, isOver: () => boolean): Promise<boolean> {
  return (await waitFor(() => holds() || undefined, within, isOver)) ?? false;
}
