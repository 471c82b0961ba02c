import type { DocumentChange, PlannedDocument } from '@baton/control-api';

/** Makes a text stand out on a terminal; leaves it as it is elsewhere. */
export interface Colours {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly changed: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const asIs = (text: string) => text;
export const COLOURS: Colours = { added: paint(32), removed: paint(31), changed: paint(33), quiet: paint(2) };
export const NO_COLOURS: Colours = { added: asIs, removed: asIs, changed: asIs, quiet: asIs };

export interface PlannedWorkspace {
  readonly workspaceId: string;
  readonly documents: readonly PlannedDocument[];
}

const LONGEST = 100;
const SIGNS = { create: '+', change: '~', delete: '-', none: ' ' } as const;
const FIELD_SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** A plan for people: each document that would become another one, field by field. */
export function planInWords(workspaces: readonly PlannedWorkspace[], colours: Colours): string {
  const lines = workspaces.flatMap(({ workspaceId, documents }) => {
    const touched = documents.filter(({ action }) => action !== 'none');
    if (touched.length === 0) return [];
    return [`Workspace ${workspaceId}`, ...touched.flatMap((document) => documentInWords(document, colours)), ''];
  });
  return [...lines, summaryOf(workspaces)].join('\n');
}

/** How much a plan would do, in one line. */
export function summaryOf(workspaces: readonly PlannedWorkspace[]): string {
  const documents = workspaces.flatMap((one) => one.documents);
  const count = (action: PlannedDocument['action']) => documents.filter((one) => one.action === action).length;
  const [created, changed, deleted] = [count('create'), count('change'), count('delete')];
  if (created + changed + deleted === 0) return 'Everything is as the file says.';
  return `${created} to create, ${changed} to change, ${deleted} to take away, ${count('none')} as they should be.`;
}

export const isAsWanted = (workspaces: readonly PlannedWorkspace[]): boolean =>
  workspaces.every(({ documents }) => documents.every(({ action }) => action === 'none'));

function documentInWords({ document, action, changes }: PlannedDocument, colours: Colours): string[] {
  const colour = { create: colours.added, change: colours.changed, delete: colours.removed, none: colours.quiet }[action];
  const head = colour(`  ${SIGNS[action]} ${document.replace(':', ' ')}`);
  return action === 'delete' ? [head] : [head, ...changes.map((change) => changeInWords(change, colours))];
}

function changeInWords(change: DocumentChange, colours: Colours): string {
  const { path, kind } = change;
  return colours[kind](`      ${FIELD_SIGNS[kind]} ${path || '(all of it)'}: ${whatChanges(change)}`);
}

function whatChanges({ kind, before, after, secret }: DocumentChange): string {
  if (secret) return kind === 'changed' ? '(another secret)' : '(a secret)';
  if (kind === 'changed') return `${short(before)} → ${short(after)}`;
  return short(kind === 'added' ? after : before);
}

function short(value: unknown): string {
  const text = JSON.stringify(withoutMarks(value)) ?? 'nothing';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`;
}

/** Marks of secrets say nothing to people. */
function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value);
  if (fields.length === 1 && fields[0]![0] === 'fingerprint') return '(a secret)';
  return Object.fromEntries(fields.map(([name, inner]) => [name, withoutMarks(inner)]));
}
