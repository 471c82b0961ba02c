const BARS = [...'▁▂▃▄▅▆▇█'];

/** A row of figures as one word of bars, from 0 to the highest; wider rows are averaged together. */
export function sparkline(values: readonly number[], width = 60): string {
  if (values.length === 0) return '';
  const columns = Math.min(width, values.length);
  const means = Array.from({ length: columns }, (_, column) => {
    const part = values.slice(Math.floor((column * values.length) / columns), Math.floor(((column + 1) * values.length) / columns));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const top = Math.max(...means);
  return means.map((mean) => (top > 0 ? BARS[Math.min(7, Math.floor((mean / top) * 8))] : BARS[0])).join('');
}
