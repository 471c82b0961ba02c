import { addressOf } from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import { conjure } from './conjure.js';
import type { As } from './team.js';

export interface Outcome {
  readonly status: number;
  readonly text: string;
}

/** Which version an attempt says that it changes: of what is there, or of what is new. */
export type Versions = 'there' | 'new';

/**
 * Tries an operation with the least that it takes, and with the ids that are known.
 * @throws when a parameter of the path has a form that is not foreseen
 */
export async function attempt(
  baseUrl: string,
  operation: Operation,
  o: { readonly as?: As; readonly ids: Readonly<Record<string, unknown>>; readonly versions?: Versions },
): Promise<Outcome> {
  const params = paramsOf(operation, o.ids);
  const body = operation.bytes ? undefined : conjure(operation.body, o.ids);
  const hasBody = operation.method !== 'GET' && (operation.bytes !== undefined || Object.keys((body ?? {}) as object).length > 0);
  const response = await fetch(`${baseUrl}${addressOf(operation, { params, query: queryOf(operation, o.ids) })}`, {
    method: operation.method,
    headers: {
      ...o.as,
      ...(o.versions === 'new' ? { 'if-none-match': '*' } : o.versions === 'there' ? { 'if-match': '"1"' } : {}),
      ...(hasBody && { 'content-type': operation.bytes?.types[0] ?? 'application/json' }),
    },
    ...(hasBody && { body: operation.bytes ? 'some bytes' : JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = response.headers.get('content-type')?.includes('event-stream') ? (await response.body?.cancel(), '') : await response.text();
  return { status: response.status, text };
}

/** The parameters of an operation's path. */
export function namesOf({ path }: Operation): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

function paramsOf(operation: Operation, ids: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape = (operation.params as { shape?: Record<string, Operation['params']> }).shape ?? {};
  const params = Object.fromEntries(namesOf(operation).map((name) => [name, ids[name] ?? conjure(shape[name]!, ids)]));
  if (!operation.params.safeParse(params).success)
    throw new Error(`${operation.id}: no parameters of its form are foreseen: ${JSON.stringify(params)}`);
  return params;
}

/** What a query must have, and every id that it may have. */
function queryOf(operation: Operation, ids: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shape = Object.keys((operation.query as { shape?: object }).shape ?? {});
  return {
    ...(conjure(operation.query, ids) as object),
    ...Object.fromEntries(shape.flatMap((name) => (name in ids ? [[name, ids[name]]] : []))),
  };
}
