#!/usr/bin/env node
import { runDeadLetters } from './run.js';

process.exitCode = await runDeadLetters(
  process.argv.slice(2),
  process.env,
  (text) => process.stdout.write(`${text}\n`),
  (text) => process.stderr.write(`${text}\n`),
);
