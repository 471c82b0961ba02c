#!/usr/bin/env node
import { runTopics } from './run-topics.js';

process.exitCode = await runTopics(
  process.argv.slice(2),
  process.env,
  (text) => process.stdout.write(`${text}\n`),
  (text) => process.stderr.write(`${text}\n`),
);
