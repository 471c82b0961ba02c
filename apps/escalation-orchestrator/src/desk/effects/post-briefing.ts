import type { EffectKind } from '@baton/effects';
import { DeskRefusal } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** What the agent should know at the beginning. */
export function briefingKind(_parts: DeskParts): EffectKind {
  return { perform: async () => ({ refused: DeskRefusal.noNotes }), findOut: async () => 'did-not-happen' };
}
