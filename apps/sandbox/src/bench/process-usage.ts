import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']).toString());

/** Where `/proc/<pid>/stat` has user and system time behind the command: of the process itself, and of its children that ended (proc_pid_stat(5)). */
const OWN = [11, 12];
const WITH_ENDED = [...OWN, 13, 14];

/** CPU time a process has used so far, in microseconds; 0 once it is gone. */
export function cpuUs(pid: number): number {
  return ticksUs(pid, OWN);
}

/** The same with all that its children used which ended before it. */
export function cpuWithEndedUs(pid: number): number {
  return ticksUs(pid, WITH_ENDED);
}

function ticksUs(pid: number, places: readonly number[]): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (places.reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND) * 1e6;
  } catch {
    return 0;
  }
}

/** Resident memory of a process in MiB; 0 once it is gone. */
export function rssMiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
