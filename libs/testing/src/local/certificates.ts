// @peculiar/x509 needs it, and leaves it to whoever uses it.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

/** Paths of PEM files. */
export interface Identity {
  readonly certFile: string;
  readonly keyFile: string;
  /** Key and certificate in one file, as Kafka reads a key store of type PEM. */
  readonly bothFile: string;
}

/** A certificate authority of a test. */
export interface TestAuthority {
  readonly caFile: string;
  /** Signs a certificate for a name (its `CN`), good for these hosts; called again for the same name it renews the files. */
  issue(name: string, hosts?: readonly string[]): Promise<Identity>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Makes an authority whose files lie in a directory. */
export async function testAuthority(directory: string, name = 'Test authority'): Promise<TestAuthority> {
  await mkdir(directory, { recursive: true });
  const keys = await makeKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(),
    extensions: [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
  const caFile = path.join(directory, 'ca.pem');
  await writeFile(caFile, authority.toString('pem'));

  async function issue(of: string, hosts: readonly string[] = []): Promise<Identity> {
    const own = await makeKeys();
    const names = hosts.map((host) => ({ type: /^[\d.]+$/.test(host) ? ('ip' as const) : ('dns' as const), value: host }));
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${of}`,
      issuer: authority.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity(),
      extensions: names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [],
    });
    const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', own.privateKey), 'PRIVATE KEY');
    const files = { certFile: file(of, 'crt'), keyFile: file(of, 'key'), bothFile: file(of, 'pem') };
    await writeFile(files.certFile, certificate.toString('pem'));
    await writeFile(files.keyFile, key);
    await chmod(files.keyFile, 0o600);
    await writeFile(files.bothFile, `${key}\n${certificate.toString('pem')}\n`);
    return files;
  }
  const file = (of: string, ending: string): string => path.join(directory, `${of}.${ending}`);
  return { caFile, issue };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** From yesterday, for clocks differ, until tomorrow. */
function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + DAY_MS) };
}
