import { performance } from 'node:perf_hooks';
import type { ClockLever } from '../platform/clock-lever.js';
import type { ServiceName } from '../platform/services.js';
import { CrispControl, type CrispTranscript } from './crisp-control.js';
import { Visitor } from './visitor.js';

/** Where the platform is that a journey walks through. */
export interface Place {
  readonly site: string;
  readonly crisp: string;
  readonly messenger: string;
  readonly model: string;
  readonly ingress: string;
  readonly controlPlane: string;
  readonly orchestrators: readonly string[];
  readonly dispatchers: readonly string[];
  readonly ais: readonly string[];
  /** The bots of a journey's own sandbox are there, and the simulated model. */
  readonly hasTestBots: boolean;
}

/** What a journey may do to a sandbox of its own. */
export interface Levers {
  readonly clock: ClockLever;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  /** Ends a service at once and waits until it is there again. */
  kill(service: ServiceName): Promise<void>;
}

export interface StepResult {
  readonly name: string;
  readonly ms: number;
  readonly error?: Error;
}

const SURNAME_LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Runs steps one after the other, each named and timed, and knows the people on the stage. */
export class Stage {
  readonly crisp: CrispControl;
  readonly results: StepResult[] = [];
  private readonly visitors: Visitor[] = [];
  private surnames = 0;
  /** Looks at what is there, for whoever wants to know why. */
  whenAStepFails?: () => Promise<void>;

  constructor(
    readonly place: Place,
    private readonly tell: (result: StepResult) => void,
    /** Only in a sandbox of its own. */
    readonly levers?: Levers,
  ) {
    this.crisp = new CrispControl(place.crisp);
  }

  /** A step that fails does not end the journey; the steps that need it fail with it. */
  async step(name: string, act: () => Promise<void>): Promise<void> {
    const began = performance.now();
    let error: Error | undefined;
    try {
      await act();
    } catch (thrown) {
      error = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    if (error) await this.whenAStepFails?.();
    const result = { name, ms: performance.now() - began, ...(error ? { error } : {}) };
    this.results.push(result);
    this.tell(result);
  }

  async visitor(botId: string, locale = 'en'): Promise<Visitor> {
    const visitor = await Visitor.enter({ dispatchers: this.place.dispatchers, botId, origin: this.place.site, locale });
    this.visitors.push(visitor);
    return visitor;
  }

  /** A name that no other run uses, so that the conversation is found in a shared inbox. */
  aName(): string {
    let seed = Date.now() * 100 + this.surnames++;
    let surname = '';
    while (seed > 0) {
      surname += SURNAME_LETTERS[seed % 26];
      seed = Math.floor(seed / 26);
    }
    return `Ada ${surname[0]!.toUpperCase()}${surname.slice(1)}`;
  }

  /** The conversation that was opened in Crisp for somebody of this name. */
  inbox(websiteId: string, nickname: string, since: number): Promise<CrispTranscript> {
    const hasFirstMessage = (transcript: CrispTranscript): boolean => transcript.nickname === nickname && transcript.messages.length > 0;
    return this.crisp.sessionOf(websiteId, hasFirstMessage, since, `a conversation of ${nickname} in the inbox`);
  }

  /** The screen of a visitor: no line missing, doubled or out of order. */
  async screenIsWhole(visitor: Visitor): Promise<void> {
    await visitor.whole();
    check(visitor.complaints.length === 0, visitor.complaints.join('; '));
  }

  leave(): void {
    for (const visitor of this.visitors) visitor.leave();
  }
}

/** Fails with a sentence. */
export function check(holds: unknown, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}
