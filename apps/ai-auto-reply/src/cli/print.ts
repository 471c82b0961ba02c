import type { ShownSource } from './knowledge-client.js';

/** One line for each source. */
export function tableOf(sources: readonly ShownSource[]): string {
  const rows = sources.map((source) => [
    source.id,
    source.enabled ? source.state : `${source.state}, off`,
    source.kind,
    `${source.progress.chunks} chunks`,
    source.problemCount === 0 ? '' : problemsOf(source.problemCount),
    source.title,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** All that is known of one source. */
export function detailsOf(source: ShownSource): string {
  const { id, title, kind, url, fileName, enabled, state, progress, version, everyHours, dueAt, takenInAt } = source;
  const lines: [string, string | null][] = [
    ['id', id],
    ['title', title],
    ['kind', fileName === null ? kind : `${kind} ${fileName}`],
    ['address', url],
    ['state', enabled ? state : `${state}, switched off`],
    ['knows', `${progress.chunks} chunks, version ${version}`],
    ['pages', progress.pagesTotal > 1 ? `${progress.pagesDone} of ${progress.pagesTotal}` : null],
    ['taken in', takenInAt],
    ['again', everyHours === null ? null : `every ${everyHours} hours${dueAt === null ? '' : `, next ${dueAt}`}`],
  ];
  const told = lines.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(10)}${value}`]));
  return [...told, ...problemLines(source)].join('\n');
}

/** What went wrong, as far as the service tells. */
export function problemLines({ problems, problemCount }: ShownSource): string[] {
  const lines = problems.map(({ where, code }) => `  ${code}  ${where}`);
  const more = problemCount - problems.length;
  return problemCount === 0 ? [] : [`${problemsOf(problemCount)}:`, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** How far a source is. */
export function progressOf({ title, state, progress: { pagesDone, pagesTotal } }: ShownSource): string {
  if (state === 'queued') return `${title}: waits for its turn`;
  return `${title}: ${pagesTotal > 1 ? `${pagesDone} of ${pagesTotal} pages` : 'is being read'}`;
}

export function endOf(source: ShownSource): string {
  const { title, state, progress } = source;
  const told = {
    ready: 'is known',
    partial: 'is known in part',
    failed: 'could not be taken in',
    queued: 'waits',
    running: 'is being read',
  }[state];
  return [`${title}: ${told}, ${progress.chunks} chunks`, ...problemLines(source)].join('\n');
}

interface ShownAnswer {
  readonly kind: string;
  readonly reason?: string;
  readonly text: string;
  readonly note?: string;
  readonly citations?: readonly { readonly title: string; readonly url?: string; readonly sourceVersion: number }[];
  readonly trace: {
    readonly question: string;
    readonly language: string;
    readonly support: number;
    readonly threshold: number;
    readonly by: string;
    readonly model?: string;
    readonly ms: { readonly retrieve: number; readonly model: number; readonly total: number };
    readonly verdicts: readonly { readonly rule: string; readonly passed: boolean; readonly detail?: string }[];
    readonly passages: readonly {
      readonly sourceTitle: string;
      readonly titlePath: readonly string[];
      readonly question?: string;
      readonly text: string;
      readonly scores: { readonly lexical?: number; readonly dense?: number; readonly fused: number };
    }[];
  };
}

/** An answer, what it rests on and why it is as it is. */
export function answerOf(shown: unknown): string {
  const { kind, reason, text, note, citations = [], trace } = shown as ShownAnswer;
  const score = (value: number | undefined): string => (value === undefined ? '  –  ' : value.toFixed(3));
  return [
    text,
    '',
    `${kind}${reason ? ` (${reason})` : ''}, by ${trace.model ?? trace.by}, in ${trace.language}: support ${score(trace.support)}, needed ${score(trace.threshold)}`,
    `looked up as: ${trace.question}`,
    `took ${Math.round(trace.ms.total)} ms (${Math.round(trace.ms.retrieve)} to find, ${Math.round(trace.ms.model)} by the model)`,
    ...citations.map(({ title, url, sourceVersion }) => `cites: ${title}${url ? ` ${url}` : ''}, version ${sourceVersion}`),
    ...trace.verdicts.map(({ rule, passed, detail }) => `${passed ? 'passed' : 'FAILED'}: ${rule}${detail ? `: ${detail}` : ''}`),
    ...(note ? [`note to the agent: ${note}`] : []),
    ...(trace.passages.length > 0 ? ['', 'fused  words  meaning'] : []),
    ...trace.passages.map(
      ({ scores, sourceTitle, titlePath, question, text: passage }) =>
        `${score(scores.fused)}  ${score(scores.lexical)}  ${score(scores.dense)}  ${placeOf(sourceTitle, titlePath)}: ${shortened(question ?? passage)}`,
    ),
  ].join('\n');
}

const placeOf = (source: string, path: readonly string[]): string => (path[0] === source ? path : [source, ...path]).join(' › ');
const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text).replace(/\s+/g, ' ');
const problemsOf = (count: number): string => (count === 1 ? '1 problem' : `${count} problems`);
