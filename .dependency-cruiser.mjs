import { readdirSync, readFileSync } from 'node:fs';

const packageOf = (folder) => ({ folder, manifest: JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) });

/** The folders below `parent` that are packages, with their names. */
function packagesIn(parent) {
  const folders = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => packageOf(`${parent}/${name}`));
}

const packages = [...packagesIn('libs'), ...packagesIn('apps'), packageOf('deploy')];

/** Each package reaches only the packages of ours that its package.json names; tests may use what is for tests. */
const declared = packages.map(({ folder, manifest }) => {
  const named = { ...manifest.dependencies, ...manifest.devDependencies };
  const allowed = packages
    .filter((other) => other.folder === folder || Object.hasOwn(named, other.manifest.name))
    .map((other) => other.folder);
  return {
    name: `${folder}-declares-what-it-uses`,
    comment: 'What package.json does not name is built later or not at all, and npm cannot know that it is needed.',
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { path: '^((libs|apps)/[^/]+|deploy)/', pathNot: `^(${allowed.join('|')})/` },
  };
});

export default {
  forbidden: [
    {
      name: 'an-app-never-imports-an-app',
      comment: 'Services meet on Kafka only: each is built, deployed and killed alone.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'a-lib-never-imports-an-app',
      comment: 'Libraries stand below the services; an arrow upwards makes every service part of every other.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      comment: 'The contract is what bot authors and all services agree on; it must be readable and usable alone.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'contracts-import-no-framework',
      comment: 'A bot author who installs the contract must not get our frameworks with it.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: 'node_modules/(@nestjs|typeorm|kafkajs|pg|fastify)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other cannot be understood, tested or started one after the other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'tests-stay-outside',
      comment: 'Product code must not need what only tests have; the sandbox is for trying things and may.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['\\.spec\\.ts$', '/(testkit|testing)/', '^libs/testing/', '^apps/sandbox/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'every-import-is-found',
      comment: 'An import that leads nowhere escapes all other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...declared,
  ],
  options: {
    exclude: { path: '^((libs|apps)/[^/]+|deploy)/(dist|dist-browser)/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['baton-source', 'import', 'types', 'node', 'default'],
    },
  },
};
