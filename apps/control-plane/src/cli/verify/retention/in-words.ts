import { worstOf } from './finding.js';
import type { Finding, Verdict } from './finding.js';

const MARK: Readonly<Record<Verdict, string>> = { within: 'ok', overstays: 'OVER', notice: 'note', kept: 'kept', unseen: '?' };
const TITLES = {
  topics: 'Topics. Kafka deletes whole segments, so that a record may wait for those behind it.',
  rows: 'Tables, what is forgotten by age.',
  conversations: 'Conversations, as long as each workspace keeps them.',
} as const;

/** Everything that was looked at, a line each with what to do behind it, and what it comes to. */
export function findingsInWords(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = (Object.keys(TITLES) as (keyof typeof TITLES)[]).flatMap((part) => {
    const of = findings.filter((finding) => finding.part === part);
    if (of.length === 0) return [];
    return [TITLES[part], ...of.flatMap((finding) => inWords(finding, width)), ''];
  });
  return [...lines, summary(findings)].join('\n');
}

function inWords({ name, verdict, says, todo }: Finding, width: number): string[] {
  const line = `  ${MARK[verdict].padEnd(4)}  ${name.padEnd(width)}  ${says}`;
  return todo === undefined ? [line] : [line, `${' '.repeat(8)}→ ${todo}`];
}

function summary(findings: readonly Finding[]): string {
  const names = (verdict: Verdict): string[] => [
    ...new Set(findings.filter((finding) => finding.verdict === verdict).map(({ name }) => name)),
  ];
  const [over, unseen] = [names('overstays'), names('unseen')];
  const notLookedAt = unseen.length > 0 ? ` Not looked at: ${some(unseen)}.` : '';
  switch (worstOf(findings)) {
    case 'overstays':
      return `Kept too long: ${some(over)}.${notLookedAt}`;
    case 'unseen':
      return `Nothing was found that is kept too long, but not all was seen.${notLookedAt || ' Nothing has a limit here.'}`;
    case 'within':
      return `All ${findings.filter(({ verdict }) => verdict === 'within').length} limits are kept.`;
  }
}

const MOST = 5;
const some = (names: readonly string[]): string =>
  `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ` and ${names.length - MOST} more` : ''}`;
