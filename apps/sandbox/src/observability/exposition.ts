/** What `/metrics` of all processes of a platform said, together. */
export class Exposition {
  private readonly families = new Set<string>();
  private readonly samples: { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number }[] = [];

  static async of(urls: readonly string[]): Promise<Exposition> {
    const all = new Exposition();
    for (const url of urls) {
      const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) });
      if (!answer.ok) throw new Error(`${url}/metrics answers ${answer.status}`);
      all.take(await answer.text());
    }
    return all;
  }

  /** Whether some process knows a metric of this name, also one that it has not counted yet. */
  knows(series: string): boolean {
    return this.families.has(series) || this.families.has(series.replace(/_(bucket|sum|count)$/, ''));
  }

  /** The labels of each sample of this name, sorted. */
  labelsOf(series: string): string[][] {
    return this.samples.filter(({ name }) => name === series).map(({ labels }) => Object.keys(labels).sort());
  }

  sum(series: string, of: Readonly<Record<string, string | readonly string[]>> = {}): number {
    const fits = (labels: Readonly<Record<string, string>>) =>
      Object.entries(of).every(([label, values]) => [values].flat().includes(labels[label] ?? ''));
    return this.samples.reduce((sum, { name, labels, value }) => (name === series && fits(labels) ? sum + value : sum), 0);
  }

  private take(text: string): void {
    for (const line of text.split('\n')) {
      const family = /^# TYPE (\S+) /.exec(line)?.[1];
      if (family !== undefined) this.families.add(family);
      const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (!sample) continue;
      const [, name = '', labels = '', value] = sample;
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', of = '']) => [label, of] as const);
      this.samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
    }
  }
}
