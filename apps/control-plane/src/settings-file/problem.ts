import { isMap, isNode, isScalar } from 'yaml';
import type { Document, LineCounter, Node } from 'yaml';
import type { z } from 'zod';

export type Path = readonly PropertyKey[];

/** Something wrong at a place of a file; lines and columns count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  /** The field, such as `bots[0].handover.firstMessage`; empty when the file as a whole is meant. */
  readonly field: string;
  readonly message: string;
}

/** As editors and people read it: `bots.yaml:14:7 bots[0].handover.firstMessage must contain {link}`. */
export function sentence(file: string, { line, column, field, message }: Problem): string {
  return [`${file}:${line}:${column}`, ...(field ? [field] : []), message].join(' ');
}

/** Finds the places of fields in a parsed file. */
export class Places {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** The field's value; where it is missing, what it is missing from. */
  problem(path: Path, message: string): Problem {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? this.document.contents : this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.at(node.range[0], path, message);
    }
    return this.at(0, path, message);
  }

  /** The field's name. */
  problemOfName(path: Path, message: string): Problem {
    const parent = path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(path.at(-1))) : undefined;
    const range = (pair?.key as Node | undefined)?.range;
    return range ? this.at(range[0], path, message) : this.problem(path, message);
  }

  at(offset: number, path: Path, message: string): Problem {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), field: fieldName(path), message };
  }
}

/** What the schema found, in words that follow the field's name. */
export function issueProblems(issues: readonly z.core.$ZodIssue[], places: Places, under: Path = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      // Of the forms that would be right, the one that was probably meant got furthest.
      const meant = issue.errors.reduce((a, b) => (depth(b) > depth(a) ? b : a));
      if (depth(meant) > 0) return issueProblems(meant, places, path);
      return [places.problem(path, 'has none of the forms that are allowed here')];
    }
    if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => places.problemOfName([...path, name], UNKNOWN));
    return [places.problem(path, inWords(issue))];
  });
}

export const UNKNOWN = 'is not known here';

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return issue.message.endsWith('received undefined') ? 'is missing' : `must be of type ${issue.expected}`;
  return issue.message.startsWith('must ') ? issue.message : `is wrong: ${issue.message}`;
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function fieldName(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`)).join('');
}
