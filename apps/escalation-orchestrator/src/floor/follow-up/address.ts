import type { UserData } from '@baton/contracts';

/** The longest address that mail is sent to (RFC 5321). */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

const CANDIDATE = /[^\s@<>()[\]"“”„«»,;:]+@[^\s@<>()[\]"“”„«»,;:]+/gu;
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const LAST_LABEL = /^(?:xn--[a-z0-9-]+|[\p{L}\p{M}]{2,63})$/iu;

/** Whether mail could be sent there: the shape only, with domains of any script; that somebody reads it nobody can tell. */
export function isAddress(text: string): boolean {
  if (text.length > LONGEST) return false;
  const [local, domain, ...more] = text.split('@');
  if (local === undefined || domain === undefined || more.length > 0) return false;
  const labels = domain.split('.');
  return (
    local.length <= LONGEST_LOCAL &&
    LOCAL.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    LAST_LABEL.test(labels.at(-1)!)
  );
}

/** The one address in what somebody wrote, as in `my mail is x@y.example.`; null when there is none, or more than one. */
export function addressIn(text: string): string | null {
  const found = new Set<string>();
  for (const [candidate] of text.slice(0, 4_000).matchAll(CANDIDATE)) {
    const address = candidate.replace(/^['’*_]+|[.!?'’*_…]+$/gu, '');
    if (isAddress(address)) found.add(address);
  }
  return found.size === 1 ? [...found][0]! : null;
}

/** The address that is known of a visitor; null when none is that mail could be sent to. */
export function addressOf(userData: UserData): string | null {
  const known = userData['email'];
  return typeof known === 'string' && isAddress(known.trim()) ? known.trim() : null;
}
