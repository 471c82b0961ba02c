import type { UserData } from '../../../conversation/user-data.js';
import type { SharingSettings } from '../../sharing.js';
import { soundsSecret } from './flatten-user-data.js';
import { masked } from './mask.js';

type Json = UserData[string];

/** Of what is known of a visitor, what may leave for Crisp: without secrets, of these keys only where some are named, numbers masked. */
export function sharedUserData(userData: UserData, { fields, mask }: SharingSettings): UserData {
  return chosen(userData, fields === 'all-but-secrets' ? null : fields, '', mask) as UserData;
}

/** @param fields null: all */
function chosen(
  value: Readonly<Record<string, Json>>,
  fields: readonly string[] | null,
  path: string,
  mask: SharingSettings['mask'],
): Json {
  const kept: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (soundsSecret(key)) continue;
    const at = path === '' ? key : `${path}.${key}`;
    if (fields === null || fields.includes(at)) kept[key] = isObject(inner) ? chosen(inner, null, at, mask) : cleaned(inner, mask);
    else if (isObject(inner) && fields.some((field) => field.startsWith(`${at}.`))) kept[key] = chosen(inner, fields, at, mask);
  }
  return kept;
}

function cleaned(value: Json, mask: SharingSettings['mask']): Json {
  if (typeof value === 'string') return masked(value, mask);
  if (Array.isArray(value)) return value.map((inner) => (isObject(inner) ? chosen(inner, null, '', mask) : cleaned(inner, mask)));
  return value;
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
