/** Bundles the browser files: `dist-browser/loader.js` for every page, `dist-browser/panel.js` when the chat is opened. */
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** Style sheets become strings, minified. */
const cssText = {
  name: 'css-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: 'safari15' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** `outdir` is emptied first. */
export async function buildWidget(outdir = join(here, 'dist-browser')) {
  await rm(outdir, { recursive: true, force: true });
  const common = {
    absWorkingDir: here,
    outdir,
    bundle: true,
    minify: true,
    charset: 'utf8',
    target: 'es2022',
    plugins: [cssText],
    logLevel: 'warning',
    legalComments: 'none',
  };
  await Promise.all([
    build({ ...common, entryPoints: { loader: 'src/loader/main.ts' }, format: 'iife' }),
    build({ ...common, entryPoints: { panel: 'src/panel/main.ts' }, format: 'esm' }),
  ]);
  return outdir;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget();
