import { GivenConnectionSchema } from '@baton/control-api';
import type { GivenConnection, ShownConnection } from '@baton/control-api';

export type Tier = 'plugin' | 'website';

/** What stands in the fields of a connection. */
export interface ConnectionFields {
  readonly tier: Tier;
  readonly websiteId: string;
  readonly tokenId: string;
  readonly tokenKey: string;
  readonly operatorName: string;
  readonly callsPerDay: number | undefined;
}

export function fieldsOf(connection: ShownConnection | undefined): ConnectionFields {
  return {
    tier: connection?.tier ?? 'plugin',
    websiteId: connection?.websiteId ?? '',
    tokenId: connection?.tokenId ?? '',
    tokenKey: '',
    operatorName: connection?.operatorName ?? '',
    callsPerDay: connection?.callsPerDay ?? undefined,
  };
}

/** As the API takes it; an empty key keeps the one that is there. */
export function givenOf({ tier, websiteId, tokenId, tokenKey, operatorName, callsPerDay }: ConnectionFields): GivenConnection {
  return {
    tier,
    websiteId: websiteId.trim().toLowerCase(),
    tokenId: tokenId.trim(),
    ...(tokenKey.trim() !== '' && { tokenKey: tokenKey.trim() }),
    ...(operatorName.trim() !== '' && { operatorName: operatorName.trim() }),
    callsPerDay: callsPerDay ?? null,
  };
}

export type Wrong = Partial<Record<keyof ConnectionFields, string>>;

/** What is not right yet; an empty field is only missing, which is said when somebody wants to go on. */
export function wrongFields(
  fields: ConnectionFields,
  connection: ShownConnection | undefined,
): { readonly wrong: Wrong; readonly isWhole: boolean } {
  const given = givenOf(fields);
  const parsed = GivenConnectionSchema.safeParse(given);
  const wrong: Wrong = {};
  for (const { path } of parsed.error?.issues ?? []) {
    const name = path[0] as keyof ConnectionFields;
    if (fields[name] !== '') wrong[name] = WORDS[name] ?? 'Is not right';
  }
  const needsKey = connection?.tokenId !== given.tokenId;
  return { wrong, isWhole: parsed.success && (!needsKey || given.tokenKey !== undefined) };
}

const WORDS: Wrong = {
  websiteId: 'A website id has 36 letters, digits and hyphens, such as 8c842203-7ed8-4e29-a608-7cf78a7d2fcc',
  tokenId: 'At most 128 characters',
  tokenKey: 'At most 512 characters',
  operatorName: 'At most 64 characters',
  callsPerDay: 'A whole number above 0',
};
