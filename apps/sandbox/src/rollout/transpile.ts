import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Options, transform } from '@swc/core';

/** As tests read the sources; see `jest.config.mjs`. */
const OPTIONS: Options = {
  swcrc: false,
  configFile: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'es6' },
};

/**
 * Writes `dist` of every package of a tree that runs in Node, without looking at types: they were checked when it was released. Seconds instead of
 * minutes.
 */
export async function transpile(root: string): Promise<void> {
  let written = 0;
  for (const kind of ['libs', 'apps']) {
    for (const name of await readdir(path.join(root, kind))) {
      const source = path.join(root, kind, name, 'src');
      if (
        await access(source).then(
          () => true,
          () => false,
        )
      )
        written += await transpilePackage(source, path.join(root, kind, name, 'dist'));
    }
  }
  if (written === 0) throw new Error(`there is nothing to build in ${root}`);
}

async function transpilePackage(source: string, target: string): Promise<number> {
  const files = (await readdir(source, { recursive: true })).filter((file) => /(?<!\.d|\.spec)\.ts$/.test(file));
  for (const file of files) {
    const { code } = await transform(await readFile(path.join(source, file), 'utf8'), { ...OPTIONS, filename: file });
    const output = path.join(target, file.replace(/\.ts$/, '.js'));
    await mkdir(path.dirname(output), { recursive: true });
    await writeFile(output, code);
  }
  return files.length;
}
