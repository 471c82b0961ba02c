import type { Erased, Subjects } from '@baton/passes';
import type { KeptRequest } from './privacy-request.js';

/** So much is asked of a service at once: it answers within seconds, and its smallest door takes the body. */
const AT_ONCE = 20;

/** What belongs to a person, in portions; at least one. */
export function portionsOf({ conversationIds, sessionIds, numbering = [] }: KeptRequest['subjects']): (Subjects & {
  readonly numbering: NonNullable<KeptRequest['subjects']['numbering']>;
})[] {
  const count = Math.max(1, Math.ceil(Math.max(conversationIds.length, sessionIds.length) / AT_ONCE));
  return Array.from({ length: count }, (_, nth) => {
    const cut = <T>(all: readonly T[]) => all.slice(nth * AT_ONCE, (nth + 1) * AT_ONCE);
    const ids = cut(conversationIds);
    return {
      conversationIds: ids,
      sessionIds: cut(sessionIds),
      numbering: numbering.filter(({ conversationId }) => ids.includes(conversationId)),
    };
  });
}

/** What was exported in portions, as one: lists behind each other. */
export function asOne(parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))];
  return Object.fromEntries(names.map((name) => [name, parts.flatMap((part) => part[name] ?? [])]));
}

/** Each conversation in Crisp once; deleted where anybody deleted it. */
export function eachOnce(crisp: Erased['crisp']): Erased['crisp'] {
  const byId = new Map<string, Erased['crisp'][number]>();
  for (const one of crisp) byId.set(one.sessionId, { ...one, deleted: one.deleted || (byId.get(one.sessionId)?.deleted ?? false) });
  return [...byId.values()];
}
