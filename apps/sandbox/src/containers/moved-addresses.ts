/**
 * The sandbox's settings with the simulated platforms where containers reach them; what browsers see, such as allowed origins, stays as it is.
 * @throws Error when there is nothing to move: then these are not the sandbox's settings
 */
export function withMovedPlatforms(yaml: string, { crisp, messenger }: { readonly crisp: string; readonly messenger: string }): string {
  let moved = 0;
  const text = yaml.replace(/^(\s*(?<key>apiUrl|graphUrl):\s*)http:\/\/127\.0\.0\.1:\d+\s*$/gm, (...found: unknown[]) => {
    moved += 1;
    const { key } = found.at(-1) as { key: string };
    return `${String(found[1])}${key === 'apiUrl' ? crisp : messenger}`;
  });
  if (moved === 0) throw new Error('No bot of the settings is connected to a simulated platform of this machine.');
  return text;
}
