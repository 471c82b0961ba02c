import { describe, expect, it } from '@jest/globals';
import { ROLES, SCOPES } from '@baton/control-api';
import type { Access, Role, Scope } from '@baton/control-api';
import { roleIn, whyNot } from './caller.js';
import type { Caller } from './caller.js';

const anyone: Caller = { author: { kind: 'person', id: 'p', name: 'Eva' }, administrator: false, roles: new Map(), scopes: 'all' };
const member = (role: Role): Caller => ({ ...anyone, roles: new Map([['shop', role]]) });
const key = (role: Role, ...scopes: Scope[]): Caller => ({
  ...member(role),
  author: { kind: 'api-key', id: 'k', name: 'CI' },
  scopes: new Set(scopes),
});
const administrator: Caller = { ...anyone, administrator: true };
const needs = (role: Role, scope: Scope = 'bots'): Access => ({ to: 'workspace', role, scope });

describe('who may call', () => {
  it.each<[string, Access, Caller | undefined, string | undefined]>([
    ['anyone what is for anyone', { to: 'anyone' }, undefined, undefined],
    ['no stranger what is for people', { to: 'signed-in' }, undefined, 'not-signed-in'],
    ['everybody with an account what is for people', { to: 'signed-in' }, anyone, undefined],
    ['no owner what is for the installation', { to: 'installation' }, member('owner'), 'not-allowed'],
    ['administrators what is for the installation', { to: 'installation' }, administrator, undefined],
    ['administrators everything in every workspace', needs('owner'), administrator, undefined],
    ['no stranger anything in a workspace', needs('viewer'), undefined, 'not-signed-in'],
    ['keys their parts', needs('editor', 'knowledge'), key('editor', 'knowledge'), undefined],
    ['keys no other parts', needs('editor', 'bots'), key('owner', 'knowledge'), 'not-allowed'],
    ['keys no more than their role', needs('owner', 'bots'), key('editor', ...SCOPES), 'not-allowed'],
  ])('%s', (_, access, caller, problem) => {
    expect(whyNot(access, caller, 'shop')).toBe(problem);
  });

  it('each role may what those before it may, and nothing elsewhere', () => {
    for (const [has, role] of ROLES.entries())
      for (const [wanted, least] of ROLES.entries()) {
        expect(whyNot(needs(least), member(role), 'shop')).toBe(has >= wanted ? undefined : 'not-allowed');
        expect(whyNot(needs(least), member(role), 'bank')).toBe('not-found');
        expect(whyNot(needs(least), key(role, ...SCOPES), 'bank')).toBe('not-found');
        expect(whyNot(needs(least), member(role), undefined)).toBe('not-found');
      }
    expect(roleIn(member('viewer'), 'bank')).toBeUndefined();
  });
});
