#!/usr/bin/env node
import { runKnowledge } from './run-knowledge.js';

process.exitCode = await runKnowledge(process.argv.slice(2), process.env, {
  say: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
