import { parseArgs } from 'node:util';

export const COMMANDS = ['plan', 'apply', 'export', 'drift'] as const;
export type Command = (typeof COMMANDS)[number];

export interface Arguments {
  readonly command: Command;
  readonly file: string;
  /** Only this workspace; else all of the file. */
  readonly workspace: string | undefined;
  /** Bots that are there and not in the file are taken away. */
  readonly prune: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** As sysexits.h has them where it has them. */
export const EXIT = { fine: 0, differs: 1, usage: 64, unavailable: 69, notAllowed: 77, wrongFile: 78 } as const;

export const HELP = `Bots as code: what a settings file says, and what Baton does.

  baton plan    [--file baton.yaml] [--workspace NAME] [--prune]         what would become another one
  baton apply   [--file baton.yaml] [--workspace NAME] [--prune] [--yes] makes it so, after asking
  baton drift   [--file baton.yaml] [--workspace NAME] [--prune]         exits with 1 when Baton does not do what the file says
  baton export  --workspace NAME [--file baton.yaml]                     writes the file of a workspace; without --file to the output
  baton replay  --conversation ID | --from TIME                          judges again what happened: see baton replay --help
  baton verify-erasure --person TEXT                                     whether anything of somebody is still there: see its --help
  baton verify-retention                                                 whether what should be gone by its age is gone: see its --help

  --file, -f       the settings file; baton.yaml when it is left out
  --workspace, -w  only this workspace of the file
  --prune          takes away the bots of a workspace that the file does not name (owners only)
  --yes, -y        applies without asking, as scripts must
  --json           for programs instead of people
  --help, -h       this

  BATON_URL   where the control plane is, such as https://baton.example
  BATON_KEY   an API key with the scope "bots": viewer for plan, drift and export, editor for apply,
              owner for taking bots away and for what a workspace may use

Secrets stand in the file as references: { env: NAME }, { file: path } or { value: … }.

It ends with 0 when all is well, 1 when something differs or was not applied, 64 for a wrong command, 69 when Baton does not
answer, 77 when the key may not do this, and 78 when the file is wrong.
`;

/** What was asked for, or why that is not clear. */
export function readArguments(args: readonly string[]): Arguments | 'help' | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: 'string', short: 'f' },
        workspace: { type: 'string', short: 'w' },
        prune: { type: 'boolean', default: false },
        yes: { type: 'boolean', short: 'y', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help || positionals[0] === 'help') return 'help';
    const [name, ...more] = positionals;
    const command = COMMANDS.find((one) => one === name);
    if (!command) return { wrong: `Say what to do: one of ${COMMANDS.join(', ')}.` };
    if (more.length > 0) return { wrong: `"${more[0]}" is one word too many.` };
    if (command === 'export' && values.workspace === undefined) return { wrong: 'Say which workspace to export: --workspace NAME.' };
    const file = values.file ?? (command === 'export' ? '-' : 'baton.yaml');
    return { command, file, workspace: values.workspace, prune: values.prune, yes: values.yes, json: values.json };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}
