import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TOPIC_TABLE } from './topic-table.js';
import type { TopicRow } from './topic-table.js';

const PAGE = readFileSync(new URL('../../../../docs/operations/kafka.md', import.meta.url), 'utf8');

/** A topic as the page for operators shows it. */
function line({ name, says, key, partitions, kept, writers, readers, followers }: TopicRow): string {
  const days = kept === 'words' ? '`TOPIC_RETENTION_DAYS`' : kept === 'compacted' ? 'the last of each key' : `${kept} days`;
  const groups = [...readers.map(({ group }) => `\`${group}\``), ...(followers.length > 0 ? [`followed by ${followers.join(', ')}`] : [])];
  const cells = [`\`${name}\``, says, key, partitions === 'many' ? 'many' : '1', days, writers.join(', '), groups.join(', ') || 'yours'];
  return `| ${cells.join(' | ')} |`;
}

describe('the page about Kafka', () => {
  it('shows the topics as they are', () => {
    const shown = PAGE.split('\n').filter((one) => TOPIC_TABLE.some(({ name }) => one.startsWith(`| \`${name}\` |`)));
    expect(shown).toEqual(TOPIC_TABLE.map(line));
  });
});
