import { CrispError } from './crisp-error.js';

const WEBSITE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Bounded and safe in a path; that it is a UUID behind the prefix is Crisp's affair. */
const SESSION_ID = /^session_[A-Za-z0-9-]{1,64}$/;
const PERSON_ID = /^[A-Za-z0-9-]{1,64}$/;
const EMAIL = /^[^\s@/\\]{1,64}@[^\s@/\\]{1,255}$/;

/**
 * The package joins path segments as they are: an id such as `../..` would reach another route. So nothing becomes a segment
 * before one of these let it through.
 */
export function websiteSegment(id: string): string {
  return WEBSITE_ID.test(id) ? id : refuse('a website id');
}

export function sessionSegment(id: string): string {
  return SESSION_ID.test(id) ? id : refuse('a session id');
}

export function fingerprintSegment(fingerprint: number): number {
  return Number.isSafeInteger(fingerprint) ? fingerprint : refuse('a fingerprint');
}

/** A person is named by id, or by an e-mail address, which is encoded. */
export function personSegment(idOrEmail: string): string {
  if (PERSON_ID.test(idOrEmail)) return idOrEmail;
  return EMAIL.test(idOrEmail) ? encodeURIComponent(idOrEmail) : refuse('a person id or e-mail address');
}

function refuse(what: string): never {
  throw new CrispError({ code: 'crisp.refused', detail: `not ${what}`, mayHaveHappened: false });
}
