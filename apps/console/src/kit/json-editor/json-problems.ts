import type { BotMessageSchema } from '@baton/contracts';
import { pointerTo, readJson } from './read-json.js';
import type { Place, ReadJson } from './read-json.js';

/** Something wrong in a JSON text; lines count from 1. */
export interface JsonProblem extends Place {
  readonly line: number;
  readonly message: string;
}

export type CheckedJson<T> = { readonly value: T } | { readonly problems: readonly JsonProblem[] };

/** As the contracts' schemas tell what is wrong. */
type Issue = NonNullable<ReturnType<typeof BotMessageSchema.safeParse>['error']>['issues'][number];

/** A schema that refuses fields it does not know. */
export interface StrictSchema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { readonly issues: readonly Issue[] } };
}

/** The value of a JSON text by a schema; or everything that is wrong with it, each at its place, from the top down. */
export function checkJson<T>(text: string, schema: StrictSchema<T>): CheckedJson<T> {
  const read = readJson(text);
  const at = (place: Place, message: string): JsonProblem => ({ ...place, line: lineOf(text, place.from), message });
  if ('wrong' in read) return { problems: [at(read.wrong.place, read.wrong.message)] };
  const parsed = schema.safeParse(read.value);
  const problems = [
    ...read.repeated.map((pointer) => at(read.names.get(pointer)!, `"${nameIn(pointer)}" is there twice.`)),
    ...(parsed.success ? [] : parsed.error.issues).flatMap((issue) => told(issue, read).map(({ place, message }) => at(place, message))),
  ].sort((a, b) => a.from - b.from);
  return parsed.success && problems.length === 0 ? { value: parsed.data } : { problems };
}

type Read = Exclude<ReadJson, { wrong: unknown }>;

/** The field's own place; where it is missing, of what it is missing from. */
function placeOf({ places }: Read, path: readonly PropertyKey[]): Place {
  for (let length = path.length; length >= 0; length--) {
    const place = places.get(path.slice(0, length).reduce<string>(pointerTo, ''));
    if (!place) continue;
    // Of something that lacks a field only its beginning is marked.
    return length < path.length ? { from: place.from, to: place.from + 1 } : place;
  }
  return { from: 0, to: 1 };
}

function told(issue: Issue, read: Read): { readonly place: Place; readonly message: string }[] {
  if (issue.code !== 'unrecognized_keys') return [{ place: placeOf(read, issue.path), message: inWords(issue) }];
  const within = issue.path.reduce<string>(pointerTo, '');
  return issue.keys.map((name) => ({ place: read.names.get(pointerTo(within, name))!, message: `"${name}" is not known here.` }));
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in double quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

function inWords(issue: Issue): string {
  const name = issue.path.length === 0 ? 'The message' : nameOf(issue.path);
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined')) return `${name} is missing.`;
      return `${name} must be ${TYPES[issue.expected] ?? issue.expected}.`;
    case 'too_small':
      return issue.minimum === 1 ? `${name} must not be empty.` : `${name} needs at least ${issue.minimum}.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `${name} is longer than ${Number(issue.maximum).toLocaleString('en')} characters.`
        : `${name} has more than ${issue.maximum} entries.`;
    case 'invalid_value':
      return `${name} must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
    default:
      return `${name} ${issue.message.startsWith('must ') ? issue.message : `is wrong: ${issue.message}`}.`;
  }
}

/** The last name of a path, with the number of the entry it is in. */
function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `Entry ${last + 1} of "${String(path.at(-2) ?? '')}"` : `"${String(last)}"`;
}

function nameIn(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) if (text[at] === '\n') line += 1;
  return line;
}
