import { safeParse } from '@baton/contracts';
import type { SecretPurpose } from '@baton/contracts';
import { ShownSecretSchema } from '@baton/control-api';
import { keepSealed, purposeOf, seal, sealedIn } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import { pointerOf, refusalOf } from '../api/field-errors.js';
import type { FieldError } from '../api/field-errors.js';
import { fingerprintOf } from './secrets.js';

export interface GivenSecrets {
  /** To which the secrets are bound. */
  readonly settingId: string;
  /** What holds now, secrets sealed: marks mean secrets of it. */
  readonly before: object | null | undefined;
  /** Where secrets stand, as `crisp.tokenKey` or, for a list of them, `crisp.hookSecrets`, and whose they are. */
  readonly purposes: Readonly<Record<string, SecretPurpose>>;
  readonly keys: Required<SecretKeys>;
}

/**
 * A document that was given with secrets in clear or marks of those to keep: all sealed. A secret that is the same as before keeps its
 * sealed form, however it was given.
 * @throws ApiRefusal with every mark that means no secret of it
 */
export function withSealedSecrets(given: unknown, o: GivenSecrets): unknown {
  const errors: FieldError[] = [];
  const kept = new Map(sealedIn(o.before).map((sealed) => [fingerprintOf(sealed), sealed]));

  const secret = (value: unknown, purpose: SecretPurpose, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') return seal({ purpose, settingId: o.settingId }, o.keys[purpose], value);
    const mark = safeParse(ShownSecretSchema, value);
    const sealed = mark.success ? kept.get(mark.data.fingerprint) : undefined;
    if (sealed !== undefined && purposeOf(sealed) === purpose) return sealed;
    errors.push({ pointer: pointerOf(path), message: 'is no secret of this one (any more): load it again, or give the secret itself' });
    return value;
  };
  const within = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (Array.isArray(value)) return value.map((inner, i) => within(inner, [...path, i]));
    const place = path.filter((part) => typeof part === 'string').join('.');
    const purpose = Object.hasOwn(o.purposes, place) ? o.purposes[place] : undefined;
    if (purpose !== undefined && isSecret(value)) return secret(value, purpose, path);
    if (typeof value === 'string' && purposeOf(value) !== undefined)
      errors.push({ pointer: pointerOf(path), message: 'must not have the form of a sealed secret' });
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner, [...path, key])]));
  };

  const sealed = within(given, []);
  if (errors.length > 0) throw refusalOf(errors);
  return keepSealed(o.settingId, [o.before], sealed, o.keys);
}

const isSecret = (value: unknown): boolean => typeof value === 'string' || safeParse(ShownSecretSchema, value).success;
