import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { doorsTable } from '@baton/telemetry';
import { houseRules, SHOWN_DOORS } from './doors.js';

const PAGE = new URL('../../../../docs/operations/doors.md', import.meta.url);

it('the table of all doors, as operators read it, says what holds', () => {
  expect(readFileSync(PAGE, 'utf8')).toContain(doorsTable(SHOWN_DOORS, houseRules(50)));
});
