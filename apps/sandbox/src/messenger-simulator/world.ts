import { randomUUID } from 'node:crypto';
import { type Random, seededRandom } from '../simulator-kit/random.js';
import { Cdn } from './cdn.js';
import { type Faults, noFaults } from './faults/faults.js';
import { FIELD_OF, type HookElement, type Person, type Persona } from './model.js';
import type { App, PageSetup, PersonCard, Setup } from './setup.js';

export interface Page {
  setup: PageSetup;
  readonly people: Map<string, Person>;
  readonly personas: Map<string, Persona>;
  /** Uploaded ones, by id. */
  readonly attachments: Map<string, { type: string; url: string }>;
  /** The app gets this page's hooks. */
  subscribed: boolean;
  fields: Set<string>;
  /** Every call with its token is refused with 190. */
  token_dead: boolean;
  /** Every creation of a persona is refused. */
  personas_refused: boolean;
  /** Since when its hooks fail. */
  failing_since?: number;
  /** The second of the newest sends, and how many there were. */
  sends: { second: number; count: number };
}

export interface CallCounts {
  total: number;
  readonly byRoute: Record<string, number>;
  readonly byStatus: Record<string, number>;
  /** By code, with its subcode: `10/2018278`. */
  readonly byError: Record<string, number>;
  readonly byFault: Record<string, number>;
}

/** What somebody who watches is told. */
export interface Change {
  readonly what: string;
  readonly page_id?: string;
  readonly psid?: string;
}

/** Everything that the simulated Messenger knows, in memory. What changes it is in `acts/`; who may ask is in `rest/`. */
export class World {
  readonly apps = new Map<string, App>();
  readonly pages = new Map<string, Page>();
  readonly cdn: Cdn;
  faults: Faults = noFaults();
  calls: CallCounts = emptyCounts();
  /** What Meta would tell the developer about failing hooks. */
  alerts: { at: number; page_id: string; what: 'failing' | 'unsubscribed' }[] = [];
  random: Random;
  /** No id of this run meets one of another, whatever the seed. */
  private readonly run = randomUUID().replaceAll('-', '').slice(0, 12);
  private counter = 0;
  /** Pages as they were set up, whatever was switched since. */
  private readonly setups = new Map<string, PageSetup>();
  private readonly hookListeners = new Set<(element: HookElement) => void>();
  private readonly changeListeners = new Set<(change: Change) => void>();

  constructor(
    private seed: number,
    readonly now: () => number = Date.now,
  ) {
    this.random = seededRandom(seed);
    this.cdn = new Cdn(this);
  }

  /** Adds or replaces apps and pages; people of a page that was there stay. */
  apply(setup: Setup): void {
    for (const app of setup.apps) this.apps.set(app.app_id, app);
    for (const page of setup.pages) {
      this.setups.set(page.page_id, page);
      const known = this.pages.get(page.page_id);
      if (known) known.setup = page;
      else this.pages.set(page.page_id, newPage(page));
      for (const card of page.people) if (!card.psid || !this.person(card.psid)) this.addPerson(page.page_id, card);
    }
    this.change({ what: 'reset' });
  }

  /** Forgets what was said and done, people who came later, counts and faults; apps, pages and the people of the set-up stay. */
  reset(seed: number = this.seed): void {
    this.seed = seed;
    this.random = seededRandom(seed);
    this.faults = noFaults();
    this.calls = emptyCounts();
    this.alerts = [];
    this.cdn.clear();
    this.pages.clear();
    this.apply({ apps: [], pages: [...this.setups.values()] });
  }

  addPerson(pageId: string, card: PersonCard): Person {
    const person: Person = {
      page_id: pageId,
      psid: card.psid ?? this.newId(),
      first_name: card.first_name,
      last_name: card.last_name,
      ...(card.profile_pic ? { profile_pic: card.profile_pic } : {}),
      locale: card.locale,
      created_at: this.now(),
      messages: [],
      blocked: false,
      online: true,
      reads_at_once: false,
      profile: 'full',
      owner: null,
      acts_age_ms: 0,
      gaps: [],
    };
    this.pages.get(pageId)!.people.set(person.psid, person);
    this.change({ what: 'person', page_id: pageId, psid: person.psid });
    return person;
  }

  /** By his id, on whatever page. */
  person(psid: string): Person | undefined {
    for (const page of this.pages.values()) {
      const found = page.people.get(psid);
      if (found) return found;
    }
    return undefined;
  }

  allPeople(): Person[] {
    return [...this.pages.values()].flatMap((page) => [...page.people.values()]);
  }

  appOf(pageId: string): App | undefined {
    return this.apps.get(this.pages.get(pageId)?.setup.app_id ?? '');
  }

  /** Digits, as all of Meta's ids. */
  newId(): string {
    return `${this.now()}${String(this.random.below(10_000)).padStart(4, '0')}${(this.counter++ % 1_000).toString().padStart(3, '0')}`;
  }

  newMid(): string {
    return `m_${this.run}${(this.counter++).toString(36)}-${this.random.uuid().slice(0, 8)}`;
  }

  /** Hands an element to whoever sends hooks, if the page is subscribed to its field. */
  tell(element: HookElement): void {
    const page = this.pages.get(element.page_id);
    const field = element.kind === 'odd' ? undefined : element.standby ? 'standby' : FIELD_OF[element.kind];
    if (page?.subscribed && (field === undefined || page.fields.has(field))) {
      for (const listener of this.hookListeners) listener(element);
    }
    this.change({ what: element.kind, page_id: element.page_id, psid: element.psid });
  }

  change(change: Change): void {
    for (const listener of this.changeListeners) listener(change);
  }

  onHook(listener: (element: HookElement) => void): () => void {
    this.hookListeners.add(listener);
    return () => this.hookListeners.delete(listener);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }
}

export const ALL_FIELDS = [...Object.values(FIELD_OF), 'standby'];

function newPage(setup: PageSetup): Page {
  return {
    setup,
    people: new Map(),
    personas: new Map(),
    attachments: new Map(),
    subscribed: true,
    fields: new Set(ALL_FIELDS),
    token_dead: false,
    personas_refused: false,
    sends: { second: 0, count: 0 },
  };
}

function emptyCounts(): CallCounts {
  return { total: 0, byRoute: {}, byStatus: {}, byError: {}, byFault: {} };
}
