import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { cases, CHART, valuesOf } from './chart.js';
import { run } from './commands.js';
import { isGolden, writeGolden } from './golden.js';
import { replicasThatJump } from './live-replicas.js';
import { type Manifest, manifestsOf } from './manifest.js';
import { variablesWrittenTwice } from './own-variables.js';
import { definedKindsJudge, type Judge, kubernetesJudge } from './schemas.js';
import { REFUSALS } from './refusals.js';
import { deadRunbooks } from './runbooks.js';
import { render } from './render.js';
import { findHelm, findKubernetesSchemas, findOtherDefinitions, Missing } from './tools.js';

/**
 * `npm run chart [-- --write] [-- --require]`: lints and renders the chart for each case and release of Kubernetes, checks each manifest against the
 * schemas of that release and of the kinds that others define, and compares with the golden files, which `--write` writes anew.
 * Exit code 1: something is wrong. Where a tool is missing and cannot be had it says so and ends with 0, with `--require` 2.
 */
const RELEASES = ['1.34', '1.35', '1.36'] as const;
/** Goldens are rendered for one release; nothing of the chart depends on it. */
const GOLDEN_RELEASE = '1.35';

const tell = (line: string): void => console.log(line);
const wants = (flag: string): boolean => process.argv.includes(flag);

interface Row {
  readonly name: string;
  readonly release: string;
  readonly manifests: number;
  readonly kinds: number;
  readonly findings: readonly string[];
}

async function lint(helm: string, name: string, release: string): Promise<string[]> {
  const { code, stdout, stderr } = await run(helm, ['lint', '--strict', CHART, '-f', valuesOf(name), '--kube-version', `${release}.0`]);
  if (code === 0) return [];
  const said = `${stdout}\n${stderr}`.split('\n').filter((line) => /\[(ERROR|WARNING)\]|^Error/.test(line));
  return said.map((line) => `lint: ${line}`);
}

async function checkCase(helm: string, name: string, release: string, judges: readonly Judge[]): Promise<Row> {
  const rendered = await render(helm, name, release);
  const findings = [...(await lint(helm, name, release)), ...rendered.findings];
  const manifests = manifestsOf(rendered.text);
  for (const manifest of manifests) {
    const what = `${manifest.kind}/${manifest.metadata.name}`;
    const verdict = judges.map((judge) => judge(manifest)).find((said) => said !== undefined);
    if (verdict === undefined) findings.push(`${what}: nobody knows ${manifest.apiVersion} ${manifest.kind}`);
    else findings.push(...verdict.map((problem) => `${what}: ${problem}`));
  }
  findings.push(...runbooksOf(name, manifests));
  if (manifests.length === 0) findings.push('nothing was rendered, so nothing was checked');
  if (release === GOLDEN_RELEASE && rendered.text !== '' && !isGolden(name, rendered.text)) {
    findings.push('the golden file is another one: npm run chart -- --write, and look at what changed');
  }
  return { name, release, manifests: manifests.length, kinds: new Set(manifests.map(({ kind }) => kind)).size, findings };
}

/** Where a case says where the repository is read, every rule and panel is to lead there. */
function runbooksOf(name: string, manifests: readonly Manifest[]): string[] {
  const { monitoring } = parse(readFileSync(valuesOf(name), 'utf8')) as { monitoring?: { runbookBase?: string } };
  if (monitoring?.runbookBase === undefined) return [];
  const { looked, dead } = deadRunbooks(manifests, monitoring.runbookBase);
  return looked === 0 ? ['no rule or panel leads to the runbook'] : dead.map((link) => `leads to no page of the runbook: ${link}`);
}

/** What the chart says to values that do not fit together; they must be refused before anything is installed. */
async function notRefused(helm: string): Promise<string[]> {
  const findings: string[] = [];
  for (const { what, set, says } of REFUSALS) {
    const { text, findings: said } = await render(helm, 'minimal', GOLDEN_RELEASE, { set });
    if (text !== '' || !said.join(' ').includes(says)) findings.push(`${what} is not refused with "${says}": ${said.join(' ')}`);
  }
  return findings;
}

async function check(): Promise<number> {
  const helm = await findHelm(tell);
  if (wants('--write')) {
    // Rendering needs nothing but helm, so that a changed chart has goldens even where schemas cannot be had.
    for (const name of cases()) {
      const { text, findings } = await render(helm, name, GOLDEN_RELEASE);
      if (findings.length > 0) throw new Error(`${name}: ${findings.join(' ')}`);
      await writeGolden(name, text);
    }
  }
  const schemas = await findKubernetesSchemas(tell);
  const others = await definedKindsJudge(await findOtherDefinitions());
  const rows: Row[] = [];
  for (const release of RELEASES) {
    const judges = [await kubernetesJudge(schemas, release), others];
    for (const name of cases()) rows.push(await checkCase(helm, name, release, judges));
  }
  tell('case         Kubernetes   manifests   kinds   findings');
  for (const { name, release, manifests, kinds, findings } of rows) {
    tell(
      `${name.padEnd(12)} ${release.padEnd(10)} ${String(manifests).padStart(11)} ${String(kinds).padStart(7)} ${String(findings.length).padStart(10)}`,
    );
    for (const finding of findings) tell(`  ✗ ${finding}`);
  }
  const taken = await notRefused(helm);
  tell(`refusals     ${REFUSALS.length - taken.length} of ${REFUSALS.length} wrong combinations of values are refused in words`);
  for (const finding of taken) tell(`  ✗ ${finding}`);
  const { asked, findings: twice } = await variablesWrittenTwice(helm, GOLDEN_RELEASE);
  tell(`variables    ${asked - twice.length} of ${asked} that the chart writes are refused among the values of a service`);
  for (const finding of twice) tell(`  ✗ ${finding}`);
  const jump = await replicasThatJump(helm, GOLDEN_RELEASE);
  tell(jump.length === 0 ? 'replicas     stay what they are where an autoscaler has them' : 'replicas');
  for (const finding of jump) tell(`  ✗ ${finding}`);
  if (asked === 0) taken.push('no variable was asked for');
  const found = taken.length + twice.length + jump.length + rows.reduce((sum, { findings }) => sum + findings.length, 0);
  const looked = rows.reduce((sum, { manifests }) => sum + manifests, 0);
  if (looked === 0) tell('Nothing was looked at.');
  else tell(found === 0 ? `All ${looked} manifests are right.` : `${found} findings in ${looked} manifests.`);
  return found === 0 && looked > 0 ? 0 : 1;
}

process.exitCode = await check().catch((error: unknown) => {
  if (!(error instanceof Missing)) throw error;
  tell(`The chart was not checked: ${error.message} npm test looks at what was rendered before (deploy/helm/golden).`);
  return wants('--require') ? 2 : 0;
});
