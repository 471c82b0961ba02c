import path from 'node:path';
import { REPOSITORY } from '../place.js';
import { imageNamed } from './images.js';
import { layOut } from './lay-out.js';

/**
 * `node deploy/dist/images/write-image.js <name> <folder> [amd64|arm64]`: what the image holds, below `<folder>/packages` and `<folder>/ours`.
 * The image's build runs it; without an architecture it is this machine's.
 */
const [name, folder, architecture] = process.argv.slice(2);
const CPUS: Readonly<Record<string, 'x64' | 'arm64'>> = { amd64: 'x64', arm64: 'arm64', x64: 'x64' };

try {
  const cpu = CPUS[architecture ?? process.arch];
  if (folder === undefined || cpu === undefined) throw new Error('Say which image, into which folder, and perhaps for amd64 or arm64.');
  const { files, packageBytes, ourBytes, contents } = layOut({
    image: imageNamed(name),
    repository: REPOSITORY,
    target: { os: 'linux', cpu },
    packagesTo: path.join(folder, 'packages'),
    oursTo: path.join(folder, 'ours'),
  });
  const { workspaces, packages } = contents.closure;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `baton/${name}: ${files} files, ${packages.length} packages with ${megabytes(packageBytes)}, ` +
      `${workspaces.length} workspaces of ours with ${megabytes(ourBytes)}`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
