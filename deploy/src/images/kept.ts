import type { Target } from './closure.js';

/** Licences and notices come along whatever they are called: whoever hands an image on must. */
const LEGAL = /^(licen[cs]e|notice|copying|copyright|authors|third.?party)/i;

/**
 * Parts of packages that a service never loads, measured in megabytes: other platforms' binaries, other module formats, sources.
 * Below the package's own folder; a trailing slash means a folder.
 */
const NEVER_LOADED: Readonly<Record<string, readonly string[]>> = {
  typeorm: ['browser/'],
  rxjs: ['src/', 'dist/bundles/', 'dist/esm/', 'dist/esm5/'],
  '@opentelemetry/semantic-conventions': ['build/esm/', 'build/esnext/'],
  openai: ['src/'],
  '@mixmark-io/domino': ['test/'],
};

/** Where a package keeps binaries for every platform: `<folder>/<os>/<cpu>/…`. */
const BINARIES: Readonly<Record<string, RegExp>> = {
  'onnxruntime-node': /^bin\/napi-v\d+\/(?<os>[^/]+)\/(?<cpu>[^/]+)\//,
};

/**
 * Whether a file of somebody else's package goes into an image.
 * Sources in TypeScript cannot: Node strips no types below `node_modules`. Maps and pages are for those who develop.
 * @param file below the package's folder, with `/`
 */
export function isKeptOfPackage(packageName: string, file: string, target: Target): boolean {
  const base = file.slice(file.lastIndexOf('/') + 1);
  if (LEGAL.test(base)) return true;
  if (/\.([cm]?ts|tsx|map|flow|md|markdown|tsbuildinfo)$/i.test(base)) return false;
  if (NEVER_LOADED[packageName]?.some((part) => file.startsWith(part))) return false;
  const binary = BINARIES[packageName]?.exec(file)?.groups;
  return !binary || (binary['os'] === target.os && binary['cpu'] === target.cpu);
}

/**
 * Whether a file of a workspace's `dist` goes into an image: what runs, neither declarations nor tests and what is built for them.
 * @param file below `dist`, with `/`
 */
export function isKeptOfOurs(file: string): boolean {
  if (/(^|\/)(testing|testkit)\//.test(file)) return false;
  return !/\.(d\.[cm]?ts|map|tsbuildinfo|spec\.js)$/.test(file);
}
