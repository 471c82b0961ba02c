/** The target of the effects of a page: the unit of breaker and budget. */
export const targetOf = (pageId: string): string => `messenger:${pageId}`;

/** The target of the questions who the people of a page are: their trouble is not that of the page's sends. */
export const profilesTargetOf = (pageId: string): string => `messenger-profiles:${pageId}`;

/** The page of a target, and whether it is about its people; undefined when it is none of a page. */
export function pageOfTarget(target: string): { pageId: string; isProfiles: boolean } | undefined {
  const [, profiles, pageId] = /^messenger(-profiles)?:(\d+)$/.exec(target) ?? [];
  return pageId === undefined ? undefined : { pageId, isProfiles: profiles !== undefined };
}

/** A person's address in Messenger, taken apart; undefined when it is none. */
export function personOf(address: string): { pageId: string; userId: string } | undefined {
  const [, pageId, userId] = /^(\d{1,32}):(\d{1,32})$/.exec(address) ?? [];
  return pageId === undefined || userId === undefined ? undefined : { pageId, userId };
}
