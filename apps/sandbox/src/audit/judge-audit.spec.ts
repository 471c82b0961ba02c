import { expect, it } from '@jest/globals';
import { judgeAudit } from './judge-audit.js';

const holes = (...severities: string[]) =>
  JSON.stringify({
    vulnerabilities: Object.fromEntries(severities.map((severity, n) => [`p${n}`, { severity, range: '<2', fixAvailable: true }])),
  });

it.each<[string, string, string, boolean, number]>([
  ['no holes are good', holes(), 'high', true, 0],
  ['smaller ones than asked for are told', holes('low', 'moderate'), 'high', true, 0],
  ['one of the level fails', holes('low', 'high'), 'high', true, 1],
  ['a graver one fails', holes('critical'), 'high', false, 1],
  ['silence is told', '', 'high', false, 0],
  ['silence fails where an answer is needed', '{"message":"404 Not Found","error":{}}', 'high', true, 69],
])('%s', (_what, output, level, needed, code) => {
  const judged = judgeAudit(output, level, needed);
  expect([judged.code, judged.sentences.length > 0]).toEqual([code, true]);
});
