import type { DocumentChange, DocumentVersion } from '@baton/control-api';

/** A place of a document as a person reads it: "Handover › Hours › Exceptions › 2026-12-24". */
export function placeWords(path: string): string {
  return partsOf(path)
    .map(({ text, isName }) => (isName ? nameWords(text) : text))
    .join(' › ');
}

/** `noAgentMessage` is "No agent message". */
export function nameWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Splits `a.b[c d].e`; what stands in brackets is somebody's own word. */
function partsOf(path: string): { text: string; isName: boolean }[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|([^.[\]]+)/g)].map(([, quoted, bracketed, name]) =>
    quoted !== undefined
      ? { text: JSON.parse(`"${quoted}"`) as string, isName: false }
      : { text: bracketed ?? name!, isName: name !== undefined && /^[a-z][A-Za-z]*$/.test(name) },
  );
}

const CAUSES: Readonly<Record<string, string>> = {
  created: 'Made',
  changed: 'Changed',
  deleted: 'Taken away',
  applied: 'Taken over from files',
  connected: 'Connected to Crisp',
  disconnected: 'Disconnected from Crisp',
  'secret-rotated': 'Web hook secret changed',
  'secret-ended': 'Old web hook secret ended',
  'key-created': 'Bot key made',
  'key-revoked': 'Bot key revoked',
  resealed: 'Secrets sealed with a new key',
};

/** Why there is a version, in words. */
export function causeWords({ cause, restored }: Pick<DocumentVersion, 'cause' | 'restored'>): string {
  if (cause === 'rolled-back') return restored === null ? 'Gone back' : `Gone back to version ${restored}`;
  return CAUSES[cause] ?? nameWords(cause.replaceAll('-', ' '));
}

/** Where something changed, in one line. */
export function whereWords(paths: readonly string[], more: number): string {
  const shown = paths.slice(0, 3).map(placeWords);
  const rest = more + paths.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

type Value = DocumentChange['before'];

/** A value of a change as people read it: texts as they are, the rest as an outline; secrets never. */
export function valueWords(value: Value): string {
  if (value === null || value === undefined) return '(nothing)';
  if (value === '') return '(empty)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  if (isMark(value)) return '(a secret)';
  if (Array.isArray(value)) return listWords(value);
  const lines = Object.entries(value).map(([name, inner]) => `${nameWords(name)}:${under(inner)}`);
  return lines.length === 0 ? '(nothing)' : lines.join('\n');
}

function listWords(list: readonly Value[]): string {
  if (list.length === 0) return '(none)';
  if (list.every((one) => typeof one !== 'object' || isMark(one))) return list.map(valueWords).join(', ');
  return list.map((one) => `– ${isFlat(one) ? valueWords(one).replaceAll('\n', ', ') : indented(valueWords(one)).trimStart()}`).join('\n');
}

const under = (value: Value): string => {
  const words = valueWords(value);
  return words.includes('\n') || words.startsWith('– ') || (typeof value === 'object' && !isShort(value))
    ? `\n${indented(words)}`
    : ` ${words}`;
};

const isShort = (value: Value): boolean =>
  Array.isArray(value) || isMark(value) || value === null || Object.keys(value as object).length === 0;
const isFlat = (value: Value): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((one) => typeof one !== 'object');
const indented = (words: string): string => words.replace(/^/gm, '   ');

function isMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && Object.keys(value).length === 1;
}
