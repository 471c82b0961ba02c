/** Bundles the console: `dist-browser/index.html` with scripts and styles whose names carry their content's hash. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Our packages are for services, too: what they need of Node is not there in a browser, and nothing of the console calls it. */
const withoutNode = {
  name: 'without-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'without-node' }));
    onLoad({ filter: /.*/, namespace: 'without-node' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

/** `outdir` is emptied first. */
export async function buildConsole(outdir = join(here, 'dist-browser'), { minify = true } = {}) {
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: { console: 'src/main.tsx' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify,
    charset: 'utf8',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['baton-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    // The page's policy forbids code made of text, which zod would try for speed.
    banner: { js: '(globalThis.__zod_globalConfig ??= {}).jitless = true;' },
    plugins: [withoutNode],
    metafile: true,
    logLevel: 'warning',
    legalComments: 'none',
  });
  const [script, { cssBundle }] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === 'src/main.tsx');
  const name = (path) => path.split('/').at(-1);
  const html = await readFile(join(here, 'src/index.html'), 'utf8');
  await writeFile(join(outdir, 'index.html'), html.replace('__SCRIPT__', name(script)).replace('__STYLE__', name(cssBundle)));
  return outdir;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole();
