/** What of a package-lock.json says which packages are installed. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly link?: boolean; readonly optional?: boolean }>>;
}

/** Packages that `wanted` names and `there` does not have in the same version; those of ours do not count. */
export function lacks(there: Lock, wanted: Lock): string[] {
  return Object.entries(wanted.packages).flatMap(([name, { version, link }]) => {
    if (!name.includes('node_modules/') || link) return [];
    return there.packages[name]?.version === version ? [] : [`${name.slice(name.lastIndexOf('node_modules/') + 13)} ${version}`];
  });
}
