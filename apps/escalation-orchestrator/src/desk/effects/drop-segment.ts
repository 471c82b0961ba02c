import type { EffectKind } from '@baton/effects';
import { DeskRefusal } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** Takes a segment off that was set as a command. */
export function dropSegmentKind(_parts: DeskParts): EffectKind {
  return { perform: async () => ({ refused: DeskRefusal.noNotes }), findOut: async () => 'did-not-happen' };
}
