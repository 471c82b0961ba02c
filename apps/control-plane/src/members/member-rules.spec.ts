import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@baton/control-api';
import fc from 'fast-check';
import { keepsAnOwner, mayLetIn } from './member-rules.js';

describe('a workspace', () => {
  const anna = { personId: 'anna', role: 'owner' } as const;
  const ben = { personId: 'ben', role: 'editor' } as const;
  const two = [anna, { ...ben, role: 'owner' as const }];
  it.each([
    ['keeps its last owner when he would leave', [anna, ben], 'anna', undefined, false],
    ['keeps its last owner when he would be less', [anna, ben], 'anna', 'editor', false],
    ['lets one of two owners go', two, 'anna', undefined, true],
    ['lets others go', [anna, ben], 'ben', undefined, true],
    ['lets its owner stay one', [anna], 'anna', 'owner', true],
    ['without owners can lose members', [ben], 'ben', undefined, true],
  ] as const)('%s', (_, members, personId, to, may) => {
    expect(keepsAnOwner(members, personId, to)).toBe(may);
  });

  it('never loses its last owner, whatever is tried in whatever order', () => {
    const people = ['a', 'b', 'c', 'd'];
    const change = fc.record({ personId: fc.constantFrom(...people), to: fc.option(fc.constantFrom(...ROLES), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const members = new Map(people.map((personId, i) => [personId, ROLES[i % 3]!]));
        for (const { personId, to } of changes) {
          if (!members.has(personId)) continue;
          if (
            !keepsAnOwner(
              [...members].map(([id, role]) => ({ personId: id, role })),
              personId,
              to,
            )
          )
            continue;
          if (to) members.set(personId, to);
          else members.delete(personId);
        }
        expect([...members.values()]).toContain('owner');
      }),
    );
  });
});

describe('a link that lets somebody in', () => {
  const plain = { administrator: false, hasIdentity: false, workspaces: ['shop'] };
  it.each([
    ['opens what its maker has anyway', plain, ['shop', 'garden'], true],
    ['is made for who is nowhere', { ...plain, workspaces: [] }, ['shop'], true],
    ['opens no workspace that its maker does not own', { ...plain, workspaces: ['shop', 'bank'] }, ['shop'], false],
    ['makes nobody an administrator', { ...plain, administrator: true }, ['shop'], false],
    ['goes around no sign-in service', { ...plain, hasIdentity: true }, ['shop'], false],
  ])('%s', (_, person, owned, may) => {
    expect(mayLetIn(person, new Set(owned))).toBe(may);
    expect(mayLetIn(person, 'all')).toBe(true);
  });
});
