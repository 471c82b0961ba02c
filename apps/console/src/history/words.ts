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

/** A value of a change as it is shown: texts as they are, anything else as JSON, secrets never. */
export function valueWords(value: DocumentChange['before']): string {
  if (value === '') return '(empty)';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value) && value.length === 0) return '(none)';
  return JSON.stringify(value, (_, inner: unknown) => (isMark(inner) ? '(a secret)' : inner), 2);
}

function isMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && Object.keys(value).length === 1;
}
