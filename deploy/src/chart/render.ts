import { CHART, releaseOf, valuesOf } from './chart.js';
import { run } from './commands.js';

export interface Rendered {
  /** Empty when helm refused. */
  readonly text: string;
  /** What helm said then. */
  readonly findings: readonly string[];
}

export interface More {
  /** As `--set` takes them. */
  readonly set?: readonly string[];
  /** An API server to ask what runs (`lookup`); none without. */
  readonly server?: string;
}

/** Renders a case for a release of Kubernetes (`1.35`) with this helm. */
export async function render(helm: string, name: string, kubernetes: string, { set = [], server }: More = {}): Promise<Rendered> {
  const args = ['template', releaseOf(name), CHART, '--namespace', 'baton', '-f', valuesOf(name), '--kube-version', `${kubernetes}.0`];
  const asked = server === undefined ? [] : ['--dry-run=server', '--kube-apiserver', server];
  // Nobody's own cluster is asked.
  const env = { KUBECONFIG: '/dev/null' };
  const { code, stdout, stderr } = await run(helm, [...args, ...asked, ...set.flatMap((one) => ['--set', one])], { env });
  if (code === 0) return { text: stdout, findings: [] };
  return { text: '', findings: stderr.split('\n').filter((line) => line.startsWith('Error')) };
}
