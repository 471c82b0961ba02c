/** A figure of a metric in Prometheus' text form, all its labels added up; undefined where it does not stand there. */
export function figureIn(text: string, name: string): number | undefined {
  const values = linesOf(text, name).map(({ value }) => value);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

/** What a label of a metric says; undefined where there is none such. */
export function labelIn(text: string, name: string, label: string): string | undefined {
  for (const { labels } of linesOf(text, name)) {
    const found = new RegExp(`(?:^|,)${label}="((?:[^"\\\\]|\\\\.)*)"`).exec(labels)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function linesOf(text: string, name: string): { readonly labels: string; readonly value: number }[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith(name)) return [];
    const [, labels = '', value] = /^(?:\{(.*)\})? (\S+)/.exec(line.slice(name.length)) ?? [];
    const figure = Number(value);
    return value === undefined || Number.isNaN(figure) ? [] : [{ labels, value: figure }];
  });
}
