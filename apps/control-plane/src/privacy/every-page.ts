import type { Found } from '@baton/passes';

type Whole = Pick<Found, 'conversations' | 'sessions'>;

/** Everything that a service found of a person, page after page; the newest first. */
export async function everyPage(read: (after: string | undefined) => Promise<Found>): Promise<Whole> {
  const pages: Found[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return {
    conversations: pages.flatMap(({ conversations }) => conversations).sort(newestFirst),
    sessions: pages.flatMap(({ sessions }) => sessions).sort(newestFirst),
  };
}

const newestFirst = (a: { readonly until: string }, b: { readonly until: string }): number => Date.parse(b.until) - Date.parse(a.until);
