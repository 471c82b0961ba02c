/** As pgvector reads it; seven digits are all that a 32-bit number has. */
export function toPgVector(vector: Float32Array): string {
  return `[${Array.from(vector, (part) => Number(part.toPrecision(7))).join(',')}]`;
}
