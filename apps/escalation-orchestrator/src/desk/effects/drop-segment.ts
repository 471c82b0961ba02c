import type { EffectKind } from '@baton/effects';
import { inSession, taskOf } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** Takes a segment off that was set as a command; those of agents and of the bot stay. */
export function dropSegmentKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'drop-segment'>(effect);
      return inSession(parts, task, async (client, at) => {
        await client.removeSegments(at, [task.segment], { signal });
        return { done: null };
      });
    },
    findOut: async () => 'did-not-happen',
  };
}
