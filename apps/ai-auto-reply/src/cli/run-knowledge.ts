import { setTimeout as pause } from 'node:timers/promises';
import { text as textOfStream } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { KnowledgeClient, ServiceRefusal } from './knowledge-client.js';
import type { ShownSource } from './knowledge-client.js';
import { answerOf, detailsOf, endOf, progressOf, tableOf } from './print.js';
import { CannotAdd, whatToAdd } from './what-to-add.js';

export const HELP = `What a bot knows.

  knowledge list                      one line for each source
  knowledge show <source>             all of one, with its problems
  knowledge add <file> …              PDF, DOCX, HTML, Markdown, text, CSV; JSON holds a list of {"question", "answer"}
  knowledge add <address> …           one source of these pages
  knowledge add --sitemap <address>   the pages of a sitemap, or of a site by its front page
  knowledge add - --title <title>     a text in Markdown from standard input
  knowledge replace <source> <file>   the same source with another file
  knowledge refresh <source> …        takes it in again; what did not change costs nothing
  knowledge enable <source> …
  knowledge disable <source> …        nobody is answered from it from now on
  knowledge remove <source> …
  knowledge ask <question>            what the bot would answer, and why

A source is named by its id, by the beginning or the end of it, or by its title.

  --title <title>       of a new source
  --as <key>            a name of your own for it: adding the same again makes no second one
  --address <address>   where visitors find what stands in a file
  --every <hours>       visit its pages again, at least 24
  --prefix <path>       only pages below it, such as /help/; may come several times
  --host <host>         pages of this host, too; may come several times
  --max-pages <number>  of a sitemap at most
  --off                 add it switched off
  --no-wait             do not wait until it is known
  --json                print what the service says

  --bot <id>            default BATON_BOT_ID, else helpdesk, which reads the demo shop's pages in the sandbox
  --url <address>       of the service, default BATON_AI_URL, else http://127.0.0.1:4005
  --key <key>           of the bot, default BATON_BOT_KEY, else that of the sandbox

Ends with 0; with 1 when it failed; with 2 when a source is known in part; with 64 when it was not understood; with 69 when nobody answers.`;

const [DONE, FAILED, PARTLY, USAGE, NOBODY] = [0, 1, 2, 64, 69];
const LOOK_MS = 300;
const SANDBOX_BOT = 'helpdesk';
/** Keys of a sandbox are no secrets (`apps/sandbox/bots.yaml`). */
const sandboxKeyOf = (botId: string): string => (botId === 'demo' ? 'sandbox-bot-key' : `sandbox-${botId}-key`);

export interface Output {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

class NotUnderstood extends Error {}

/** Runs one command and returns the exit code. */
export async function runKnowledge(argv: readonly string[], env: NodeJS.ProcessEnv, output: Output): Promise<number> {
  try {
    const { values, positionals } = parse(argv);
    if (values.help) {
      output.say(HELP);
      return DONE;
    }
    const [command, ...given] = positionals;
    const commands = commandsOf(values, env, output);
    const run = command !== undefined && Object.hasOwn(commands, command) ? commands[command as keyof typeof commands] : undefined;
    if (!run) throw new NotUnderstood(command === undefined ? 'Say what to do.' : `"${command}" is no command.`);
    return await run(given);
  } catch (error) {
    return told(error, output);
  }
}

function told(error: unknown, { complain }: Output): number {
  const { message } = error as Error;
  if (error instanceof NotUnderstood || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    complain(`${message}\n\n${HELP}`);
    return USAGE;
  }
  if (error instanceof CannotAdd || error instanceof ServiceRefusal) {
    complain(message);
    return error instanceof ServiceRefusal && error.status === 0 ? NOBODY : FAILED;
  }
  throw error;
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      title: { type: 'string' },
      as: { type: 'string' },
      address: { type: 'string' },
      every: { type: 'string' },
      prefix: { type: 'string', multiple: true },
      host: { type: 'string', multiple: true },
      'max-pages': { type: 'string' },
      sitemap: { type: 'boolean', default: false },
      off: { type: 'boolean', default: false },
      'no-wait': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      bot: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
    },
  });
}

type Values = ReturnType<typeof parse>['values'];

function clientOf({ url, bot, key }: Values, env: NodeJS.ProcessEnv): KnowledgeClient {
  const service = (url ?? env['BATON_AI_URL'] ?? 'http://127.0.0.1:4005').replace(/\/+$/, '');
  if (!/^https?:\/\//.test(service)) throw new NotUnderstood('--url must be an http(s):// address.');
  const isSandbox = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::|$)/.test(service);
  const botId = bot ?? env['BATON_BOT_ID'] ?? SANDBOX_BOT;
  const ofBot = key ?? env['BATON_BOT_KEY'] ?? (isSandbox ? sandboxKeyOf(botId) : undefined);
  if (ofBot === undefined) throw new NotUnderstood('--key or BATON_BOT_KEY must be a key of the bot.');
  return new KnowledgeClient({ url: service, botId, key: ofBot });
}

function commandsOf(values: Values, env: NodeJS.ProcessEnv, { say, complain }: Output) {
  const client = clientOf(values, env);
  const show = (json: unknown, text: string): void => say(values.json ? JSON.stringify(json, null, 2) : text);
  const each = async (names: readonly string[], work: (source: ShownSource) => Promise<void>): Promise<number> => {
    if (names.length === 0) throw new NotUnderstood('Say which source.');
    const known = await client.list();
    for (const source of names.map((name) => named(known, name))) await work(source);
    return DONE;
  };
  const waited = async (sources: readonly ShownSource[]): Promise<number> => {
    const ends = [];
    for (const source of sources)
      ends.push(values['no-wait'] ? source : await followed(client, source, values.json ? () => undefined : complain));
    show(ends, ends.map((source) => (values['no-wait'] ? `${source.id}  ${progressOf(source)}` : endOf(source))).join('\n'));
    if (values['no-wait']) return DONE;
    return ends.some(({ state }) => state === 'failed') ? FAILED : ends.some(({ state }) => state === 'partial') ? PARTLY : DONE;
  };
  return {
    list: async () => {
      const sources = await client.list();
      show(sources, sources.length === 0 ? 'This bot knows nothing yet.' : tableOf(sources));
      return DONE;
    },
    show: (names: string[]) =>
      each(names, async ({ id }) => {
        const source = await client.one(id);
        show(source, detailsOf(source));
      }),
    add: async (given: string[]) => {
      if (given.length === 0) throw new NotUnderstood('Say what to add.');
      const added = [];
      for (const addition of await whatToAdd(given, values, () => textOfStream(process.stdin))) {
        added.push('body' in addition ? await client.add(addition.body) : await client.upload(addition.file, addition.about));
      }
      return waited(added);
    },
    replace: async ([name, file, ...rest]: string[]) => {
      if (!name || !file || rest.length > 0) throw new NotUnderstood('Say which source and which file.');
      const { id, title } = named(await client.list(), name);
      const [addition] = await whatToAdd([file], { sitemap: false, off: false, title }, () => textOfStream(process.stdin));
      if (!addition) throw new NotUnderstood('Say which file.');
      const changed =
        'file' in addition ? client.replaceFile(id, addition.file, addition.name) : client.change(id, contentOf(addition.body));
      return waited([await changed]);
    },
    refresh: async (names: string[]) => {
      const asked: ShownSource[] = [];
      await each(names, async ({ id }) => void asked.push(await client.refresh(id)));
      return waited(asked);
    },
    enable: (names: string[]) =>
      each(names, async ({ id, title }) => void (await client.change(id, { enabled: true }), say(`${title}: is on`))),
    disable: (names: string[]) =>
      each(names, async ({ id, title }) => void (await client.change(id, { enabled: false }), say(`${title}: is off`))),
    remove: (names: string[]) => each(names, async ({ id, title }) => void (await client.remove(id), say(`${title}: is gone`))),
    ask: async (words: string[]) => {
      if (words.length === 0) throw new NotUnderstood('Say what to ask.');
      const answer = await client.ask(words.join(' '));
      show(answer, answerOf(answer));
      return DONE;
    },
  };
}

/** The one source that is meant. */
function named(known: readonly ShownSource[], name: string): ShownSource {
  const exact = known.filter(({ id, title }) => id === name || title === name);
  const found = exact.length > 0 || name.length < 4 ? exact : known.filter(({ id }) => id.startsWith(name) || id.endsWith(name));
  if (found.length === 1) return found[0]!;
  throw new ServiceRefusal(
    404,
    found.length === 0 ? `there is no source "${name}"` : `"${name}" may mean ${found.length} sources: name one by its id`,
  );
}

/** Only what a replaced source takes: its title stays. */
function contentOf(body: object): object {
  const { text, pairs } = body as { text?: string; pairs?: unknown };
  return text === undefined ? { pairs } : { text };
}

/** Tells how a source is taken in until that ends. */
async function followed(client: KnowledgeClient, source: ShownSource, tell: (text: string) => void): Promise<ShownSource> {
  let last = '';
  for (let now = source; ; now = await client.one(source.id)) {
    if (now.state !== 'queued' && now.state !== 'running') return now;
    const line = progressOf(now);
    if (line !== last) tell(line);
    last = line;
    await pause(LOOK_MS);
  }
}
