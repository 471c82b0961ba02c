import type { BotSettings, WorkspaceSettings } from '@baton/contracts';
import type { PlannedDocument } from '@baton/control-api';
import type { DataSource, EntityManager } from 'typeorm';
import type { Caller, Deed } from '../api/caller.js';
import { refusalOf } from '../api/field-errors.js';
import { ApiRefusal } from '../api/problem.js';
import { decideBot, requireBotVersion } from '../bots/decide-bot.js';
import type { DecideBotOptions } from '../bots/decide-bot.js';
import { marked } from '../bots/bots.js';
import { changesBetween } from '../documents/changes.js';
import type { Bodies, Change, Document, Documents, Kind } from '../documents/documents.js';
import { requireVersion } from '../documents/require-version.js';
import { addressOf } from '../documents/versions.js';
import { requireMaySetRetention } from '../privacy/may-set-retention.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { readBot, readWorkspace } from './wanted.js';

const PUBLISHED_WITHIN_MS = 3_000;

export interface Wanted {
  readonly bots: readonly (object & { readonly botId: string })[];
  readonly workspace?: object | undefined;
  readonly prune: boolean;
}

export interface AsCodeOptions extends DecideBotOptions {
  readonly dataSource: DataSource;
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
}

/** What a document shall become. Null is taken away. */
interface Step<K extends Kind = Kind> {
  readonly kind: K;
  readonly id: string;
  /** Where it stands in what was sent, as a JSON pointer. */
  readonly place: string;
  readonly decide: (before: Document<K> | undefined, version: number | undefined, manager: EntityManager) => Promise<Bodies[K] | null>;
}

/** Bots as code: the documents of a workspace as somebody wants them, looked at or made so. */
export class AsCode {
  constructor(private readonly o: AsCodeOptions) {}

  /** What would become another one. */
  async plan(workspaceId: string, wanted: Wanted): Promise<PlannedDocument[]> {
    const { manager } = this.o.dataSource;
    const planned: PlannedDocument[] = [];
    for (const step of await this.steps(workspaceId, wanted)) {
      const before = await this.o.documents.find(step.kind, step.id);
      planned.push((await this.look(step, before, undefined, manager)).shown);
    }
    return planned;
  }

  /** What is wrong with one bot, and what it would change. */
  async check(workspaceId: string, botId: string, raw: object): Promise<PlannedDocument> {
    const before = await this.o.documents.find('bot', botId);
    const { shown } = await this.look(
      this.botStep(workspaceId, botId, { botId, ...raw }, ''),
      before,
      undefined,
      this.o.dataSource.manager,
    );
    return shown;
  }

  /**
   * Makes it so, all or nothing.
   * @param o.versions of each document, as the plan told it
   * @param o.mayAll he may also take bots away and change what the workspace may use
   * @throws ApiRefusal with everything that is wrong, or where somebody changed one of them since
   */
  async apply(
    workspaceId: string,
    wanted: Wanted,
    o: Deed & {
      readonly caller: Pick<Caller, 'scopes'>;
      readonly versions: Readonly<Record<string, number>>;
      readonly mayAll: boolean;
    },
  ) {
    const documents = await this.o.documents.together(async (change, manager) => {
      const done: PlannedDocument[] = [];
      for (const step of await this.steps(workspaceId, wanted)) {
        const { kind, id } = step;
        let shown: PlannedDocument | undefined;
        const written = await change({ kind, id, by: o.by, at: o.now, ...addressOf(o) }, async (before) => {
          const looked = await this.look(step, before, o.versions[`${kind}:${id}`] ?? 0, manager);
          shown = looked.shown;
          if (shown.problems.length > 0) throw problemsAt(step.place, shown.problems);
          if (shown.action === 'none') return undefined;
          if (!o.mayAll && (shown.action === 'delete' || kind === 'workspace'))
            throw new ApiRefusal('not-allowed', 'Only an owner may take bots away or change what the workspace may use.');
          if (kind === 'workspace')
            requireMaySetRetention(o.caller, before?.body as Bodies['workspace'] | null, looked.body as Bodies['workspace'] | null);
          return changeTo(workspaceId, looked.body, shown.action);
        });
        done.push({ ...shown!, version: written?.version ?? 0 });
      }
      return done;
    });
    await this.o.publishing.refresh();
    return { documents, published: await this.o.publishing.published(PUBLISHED_WITHIN_MS) };
  }

  async export(workspaceId: string) {
    const bots = await this.o.documents.ofWorkspace('bot', workspaceId);
    const workspace = await this.o.documents.find('workspace', workspaceId);
    const known: Document[] = [...bots, ...(workspace ? [workspace] : [])];
    return {
      workspaceId,
      bots: bots.map(({ body }) => marked(body)),
      workspace: workspace?.body ?? null,
      versions: Object.fromEntries(known.map(({ kind, id, version }) => [`${kind}:${id}`, version])),
    };
  }

  /** In the order in which documents are locked. */
  private async steps(workspaceId: string, { bots, workspace, prune }: Wanted): Promise<Step[]> {
    const named = new Set(bots.map(({ botId }) => botId));
    if (named.size < bots.length) throw new ApiRefusal('invalid-request', 'A bot is named twice.');
    const others = prune ? await this.o.documents.ofWorkspace('bot', workspaceId) : [];
    const steps: Step<'bot'>[] = [
      ...bots.map((raw, i) => this.botStep(workspaceId, raw.botId, raw, `/bots/${i}`)),
      ...others.filter(({ id }) => !named.has(id)).map(({ id }) => this.removal(workspaceId, id)),
    ];
    const inOrder = steps.sort((a, b) => (a.id < b.id ? -1 : 1)) as unknown as Step[];
    return workspace === undefined ? inOrder : [...inOrder, this.workspaceStep(workspaceId, workspace) as unknown as Step];
  }

  private botStep(workspaceId: string, botId: string, raw: object, place: string): Step<'bot'> {
    return {
      ...{ kind: 'bot', id: botId, place },
      decide: async (before, version, manager) => {
        const read = readBot(raw, workspaceId);
        if ('problems' in read) throw problemsAt('', read.problems);
        const { given, apiKeyHashes } = read.value;
        const wanted = { workspaceId, botId, given, version: version ?? before?.version ?? 0 };
        const { body } = await decideBot(this.o, wanted, before, manager);
        return apiKeyHashes === undefined ? body : ({ ...body, apiKeyHashes: [...apiKeyHashes] } satisfies BotSettings);
      },
    };
  }

  private removal(workspaceId: string, id: string): Step<'bot'> {
    return {
      ...{ kind: 'bot', id, place: '' },
      decide: async (before, version, manager) => {
        const wanted = { workspaceId, botId: id, version: version ?? before?.version ?? 0 };
        await requireBotVersion(this.o.documents, wanted, before, manager);
        return null;
      },
    };
  }

  private workspaceStep(workspaceId: string, raw: object): Step<'workspace'> {
    return {
      ...{ kind: 'workspace', id: workspaceId, place: '/workspace' },
      decide: async (before, version, manager): Promise<WorkspaceSettings> => {
        const read = readWorkspace(raw);
        if ('problems' in read) throw problemsAt('', read.problems);
        const now = before ?? { kind: 'workspace' as const, id: workspaceId, workspaceId, version: 0 };
        await requireVersion(this.o.documents, now, version ?? now.version, manager);
        return read.value;
      },
    };
  }

  /** What a document would become; what is wrong with it is told, anything else is thrown. */
  private async look<K extends Kind>(step: Step<K>, before: Document<K> | undefined, version: number | undefined, manager: EntityManager) {
    const { kind, id } = step;
    const shown = { document: `${kind}:${id}`, version: before?.version ?? 0 };
    try {
      const body = await step.decide(before, version, manager);
      const changes = changesBetween(before?.body, body);
      const action = changes.length === 0 ? 'none' : body === null ? 'delete' : before?.body ? 'change' : 'create';
      return { body, shown: { ...shown, action, changes, problems: [] } satisfies PlannedDocument };
    } catch (error) {
      if (!(error instanceof ApiRefusal) || !error.details.errors) throw error;
      const action = before?.body ? 'change' : 'create';
      return { body: null, shown: { ...shown, action, changes: [], problems: error.details.errors } satisfies PlannedDocument };
    }
  }
}

function changeTo<K extends Kind>(workspaceId: string, body: Bodies[K] | null, action: 'create' | 'change' | 'delete'): Change<K> {
  return { workspaceId, body, cause: action === 'create' ? 'created' : action === 'delete' ? 'deleted' : 'applied' };
}

function problemsAt(place: string, problems: readonly { readonly pointer: string; readonly message: string }[]): ApiRefusal {
  const errors = problems.map(({ pointer, message }) => ({ pointer: `${place}${pointer}`, message }));
  return refusalOf(errors);
}
