#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { runBaton } from './run-baton.js';

const { stdin, stdout, stderr, env } = process;

async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

process.exitCode = await runBaton(process.argv.slice(2), env, {
  say: (text) => stdout.write(`${text}\n`),
  complain: (text) => stderr.write(`${text}\n`),
  ask: stdin.isTTY ? ask : undefined,
  hasColours: stdout.isTTY === true && env['NO_COLOR'] === undefined,
});
