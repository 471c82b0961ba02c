import type { Setting } from '@baton/settings';
import type { Documents } from '../documents/documents.js';
import { toSetting } from '../documents/to-setting.js';

/** What keeps settings published: `KeepPublished`. */
export interface Keeper {
  want(settings: readonly Setting[]): void;
  whenPublished(withinMs: number): Promise<boolean>;
}

/** Changes what is published beyond what the documents say, such as secrets that have ended. */
export type Finish = (settings: readonly Setting[]) => readonly Setting[] | Promise<readonly Setting[]>;

/** Brings what the documents say to the topic. */
export class PublishDocuments {
  private last: Promise<void> = Promise.resolve();
  private read = false;

  constructor(
    private readonly documents: Pick<Documents, 'all'>,
    private readonly keeper: Keeper,
    private readonly finish: Finish = (settings) => settings,
  ) {}

  /** Why nothing can be published yet, in words for a readiness check. */
  get notRead(): string | undefined {
    return this.read ? undefined : 'the documents have not been read yet';
  }

  /** Reads all documents and wants them published; a later call never overtakes an earlier one. */
  refresh(): Promise<void> {
    const done = this.last.then(async () => {
      const settings = (await this.documents.all()).map(toSetting).filter((one) => one !== undefined);
      this.keeper.want(await this.finish(settings));
      this.read = true;
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  /** @returns false when Kafka has not taken what is wanted within this time; it is tried on */
  published(withinMs: number): Promise<boolean> {
    return this.keeper.whenPublished(withinMs);
  }
}
