import type { Passage } from '@baton/knowledge';
import type { Receipt } from '../../receipts/receipt.js';

/** Sources told at most. */
const SOURCES = 5;

const KINDS: Readonly<Record<Receipt['kind'], string>> = {
  answer: 'It answered.',
  unknown: 'It said that it does not know.',
  human: 'It asked for a human.',
  courtesy: 'It answered a greeting, thanks or a goodbye: nothing was looked up.',
  trouble: 'Something of ours failed, and it said so.',
  'quota-end': 'The answers of the plan are used up.',
};

const STATES: Readonly<Record<Receipt['state'], string>> = {
  planned: 'It is on its way to the visitor.',
  posted: 'The visitor has it.',
  dropped: 'It was not said',
  suggested: 'It was suggested here, the visitor did not see it.',
  shadow: 'It was recorded only (shadow mode), nobody saw it.',
  failed: 'It could not be brought to the visitor',
};

/** How the last answer came to be, in plain words for agents. */
export function whyText(receipt: Receipt | undefined): string {
  if (!receipt) return 'There is no answer of the assistant in this conversation yet.';
  const { trace } = receipt;
  const ended = STATES[receipt.state];
  const lines = [`${KINDS[receipt.kind]} ${ended}${ended.endsWith('.') ? '' : `${receipt.why === undefined ? '' : ` (${receipt.why})`}.`}`];
  if (trace) {
    if (trace.by === 'model') lines.push(`Written by the model ${trace.model ?? 'without a name'} from the passages below.`);
    if (trace.by === 'extract') lines.push('Word for word from the best passage.');
    if (trace.passages.length > 0 || trace.verdicts.length > 0)
      lines.push(`Support ${percent(trace.support)}, needed ${percent(trace.threshold)}.`);
    const cited = new Set(receipt.citations.map(({ chunkId }) => chunkId));
    if (trace.passages.length > 0)
      lines.push('Sources:', ...trace.passages.slice(0, SOURCES).map((passage) => sourceLine(passage, cited.has(passage.chunkId))));
    const held = trace.verdicts.filter(({ passed, rule }) => !passed && rule !== 'support');
    if (held.length > 0)
      lines.push(`Held back by: ${held.map(({ rule, detail }) => (detail === undefined ? rule : `${rule} (${detail})`)).join(', ')}.`);
    lines.push(`Took ${Math.round(trace.ms.total)} ms.`);
  }
  lines.push(receipt.quotaEntryId === null ? 'Not counted against the plan.' : `Quota entry ${receipt.quotaEntryId}.`);
  lines.push(`Receipt ${receipt.answerId}.`);
  return lines.join('\n');
}

function sourceLine(passage: Passage, isCited: boolean): string {
  const title = [passage.sourceTitle, ...passage.titlePath.filter((part) => part !== passage.sourceTitle)].join(' › ');
  const where = passage.url === undefined ? '' : ` ${passage.url}`;
  return `${isCited ? '•' : '◦'} ${title} (version ${passage.sourceVersion}, ${percent(passage.scores.fused)})${where}${isCited ? '' : ' – not used'}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
