import { runbookOf } from '../observability/alerts/rule.js';
import type { Manifest } from './manifest.js';

/** What stands in the files before {@link runbookOf}; the chart puts the address of the repository in its place. */
export const RULE_LINK = 'runbook_url: ';
export const PANEL_LINK = '${runbook}';

const ALERT = /\/(\w+)\.md$/;

/**
 * The links to the runbook, of rules and panels that were rendered, which do not lead to a page below the address where the repository is read.
 * @param base as in `monitoring.runbookBase`, ending with a slash
 */
export function deadRunbooks(manifests: readonly Manifest[], base: string): { readonly looked: number; readonly dead: string[] } {
  const links = manifests.flatMap((manifest) => (manifest.kind === 'PrometheusRule' ? linksOfRules(manifest) : linksOfPanels(manifest)));
  return { looked: links.length, dead: [...new Set(links)].filter((link) => link !== `${base}${runbookOf(ALERT.exec(link)?.[1] ?? '')}`) };
}

function linksOfRules({ spec }: Manifest): string[] {
  const groups = (spec?.['groups'] ?? []) as readonly { readonly rules: readonly { readonly annotations?: Record<string, string> }[] }[];
  return groups.flatMap(({ rules }) => rules.flatMap(({ annotations }) => annotations?.['runbook_url'] ?? []));
}

function linksOfPanels({ kind, data }: Manifest): string[] {
  if (kind !== 'ConfigMap') return [];
  const boards = Object.entries((data ?? {}) as Record<string, string>).filter(([name]) => name.endsWith('.json'));
  return boards.flatMap(([, text]) => {
    const { panels = [] } = JSON.parse(text) as { panels?: readonly { readonly links?: readonly { readonly url: string }[] }[] };
    return panels.flatMap(({ links = [] }) => links.map(({ url }) => url));
  });
}
