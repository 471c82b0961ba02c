import chromium from '@sparticuz/chromium';
import { chromium as driver } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** A real Chromium, from a package: nothing is downloaded. As root it runs without its own sandbox. */
export async function launchBrowser(): Promise<Browser> {
  return driver.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: [
      '--headless=shell',
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--mute-audio',
      '--autoplay-policy=document-user-activation-required',
    ],
  });
}
