import type { Closure, Lock } from './closure.js';
import { packageName } from './contents.js';

export interface Bill {
  /** The image, `baton/<name>`. */
  readonly image: string;
  readonly version: string;
  /** When it was made; seconds count. */
  readonly at: Date;
}

/**
 * A bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): every package of an image with its version, licence and the
 * checksum that the lock file holds, and who needs whom.
 *
 * It is made from the same closure as the image. `npm sbom --omit=dev --workspace …` of npm 11.19 is no source for it: it lists what
 * other workspaces develop with, and leaves out packages that those share.
 */
export function billOfMaterials(closure: Closure, lock: Lock, { image, version, at }: Bill): object {
  const places = [...closure.workspaces, ...closure.packages];
  const refOf = (place: string): string => place;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: at.toISOString().replace(/\.\d+Z$/, 'Z'),
      component: { type: 'container', 'bom-ref': image, name: image, version },
    },
    components: places.map((place) => component(lock, place, refOf(place))),
    dependencies: [
      { ref: image, dependsOn: closure.workspaces.map(refOf) },
      ...places.map((place) => ({ ref: refOf(place), dependsOn: (closure.edges.get(place) ?? []).map(refOf) })),
    ],
  };
}

function component(lock: Lock, place: string, ref: string): object {
  const { version = '', license, integrity } = lock[place]!;
  const fullName = packageName(lock, place);
  const ours = !place.includes('node_modules/');
  const name = ours ? `@baton/${place.slice(place.indexOf('/') + 1)}` : fullName;
  const [group, bare] = name.startsWith('@') ? (name.split('/') as [string, string]) : [undefined, name];
  const sum = /^sha512-(?<base64>[A-Za-z0-9+/=]+)$/.exec(integrity ?? '')?.groups?.['base64'];
  return {
    type: 'library',
    'bom-ref': ref,
    ...(group ? { group } : {}),
    name: bare,
    version,
    // The scope's @ is written as %40 (https://github.com/package-url/purl-spec).
    purl: `pkg:npm/${name.replace(/^@/, '%40')}@${version}`,
    ...(license
      ? { licenses: [/\s|\(/.test(license) ? { expression: license.replace(/^\((.*)\)$/, '$1') } : { license: { id: license } }] }
      : {}),
    ...(sum ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(sum, 'base64').toString('hex') }] } : {}),
  };
}
