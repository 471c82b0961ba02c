/** How long one tab may hold what only one may have, ms; a frozen tab must not stop the others. */
const PATIENCE_MS = 3_000;

/** Runs an action while no other tab runs one of the same name; where the browser has no locks, at once. */
export function aloneAmongTabs(prefix: string): <T>(name: string, action: () => Promise<T>) => Promise<T> {
  return async (name, action) => {
    const { locks } = navigator;
    if (!locks) return action();
    let begun = false;
    const run = () => {
      begun = true;
      return action();
    };
    try {
      return (await locks.request(prefix + name, { signal: AbortSignal.timeout(PATIENCE_MS) }, run)) as Awaited<ReturnType<typeof run>>;
    } catch (error) {
      if (begun) throw error;
      return action();
    }
  };
}
