import { readFile, writeFile } from 'node:fs/promises';
import { costBetween, type Mark } from '../steady/books.js';
import type { Sample } from '../steady/sampler.js';
import { median } from '../summary.js';
import { type Cost, PLANNED, rounded, sumOf, without } from './cost.js';

/** What the plan is made from. */
export interface Measured extends MeasuredBySoak {
  /** One answer of ai-auto-reply, as `scale --only ai` measures it. */
  readonly answer: Cost;
}

/** What a soak on the full road tells. */
export interface MeasuredBySoak {
  /** Brought from one side to the other. */
  readonly message: Cost;
  /** Beside its messages. */
  readonly conversation: Cost;
  /** From asking for a human to `resolved`, beside its messages. */
  readonly handover: Cost;
}

/** The books of a soak: before anybody came, after the first words, with the handovers, after the load, and after the handovers' end. */
export interface SoakMarks extends Readonly<Record<'untouched' | 'known' | 'handed' | 'said' | 'ended', Mark>> {
  readonly messages: number;
  readonly conversations: number;
  readonly handovers: number;
}

export const MEASURED_FILE = new URL('../../../bench/measured.json', import.meta.url);

export async function readMeasured(): Promise<Measured> {
  return JSON.parse(await readFile(MEASURED_FILE, 'utf8')) as Measured;
}

/** Replaces what was measured anew, and keeps the rest. */
export async function writeMeasured(change: Partial<Measured>): Promise<void> {
  await writeFile(MEASURED_FILE, `${JSON.stringify({ ...(await readMeasured()), ...change }, null, 2)}\n`);
}

/** CPU of a message is the median of the looks after the warm-up; everything else is what the books say. */
export function measuredFrom(samples: readonly Sample[], marks: SoakMarks): MeasuredBySoak {
  const { untouched, known, handed, said, ended, messages, conversations, handovers } = marks;
  const settled = samples.slice(Math.floor(samples.length / 3));
  const cpuUs = PLANNED.flatMap((name) => {
    const values = settled.flatMap((sample) => cpuOf(sample, name) ?? []);
    return values.length === 0 ? [] : [[name, median(values)] as const];
  });
  const message: Cost = { ...costBetween(handed, said, messages), cpuUs: Object.fromEntries(cpuUs) };
  // The first word and its answer are two messages.
  const conversation = without(costBetween(untouched, known, conversations), 2, message);
  const handover = sumOf([
    [1, costBetween(known, handed, handovers)],
    [1, costBetween(said, ended, handovers)],
  ]);
  return { message: rounded(message), conversation: rounded(conversation), handover: rounded(handover) };
}

function cpuOf({ services, othersCpuPerMessageUs }: Sample, name: string): number | undefined {
  return services[name]?.cpuPerMessageUs ?? (othersCpuPerMessageUs as Readonly<Record<string, number>>)[name];
}
