/** The vector at length 1, so that the product of two says how near their meanings are; a zero vector stays as it is. */
export function asUnit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return vector.map((value) => value / length);
}
