import type { EffectKind } from '@baton/effects';
import { DeskRefusal } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** Opens a conversation for an answer by e-mail. */
export function followUpKind(_parts: DeskParts): EffectKind {
  return { perform: async () => ({ refused: DeskRefusal.noNotes }), findOut: async () => 'did-not-happen' };
}
