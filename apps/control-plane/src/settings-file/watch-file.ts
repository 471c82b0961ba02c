import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

const QUIET_MS = 150;
const LOOK_ANYWAY_MS = 30_000;
/** A mounted ConfigMap is a link into a folder of this beginning, and the folder is what changes. */
const KUBERNETES_SWAPS = '..';

/**
 * Calls back when a file may have changed, once for a burst of changes. Its folder is watched, because editors and Kubernetes replace a
 * file instead of writing into it; and it looks anyway twice a minute, for the files that it points to.
 * @returns ends the watching
 */
export function watchFile(path: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  const isOurs = (name: string | null) => name === null || name === basename(path) || name.startsWith(KUBERNETES_SWAPS);
  const watcher = watch(dirname(path), (_event, name) => {
    if (isOurs(name)) soon();
  });
  watcher.on('error', () => undefined); // looking anyway remains
  const anyway = setInterval(onChange, LOOK_ANYWAY_MS);
  return () => {
    watcher.close();
    clearTimeout(timer);
    clearInterval(anyway);
  };
}
