/** The part of the browser's `Storage` that is used here. */
export interface Keeper {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Small values kept under a prefix; when the browser's storage refuses (blocked, full), they live as long as the page. */
export class Keep {
  private readonly memory = new Map<string, string>();

  /** `keeper` may throw already when it is asked for: some browsers do so where storage is blocked. */
  constructor(
    private readonly prefix: string,
    private readonly keeper: () => Keeper | undefined,
  ) {}

  get(name: string): string | undefined {
    if (this.memory.has(name)) return this.memory.get(name);
    return this.attempt((keeper) => keeper.getItem(this.prefix + name)) ?? undefined;
  }

  /** `undefined` removes it. */
  set(name: string, value: string | undefined): void {
    this.memory.delete(name);
    const key = this.prefix + name;
    if (value === undefined) {
      this.attempt((keeper) => keeper.removeItem(key));
      return;
    }
    const kept = this.attempt((keeper) => {
      keeper.setItem(key, value);
      return true;
    });
    if (!kept) this.memory.set(name, value);
  }

  /** The full name under which the browser tells other tabs of a change. */
  keyOf(name: string): string {
    return this.prefix + name;
  }

  private attempt<T>(action: (keeper: Keeper) => T): T | undefined {
    try {
      const keeper = this.keeper();
      return keeper && action(keeper);
    } catch {
      return undefined;
    }
  }
}
