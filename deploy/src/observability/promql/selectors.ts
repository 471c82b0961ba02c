import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A metric that an expression asks for. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export interface Reading {
  readonly selectors: readonly Selector[];
  /** Labels that the expression groups or joins by. */
  readonly groupedBy: readonly string[];
  /** The names of metrics of which a `histogram_quantile` is taken. */
  readonly quantilesOf: readonly string[];
}

export class NotPromQL extends Error {
  constructor(expression: string, at: number) {
    super(`not PromQL at character ${at}: ${expression.slice(0, at)}»${expression.slice(at)}`);
  }
}

/** Reads what an expression asks for. @throws NotPromQL */
export function readPromQL(expression: string): Reading {
  const selectors: Selector[] = [];
  const groupedBy: string[] = [];
  const quantilesOf: string[] = [];
  const textOf = (node: { from: number; to: number }) => expression.slice(node.from, node.to);
  parser.parse(expression).iterate({
    enter: ({ type, node }) => {
      if (type.isError) throw new NotPromQL(expression, node.from);
      if (node.name === 'VectorSelector')
        selectors.push({ metric: textOf(node.getChild('Identifier') ?? node), matchers: matchersIn(node, textOf) });
      if (node.name === 'GroupingLabels') groupedBy.push(...node.getChildren('LabelName').map(textOf));
      if (node.name === 'HistogramQuantile') quantilesOf.push(...metricsUnder(node.parent?.parent, textOf));
    },
  });
  return { selectors, groupedBy, quantilesOf };
}

function matchersIn(selector: SyntaxNode, textOf: (node: SyntaxNode) => string): Matcher[] {
  const all = selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return all.map((one) => ({
    label: textOf(one.getChild('LabelName')!),
    op: textOf(one.getChild('MatchOp')!) as Matcher['op'],
    value: JSON.parse(textOf(one.getChild('StringLiteral')!)) as string,
  }));
}

function metricsUnder(call: SyntaxNode | null | undefined, textOf: (node: SyntaxNode) => string): string[] {
  const names: string[] = [];
  call?.cursor().iterate((inner) => {
    if (inner.name === 'VectorSelector') names.push(textOf(inner.node.getChild('Identifier') ?? inner.node));
  });
  return names;
}
