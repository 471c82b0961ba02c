import { describe, expect, it } from '@jest/globals';
import type { PlannedDocument } from '@baton/control-api';
import { COLOURS, isAsWanted, NO_COLOURS, planInWords } from './show-plan.js';

const document = (id: string, action: PlannedDocument['action'], changes: PlannedDocument['changes'] = []): PlannedDocument => ({
  ...{ document: id, action, version: 3, changes, problems: [] },
});

const acme = {
  workspaceId: 'acme',
  documents: [
    document('bot:demo', 'change', [
      { path: 'name', kind: 'changed', before: 'Demo', after: 'Juniper' },
      { path: 'handover.rules.words[0]', kind: 'added', after: 'agent' },
      { path: 'messenger', kind: 'removed', before: { pageId: '1', pageToken: { fingerprint: '0123456789ab' } } },
      { path: 'crisp.tokenKey', kind: 'changed', secret: true },
    ]),
    document('bot:new', 'create', [{ path: '', kind: 'added', after: { name: 'x'.repeat(200) } }]),
    document('bot:old', 'delete', [{ path: '', kind: 'removed', before: {} }]),
    document('workspace:acme', 'none'),
  ],
};

describe('a plan', () => {
  it('is read line by line, and never shows a secret', () => {
    expect(planInWords([acme], NO_COLOURS).split('\n')).toEqual([
      'Workspace acme',
      '  ~ bot demo',
      '      ~ name: "Demo" → "Juniper"',
      '      + handover.rules.words[0]: "agent"',
      '      - messenger: {"pageId":"1","pageToken":"(a secret)"}',
      '      ~ crisp.tokenKey: (another secret)',
      '  + bot new',
      `      + (all of it): {"name":"${'x'.repeat(90)}…`,
      '  - bot old',
      '',
      '1 to create, 1 to change, 1 to take away, 1 as they should be.',
    ]);
  });

  it('has colours where there is a terminal', () => {
    expect(planInWords([acme], COLOURS)).toContain('\u001b[32m  + bot new\u001b[0m');
  });

  it('of nothing says so', () => {
    const same = [{ workspaceId: 'acme', documents: [document('bot:demo', 'none')] }];
    expect([planInWords(same, NO_COLOURS), isAsWanted(same), isAsWanted([acme])]).toEqual(['Everything is as the file says.', true, false]);
  });
});
