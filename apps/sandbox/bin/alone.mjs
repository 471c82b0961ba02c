import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Launch, say } from './problems.mjs';
import { isStopping } from './run.mjs';

/** Beside `node_modules`, which an installation takes away. */
const PLACE = path.join('.baton', 'setting-up');
const LOOK_AGAIN_MS = 200;

/**
 * Does what only one command at a time may do to a checkout: a second `npm ci` would take away the packages that the first one runs on. Others
 * wait, for as long as the process that is at it lives.
 */
export async function alone(root, work) {
  const file = path.join(root, PLACE);
  mkdirSync(path.dirname(file), { recursive: true });
  for (let told = false; !taken(file); told = true) {
    if (!told) say('Another command sets this checkout up; waiting for it');
    await pause(LOOK_AGAIN_MS);
    if (isStopping()) throw new Launch('Stopped.', 130);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** True when the place is ours now; what a dead process left is put away. */
function taken(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!lives(holderOf(file))) rmSync(file, { force: true });
  return false;
}

function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function lives(pid) {
  // Written a moment from now.
  if (pid === 0) return true;
  if (pid === undefined || Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
