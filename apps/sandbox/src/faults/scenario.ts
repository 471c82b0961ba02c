import type { FaultsInput } from '../crisp-simulator/faults/faults.js';
import type { CrispControl } from '../journey/crisp-control.js';
import type { MessengerControl } from '../journey/messenger-person.js';
import type { FaultsInput as MessengerFaultsInput } from '../messenger-simulator/faults/faults.js';
import type { Platform } from '../platform/platform.js';
import type { GroundKind, Levers } from './grounds/grounds.js';

export interface Injected {
  /** What was done, in words. */
  readonly what: string;
  /** Seconds until the thing itself was well again. */
  readonly backAfter: number;
  /** What should not have happened, beside what people noticed. */
  readonly wrong?: readonly string[];
}

export interface Stage extends Levers {
  readonly platform: Platform;
  readonly crisp: CrispControl;
  readonly messenger: MessengerControl;
  readonly random: () => number;
}

export interface Scenario {
  readonly name: string;
  /** What is done to it, in a few words, for the table. */
  readonly title: string;
  /** Who talks meanwhile: visitors and agents through handovers, or visitors of Crisp's chat box with the AI. */
  readonly talk: 'handovers' | 'answers';
  /** On what it runs; `plain` by default. */
  readonly ground?: GroundKind;
  /** Seconds that one injection takes, roughly. */
  readonly lasts: number;
  /** Seconds from its end within which words must take their usual time again, on a machine that is not busy otherwise. */
  readonly recoversWithin?: number;
  /** How the platforms behave meanwhile; by default at their worst. */
  readonly weather?: { readonly crisp: FaultsInput; readonly messenger: MessengerFaultsInput };
  /** Breaks something once and resolves when it stands again. */
  inject(stage: Stage): Promise<Injected>;
}
