import type { Door, DoorError } from '../connection/door.js';
import type { Keep } from '../shared/keep.js';

export interface TokenNeeds {
  readonly door: Pick<Door, 'visitor'>;
  readonly keep: Keep;
  /** Runs one at a time among all tabs, where the browser can. */
  readonly alone: <T>(name: string, action: () => Promise<T>) => Promise<T>;
}

/** Who the visitor is, for all tabs of this browser. */
export class VisitorToken {
  private shown: string | undefined;

  constructor(private readonly needs: TokenNeeds) {}

  get(): string | undefined {
    return this.needs.keep.get('token');
  }

  set(token: string): void {
    this.needs.keep.set('token', token);
  }

  /** To be shown to the server; the one that a refusal is about. */
  show(): string {
    return (this.shown = this.get() ?? '');
  }

  /**
   * Sees to it that there is a token. Two tabs that open for the first time at once must not become two visitors.
   * @param renew the one that was shown last is refused
   */
  obtain(renew: boolean): Promise<void> {
    const { door, alone } = this.needs;
    const refused = renew ? this.shown : undefined;
    return alone('visitor', async () => {
      const token = this.get();
      if (token && token !== refused) return;
      // An expired token may still tell who this is; a broken one tells nothing.
      const made = await door
        .visitor(token)
        .catch((error: DoorError) => (token && error.status === 401 ? door.visitor(undefined) : Promise.reject(error)));
      this.set(made);
    });
  }
}
