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

/** Each language becomes one text, and the keys are said once: half a kilobyte less to download than as many objects. No text has a `|`. */
const texts = {
  name: 'texts',
  setup({ onLoad }) {
    onLoad({ filter: /i18n[\\/]catalogue\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'esm', write: false });
      const { catalogue } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
      const keys = Object.keys(catalogue.en);
      const said = Object.entries(catalogue).map(([language, words]) => [language, ...keys.map((key) => words[key])].join('|'));
      const contents = `
        const keys = '${keys.join('|')}'.split('|');
        export const catalogue = Object.fromEntries(${JSON.stringify(said)}.map((texts) => {
          const [language, ...words] = texts.split('|');
          return [language, Object.fromEntries(words.map((word, nth) => [keys[nth], word]))];
        }));`;
      return { contents, loader: 'js' };
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
    plugins: [cssText, texts],
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
