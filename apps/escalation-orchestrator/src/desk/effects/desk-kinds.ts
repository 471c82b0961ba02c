import type { EffectKind } from '@baton/effects';
import { sparing } from '../budget/sparing.js';
import { availabilityKind } from './ask-availability.js';
import { checkOperatorKind } from './check-operator.js';
import type { DeskParts } from './desk-parts.js';
import { dropSegmentKind } from './drop-segment.js';
import { followUpKind } from './open-follow-up.js';
import { briefingKind } from './post-briefing.js';
import { contactKind } from './set-contact.js';
import { markKind } from './mark-shown.js';
import { openSessionKind } from './open-session.js';
import { firstMessageKind, noteKind, visitorWordsKind } from './post-message.js';
import { stateKind } from './set-state.js';
import type { DeskWork } from '../../floor/actions.js';

/** How each kind of desk work is done in Crisp. */
export function deskKinds(parts: DeskParts): Record<DeskWork['kind'] | 'mark-shown', EffectKind> {
  return {
    'ask-availability': availabilityKind(parts),
    'open-session': openSessionKind(parts),
    'set-contact': contactKind(parts),
    'post-first-message': firstMessageKind(parts),
    'post-visitor-words': visitorWordsKind(parts),
    'post-note': sparing(parts, 'notes', noteKind(parts)),
    'post-briefing': sparing(parts, 'notes', briefingKind(parts)),
    'open-follow-up': followUpKind(parts),
    'drop-segment': dropSegmentKind(parts),
    'check-operator': checkOperatorKind(parts),
    'set-state': stateKind(parts),
    'mark-shown': sparing(parts, 'marks', markKind(parts)),
  };
}
