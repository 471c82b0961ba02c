/** The target of the effects of a page: the unit of breaker and budget. */
export const targetOf = (pageId: string): string => `messenger:${pageId}`;

/** The page of a target; undefined when it is none of a page. */
export function pageOfTarget(target: string): string | undefined {
  return /^messenger:(\d+)$/.exec(target)?.[1];
}

/** A person's address in Messenger, taken apart; undefined when it is none. */
export function personOf(address: string): { pageId: string; userId: string } | undefined {
  const [, pageId, userId] = /^(\d{1,32}):(\d{1,32})$/.exec(address) ?? [];
  return pageId === undefined || userId === undefined ? undefined : { pageId, userId };
}
