import type { Fact } from '../floor/facts.js';
import type { Case } from './case.js';

/** What kind of fact a case is. */
export function factKindOf({ matter }: Case): Fact['kind'] {
  return matter.about === 'desk' ? deskFactKind(matter.event.kind) : matter.fact.kind;
}

/** What kind of fact something at Crisp becomes, where it becomes one. */
export function deskFactKind(kind: Extract<Case['matter'], { about: 'desk' }>['event']['kind']): Fact['kind'] {
  switch (kind) {
    case 'agent-message':
      return 'agent-wrote';
    case 'visitor-message':
      return 'visitor-wrote-at-desk';
    case 'edited':
      return 'agent-edited';
    case 'removed':
      return 'agent-removed';
    case 'state':
      return 'desk-state';
    case 'taken':
      return 'desk-taken';
    case 'rated':
      return 'rated-at-desk';
    case 'session-removed':
      return 'desk-removed';
    case 'command':
      return 'agent-commanded';
    case 'segments':
      return 'segments-set';
  }
}
