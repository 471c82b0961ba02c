import { writeFile } from 'node:fs/promises';
import { ApiClient, ApiProblem, applyWorkspace, exportWorkspace, NoAnswer, planWorkspace } from '@baton/control-api';
import type { PlannedDocument } from '@baton/control-api';
import { WrongSettings } from '../settings-file/load-settings.js';
import { EXIT, HELP, readArguments } from './arguments.js';
import type { Arguments } from './arguments.js';
import { exportedFile } from './export-file.js';
import { runReplay } from './replay/run-replay.js';
import { COLOURS, isAsWanted, NO_COLOURS, planInWords } from './show-plan.js';
import type { PlannedWorkspace } from './show-plan.js';
import { runVerifyRetention } from './verify/retention/run-verify-retention.js';
import { runVerify } from './verify/run-verify.js';
import { wantedOf } from './wanted.js';
import type { Wanted, WantedOfFile } from './wanted.js';

/** Where a command speaks, and whom it asks. */
export interface Terminal {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Undefined where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
  readonly hasColours: boolean;
}

/** @returns the exit code */
export async function runBaton(args: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  if (args[0] === 'replay') return runReplay(args.slice(1), env, terminal);
  if (args[0] === 'verify-erasure') return runVerify(args.slice(1), env, terminal);
  if (args[0] === 'verify-retention') return runVerifyRetention(args.slice(1), env, terminal);
  const asked = readArguments(args);
  if (asked === 'help') {
    terminal.say(HELP.trimEnd());
    return EXIT.fine;
  }
  if ('wrong' in asked) {
    terminal.complain(`${asked.wrong} See --help.`);
    return EXIT.usage;
  }
  const { BATON_URL: url, BATON_KEY: key } = env;
  if (!url || !key) {
    terminal.complain(`Set ${url ? 'BATON_KEY to an API key' : 'BATON_URL to the address of the control plane'}. See --help.`);
    return EXIT.usage;
  }
  try {
    return await new Run(asked, new ApiClient({ baseUrl: url.replace(/\/+$/, ''), key }), env, terminal).run();
  } catch (error) {
    if (error instanceof WrongSettings) {
      for (const sentence of error.sentences) terminal.complain(sentence);
      return EXIT.wrongFile;
    }
    if (error instanceof NoAnswer) {
      terminal.complain(`${url}: ${error.message}`);
      return EXIT.unavailable;
    }
    if (!(error instanceof ApiProblem)) throw error;
    terminal.complain(error.message);
    const { status } = error.problem;
    return status === 401 || status === 403 || status === 404 ? EXIT.notAllowed : status >= 500 ? EXIT.unavailable : EXIT.differs;
  }
}

class Run {
  constructor(
    private readonly asked: Arguments,
    private readonly api: ApiClient,
    private readonly env: NodeJS.ProcessEnv,
    private readonly terminal: Terminal,
  ) {}

  async run(): Promise<number> {
    if (this.asked.command === 'export') return this.export();
    const wanted = await wantedOf(this.asked.file, this.env, this.asked.workspace);
    const planned = await this.plan(wanted);
    if (this.asked.command === 'apply') return this.apply(wanted, planned);
    this.show(planned);
    return this.asked.command === 'drift' && !isAsWanted(planned) ? EXIT.differs : EXIT.fine;
  }

  /** @throws WrongSettings with what is wrong with the file as things stand there */
  private async plan({ workspaces, plugins }: WantedOfFile): Promise<PlannedWorkspace[]> {
    if (plugins > 0) this.terminal.complain('Crisp plugins belong to no workspace: what the file says of them is left out here.');
    const planned: PlannedWorkspace[] = [];
    for (const wanted of workspaces) {
      const { documents } = await this.api.call(planWorkspace, { params: { workspaceId: wanted.workspaceId }, body: this.bodyOf(wanted) });
      planned.push({ workspaceId: wanted.workspaceId, documents });
    }
    const problems = planned.flatMap(({ documents }, nth) =>
      documents.flatMap(({ document, problems: found }) =>
        found.map(({ pointer, message }) => workspaces[nth]!.sentenceOf(document, pointer, message)),
      ),
    );
    if (problems.length > 0) throw new WrongSettings(problems);
    return planned;
  }

  private async apply({ workspaces }: WantedOfFile, planned: readonly PlannedWorkspace[]): Promise<number> {
    const { yes, json } = this.asked;
    const { ask, say, complain } = this.terminal;
    if (!json || isAsWanted(planned)) this.show(planned);
    if (isAsWanted(planned)) return EXIT.fine;
    if (!yes) {
      if (!ask) {
        complain('Nobody is there to be asked: say --yes to apply it.');
        return EXIT.usage;
      }
      if (!(await ask('Apply this?'))) {
        complain('Nothing was applied.');
        return EXIT.differs;
      }
    }
    const applied: PlannedWorkspace[] = [];
    let isPublished = true;
    for (const [nth, { workspaceId, documents }] of planned.entries()) {
      if (isAsWanted([{ workspaceId, documents }])) continue;
      const body = { ...this.bodyOf(workspaces[nth]!), versions: versionsOf(documents) };
      const done = await this.api.call(applyWorkspace, { params: { workspaceId }, body });
      applied.push({ workspaceId, documents: done.documents });
      isPublished &&= done.published;
      if (!json) say(`Applied to the workspace ${workspaceId}.`);
    }
    if (json) say(JSON.stringify({ applied, published: isPublished }, null, 2));
    else say(isPublished ? 'It holds in all services.' : 'It is kept, and holds as soon as Kafka takes it.');
    return EXIT.fine;
  }

  private async export(): Promise<number> {
    const { workspace, file, json } = this.asked;
    const { say, complain } = this.terminal;
    const exported = await this.api.call(exportWorkspace, { params: { workspaceId: workspace! } });
    const { yaml, variables } = exportedFile(exported);
    if (json) {
      say(JSON.stringify({ ...exported, variables }, null, 2));
      return EXIT.fine;
    }
    if (file === '-') say(yaml.trimEnd());
    else await writeFile(file, yaml);
    if (variables.length > 0)
      complain(`Set these variables before you plan or apply it:\n${variables.map((name) => `  ${name}`).join('\n')}`);
    return EXIT.fine;
  }

  private show(planned: readonly PlannedWorkspace[]): void {
    const { say, hasColours } = this.terminal;
    say(this.asked.json ? JSON.stringify({ workspaces: planned }, null, 2) : planInWords(planned, hasColours ? COLOURS : NO_COLOURS));
  }

  private bodyOf({ bots, workspace }: Wanted) {
    return { bots: [...bots], ...(workspace && { workspace }), prune: this.asked.prune };
  }
}

function versionsOf(documents: readonly PlannedDocument[]): Record<string, number> {
  return Object.fromEntries(documents.map(({ document, version }) => [document, version]));
}
