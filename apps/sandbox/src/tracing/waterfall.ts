import type { SeenSpan } from './otlp-spans.js';

const WIDTH = 36;

/** The spans of one trace as text, each under what caused it, the earliest first: offset and length in ms, and where in the whole they lie. */
export function waterfall(spans: readonly SeenSpan[]): string {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const began = Math.min(...spans.map(({ startedAt }) => startedAt));
  const whole = Math.max(...spans.map(({ endedAt }) => endedAt)) - began || 1;
  const rows: { label: string; span: SeenSpan }[] = [];
  const add = (span: SeenSpan, depth: number): void => {
    rows.push({ label: `${'  '.repeat(depth)}${span.name}`, span });
    for (const child of causedBy(spans, span)) add(child, depth + 1);
  };
  for (const root of inOrder(spans.filter(({ parentId }) => parentId === undefined || !ids.has(parentId)))) add(root, 0);
  const wide = Math.max(...rows.map(({ label }) => label.length));
  const service = Math.max(...rows.map(({ span }) => span.service.length));
  return rows
    .map(({ label, span }) => {
      const from = Math.floor(((span.startedAt - began) / whole) * WIDTH);
      const to = Math.max(from + 1, Math.ceil(((span.endedAt - began) / whole) * WIDTH));
      const bar = `${' '.repeat(from)}${'█'.repeat(to - from)}`.padEnd(WIDTH);
      const offset = (span.startedAt - began).toFixed(1).padStart(8);
      const length = (span.endedAt - span.startedAt).toFixed(1).padStart(8);
      return `${label.padEnd(wide)}  ${span.service.padEnd(service)} ${offset} ${length}  │${bar}│`;
    })
    .join('\n');
}

function causedBy(spans: readonly SeenSpan[], { spanId }: SeenSpan): SeenSpan[] {
  return inOrder(spans.filter(({ parentId }) => parentId === spanId));
}

function inOrder(spans: readonly SeenSpan[]): SeenSpan[] {
  return [...spans].sort((a, b) => a.startedAt - b.startedAt);
}
