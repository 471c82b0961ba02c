import { HOLD, plainSegment } from '@baton/crisp';
import type { SwitchName, Switches } from '../conversation.js';
import type { DeskCommand, FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { placeOf } from './answer.js';
import { obey } from './obey.js';

const COMMANDS: Readonly<Record<SwitchName, DeskCommand>> = {
  bot: { do: 'give-back', block: null },
  hold: { do: 'hold', forMs: HOLD.usual },
  why: { do: 'why' },
};

/** A segment that is back so soon after it acted was brought back by a reading of ours that was older than its removal (ms). */
const ECHO = 10_000;

/**
 * A segment that was not there before and is named in the settings acts like its command, once, and is taken off again, so that it can be
 * set again. The bot's category is a segment, too, and never a command.
 */
export function onSegmentsSet(ruling: Ruling, fact: FactOf<'segments-set'>): void {
  const { sessionId, at } = fact;
  const of = ruling.state.switches;
  const before: Switches = of?.sessionId === sessionId ? of : { sessionId, at: 0, on: [], actedAt: {} };
  if (at < before.at) return ruling.ignore('older-segments');
  const on = switchesOf(ruling, fact.segments);
  const isSame = on.length === before.on.length && on.every(({ name }) => before.on.includes(name));
  if (isSame) return ruling.ignore('other-segments');
  const news = on.filter(({ name }) => !before.on.includes(name));
  const acting = news.filter(({ name }) => at - (before.actedAt[name] ?? -Infinity) > ECHO);
  const actedAt = { ...before.actedAt, ...Object.fromEntries(acting.map(({ name }) => [name, at])) };
  ruling.change({ switches: { sessionId, at, on: on.map(({ name }) => name), actedAt } });
  const place = placeOf(ruling, fact);
  for (const { name } of acting) obey(ruling, { place, by: null, at, command: COMMANDS[name] });
  for (const { segment } of news) ruling.desk({ kind: 'drop-segment', ...place, segment });
}

/** The switches among these segments; one that is the name of the handover's category is none. */
function switchesOf({ policy, state }: Ruling, segments: readonly string[]): { name: SwitchName; segment: string }[] {
  const there = new Set(segments.map(plainSegment));
  const category = plainSegment(state.handover?.category ?? state.lastHandover?.category ?? '');
  return (['bot', 'hold', 'why'] as const).flatMap((name) => {
    const segment = plainSegment(policy.handover.commandSegments[name] ?? '');
    return segment !== '' && segment !== category && there.has(segment) ? [{ name, segment }] : [];
  });
}
