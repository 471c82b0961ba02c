import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REPOSITORY } from '../place.js';
import { allAlerts } from './alerts/index.js';
import { BURNS } from './slo/burn-rate.js';
import { SLOS } from './slo/slos.js';
import { knownSeries } from './expressions.js';
import { complaintsAbout } from './promql/complaints.js';

const RUNBOOK = `${REPOSITORY}docs/operations/runbook/`;
const OBJECTIVES = `${REPOSITORY}docs/operations/slo.md`;
const LINES_AT_MOST = 30;

const pages = readdirSync(RUNBOOK).filter((name) => name.endsWith('.md') && name !== 'README.md');
const alerts = [...new Set(allAlerts().map(({ alert }) => alert))];
const scripts = Object.keys((JSON.parse(readFileSync(`${REPOSITORY}package.json`, 'utf8')) as { scripts: object }).scripts);

/** What the pages for operators say of doors and variables, and the controllers' own addresses. */
const operations = ['docs/operations.md', 'apps/escalation-orchestrator/src/outcomes/outcomes.controller.ts']
  .map((file) => readFileSync(`${REPOSITORY}${file}`, 'utf8'))
  .join('\n');

/** What stands between backticks. */
const quoted = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

/** Headings as links name them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function brokenLinks(file: string): string[] {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !link.startsWith('http'));
  return links.filter((link) => {
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? file : path.resolve(path.dirname(file), to);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
  });
}

describe('the runbook', () => {
  it('has a page for each alert, and none without one', () => {
    expect(alerts.length).toBeGreaterThan(30);
    expect(pages.map((page) => page.replace('.md', '')).sort()).toEqual([...alerts].sort());
  });

  it('lists all of them', () => {
    const list = readFileSync(`${RUNBOOK}README.md`, 'utf8');
    expect(alerts.filter((alert) => !list.includes(`[${alert}](${alert}.md)`))).toEqual([]);
    expect(brokenLinks(`${RUNBOOK}README.md`)).toEqual([]);
  });
});

describe.each(pages)('%s', (page) => {
  const text = readFileSync(`${RUNBOOK}${page}`, 'utf8');

  it('is short, and says what it means, what visitors notice, what to look at and do, and what comes after', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(LINES_AT_MOST);
    for (const part of [`# ${page.replace('.md', '')}`, '**Visitors notice:**', '## Look first', '## Do', '## Afterwards'])
      expect(text).toContain(part);
  });

  it('names only metrics, alerts, commands and pages that there are', () => {
    const known = knownSeries();
    // A histogram is called by its own name, which no series has.
    const isHistogram = (code: string) => known.has(`${code}_bucket`);
    const metrics = quoted(text).filter((code) => /\b(baton|process|nodejs|kube|container)_\w/.test(code) && !code.startsWith('kubectl'));
    expect(metrics.flatMap((code) => (isHistogram(code) ? [] : complaintsAbout(code, known)))).toEqual([]);
    const commands = quoted(text).flatMap((code) => /^npm run (\S+)/.exec(code)?.[1] ?? []);
    expect(commands.filter((command) => !scripts.includes(command))).toEqual([]);
    const doors = quoted(text).flatMap((code) => /^(?:GET )?\/?(v1\/\w+|health\/\w+)/.exec(code.replace(/^GET \//, ''))?.[1] ?? []);
    expect(doors.filter((door) => !operations.includes(door))).toEqual([]);
    const variables = quoted(text).filter((code) => /^[A-Z]+(_[A-Z]+)+$/.test(code));
    expect(variables.filter((variable) => !operations.includes(variable))).toEqual([]);
    const named = [...text.matchAll(/\bBaton[A-Z]\w+/g)].map(([name]) => name);
    expect(named.filter((name) => !alerts.includes(name))).toEqual([]);
    expect(brokenLinks(`${RUNBOOK}${page}`)).toEqual([]);
  });
});

describe('the page of objectives', () => {
  const text = readFileSync(OBJECTIVES, 'utf8');

  it('says of each what is promised, and which alert tells that it is not kept', () => {
    for (const { promise, alert } of SLOS) {
      expect(text).toContain(promise);
      expect(text).toContain(`[${alert}](runbook/${alert}.md)`);
    }
    for (const { long, short, factor } of BURNS) expect(text).toContain(`| ${long} | ${short} | ${factor} |`);
    expect(brokenLinks(OBJECTIVES)).toEqual([]);
  });
});
