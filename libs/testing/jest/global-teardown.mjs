/** Ends what the set-up started. */
export default async function globalTeardown() {
  await globalThis.batonLocalServices?.stop();
  globalThis.batonLocalServices = undefined;
}
