import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parseSealingCertificate, type SealingCertificate } from '../../src/sealing/certificate.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { makeFolder } from './repository.ts';
import { findTool } from './tools.js';

/** A throw-away pair of the kind that the controller makes, in files. */
export type SealingPair = {
  certificate: SealingCertificate;
  made: Certificate;
  certFile: string;
  keyFile: string;
};

export const canOpen = findTool('kubeseal') !== undefined && findTool('unseal') !== undefined;

export function makeSealingPair(bits = 2048): SealingPair {
  const made = makeCertificate({ commonName: 'sealed-secret', keyType: 'rsa', bits });
  const folder = makeFolder();
  const certFile = path.join(folder, 'cert.pem');
  const keyFile = path.join(folder, 'key.pem');
  writeFileSync(certFile, made.cert);
  writeFileSync(keyFile, made.key);
  const certificate = parseSealingCertificate(Buffer.from(made.cert), 'cert.pem', new Date());
  return { certificate, made, certFile, keyFile };
}

export type Opened = { values: Record<string, Buffer>; object: Record<string, unknown> };

/** The Secret that real kubeseal recovers from a SealedSecret. */
export function openWithKubeseal(sealed: string, keyFile: string): Opened {
  const args = ['--recovery-unseal', '--recovery-private-key', keyFile, '-o', 'yaml'];
  const text = run('kubeseal', args, sealed);
  const object = parse(text) as Record<string, unknown>;
  return { object, values: decode((object['data'] ?? {}) as Record<string, string>) };
}

/** The values that the controller's own code opens. */
export function openWithController(sealed: string, keyFile: string): Record<string, Buffer> {
  return decode(JSON.parse(run('unseal', [keyFile], sealed)) as Record<string, string>);
}

/** A SealedSecret made by real kubeseal. */
export function sealWithKubeseal(manifest: string, certFile: string, ...args: string[]): string {
  return run('kubeseal', ['--cert', certFile, '-o', 'yaml', ...args], manifest);
}

function decode(data: Record<string, string>): Record<string, Buffer> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value ?? '', 'base64')]),
  );
}

function run(name: string, args: string[], input: string): string {
  const options = { input, encoding: 'utf8', maxBuffer: 64 << 20, env: { HOME: makeFolder() } } as const;
  const result = spawnSync(findTool(name) ?? name, args, options);
  if (result.status !== 0) throw new Error(`${name}: ${result.stderr}`);
  return result.stdout;
}
