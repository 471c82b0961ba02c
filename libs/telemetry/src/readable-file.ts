import { accessSync, constants, statSync } from 'node:fs';

/** Why a file cannot be read, in words that do not name it; undefined when it can. */
export function troubleWithFile(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile() ? undefined : 'it names no file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'there is no such file';
    return code === 'EACCES' ? 'the file may not be read by this user' : 'the file cannot be read';
  }
}
