/**
 * Asks the program of this container over HTTP, for images without a shell and curl: `node health.mjs <path>`.
 * Exit code 0 when it answers 2xx within two seconds.
 */
const port = process.env.HTTP_PORT;
const path = process.argv[2] ?? '/health/live';

try {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) {
    console.error(`${path} answers ${response.status}: ${(await response.text()).slice(0, 300)}`);
    process.exit(1);
  }
} catch (error) {
  console.error(`${path} does not answer: ${error.cause?.message ?? error.message}`);
  process.exit(1);
}
