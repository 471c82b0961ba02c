import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { REPOSITORY } from '../place.js';
import { allAlerts } from './alerts/index.js';
import { ALERTS, DASHBOARDS, documents } from './documents.js';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly refId: string; readonly datasource: { readonly uid: string } }[];
  readonly links?: readonly { readonly url: string }[];
}

interface Board {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

const boards = [...documents()].flatMap(([path, text]) => (path.startsWith(DASHBOARDS) ? [JSON.parse(text) as Board] : []));

describe('dashboards and rules', () => {
  it('lie in the repository as their tables say', () => {
    expect(documents().size).toBe(9);
    for (const [path, text] of documents()) {
      expect({ path, text: existsSync(path) ? readFileSync(path, 'utf8') : 'missing: node deploy/dist/observability/write.js' }).toEqual({
        path,
        text,
      });
    }
    const written = new Set([...documents().keys()]);
    const there = [ALERTS, DASHBOARDS].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isFile() ? [`${folder}${one.name}`] : [])),
    );
    expect(there.filter((path) => !written.has(path))).toEqual([]);
  });

  it('have each alert once for each severity and window, by a name of ours', () => {
    const names = allAlerts().map(({ alert, labels }) => `${alert} ${labels.severity} ${labels['window'] ?? ''}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { alert } of allAlerts()) expect(alert).toMatch(/^Baton([A-Z][a-z]+)+$/);
  });
});

describe.each(boards)('the dashboard $title', (board) => {
  const shown = board.panels.filter(({ type }) => type !== 'row');

  it('is of a model that Grafana imports', () => {
    expect(board.uid).toMatch(/^[\w-]{1,40}$/);
    expect(board.schemaVersion).toBe(39);
    expect(board.templating.list.map(({ name }) => name)).toEqual(expect.arrayContaining(['datasource', 'namespace', 'runbook']));
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    for (const { datasource, targets = [] } of shown) {
      expect(datasource?.uid).toBe('${datasource}');
      expect(targets.length).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      for (const target of targets) expect(target.datasource.uid).toBe('${datasource}');
    }
  });

  it('has panels that fit beside each other', () => {
    for (const one of board.panels) expect(one.gridPos.x + one.gridPos.w).toBeLessThanOrEqual(24);
    const overlap = (a: Panel['gridPos'], b: Panel['gridPos']) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    const overlapping = board.panels.flatMap((one, i) =>
      board.panels
        .slice(i + 1)
        .filter((other) => overlap(one.gridPos, other.gridPos))
        .map((other) => `${one.title} and ${other.title}`),
    );
    expect(overlapping).toEqual([]);
  });

  it('says of each panel what it shows, and leads to pages that there are', () => {
    expect(shown.length).toBeGreaterThan(5);
    for (const { title, description, links = [] } of shown) {
      expect({ title, says: (description ?? '').length > 10 }).toEqual({ title, says: true });
      for (const { url } of links) expect(existsSync(`${REPOSITORY}${url.replace('${runbook}', '')}`)).toBe(true);
    }
  });
});
