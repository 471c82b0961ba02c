import { setTimeout as pause } from 'node:timers/promises';
import type { PavedRoad } from '../roads/paved.js';
import type { Talk } from '../roads/talk.js';
import { Drive } from './drive.js';
import { type Sample, type Sampler } from './sampler.js';
import type { Lateness } from './schedule.js';

const LOOK_EVERY_MS = 10_000;
const DRAINED_WITHIN_MS = 60_000;

/** Everybody says one word, which the bot answers; resolves when all have arrived. @param perSecond words a second */
export async function firstWords(talk: Talk, road: PavedRoad, perSecond: number): Promise<void> {
  const drive = new Drive(talk, { perSecond, seconds: talk.conversations / perSecond, openingOf: () => road.word });
  try {
    await drive.run();
    await drained(talk);
  } finally {
    drive.stop();
  }
}

export interface Load {
  /** Messages a second, both ways together. */
  readonly rate: number;
  readonly seconds: number;
  readonly onSample: (sample: Sample) => void;
}

/** The load itself, with a look every ten seconds; a look that fails ends it. */
export async function steadyLoad(talk: Talk, road: PavedRoad, sampler: Sampler, { rate, seconds, onSample }: Load): Promise<Lateness> {
  const drive = new Drive(talk, { perSecond: rate / road.messagesPerOpening, seconds, openingOf: road.openingOf });
  let isOver = false;
  const run = drive.run().finally(() => (isOver = true));
  try {
    for (;;) {
      await Promise.race([pause(LOOK_EVERY_MS), run]);
      // The last look would be at a piece of a window.
      if (isOver) return await run;
      onSample(await sampler.look());
    }
  } finally {
    drive.stop();
  }
}

/** Milliseconds until everything had arrived, or nothing more was waited for. */
export async function drained(talk: Talk, withinMs = DRAINED_WITHIN_MS): Promise<number> {
  const began = performance.now();
  while (talk.open > 0 && performance.now() - began < withinMs) await pause(20);
  return performance.now() - began;
}
