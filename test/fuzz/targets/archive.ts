import assert from 'node:assert';
import { gzipSync } from 'node:zlib';
import { readChartArchive } from '../../../src/archive/chart-archive.ts';
import { UserError } from '../../../src/errors.ts';
import { longName, pax, tar } from '../../support/tar.ts';
import type { Target } from '../target.ts';

const CHART = { path: 'demo/Chart.yaml', content: 'apiVersion: v2\nname: demo\nversion: 1.0.0\n' };

export const archive: Target = {
  about: 'a chart archive: nothing but regular files, below one folder, each by a path that any system takes',
  seeds: [
    tar([CHART, { path: 'demo/values.yaml', content: 'replicas: 1\n' }]),
    tar([{ path: 'demo', type: '5' }, CHART, { path: 'demo/templates/a.yaml', content: 'kind: A\n' }]),
    tar([CHART, pax({ path: 'demo/long.yaml', mtime: '1' }), { path: 'x', content: 'a' }]),
    tar([CHART, longName('demo/another/file.yaml'), { path: 'x', content: 'b' }]),
    tar([CHART, { path: 'file.yaml', prefix: 'demo/prefix', content: 'c' }]),
    tar([CHART, { path: 'demo/link', type: '2', linkpath: '/etc/passwd' }]),
    tar([CHART, { path: '../outside', content: 'd' }]),
  ],
  /** As it is, with its checksums put right (else most of it ends there), and as what should be a gzip. */
  run(input) {
    const ways = [gzipSync(input, { level: 1 }), gzipSync(withChecksums(input), { level: 1 }), input];
    const [, refusal] = ways.map(read);
    if (refusal) throw refusal;
  },
};

/** The refusal, if it is one. */
function read(bytes: Buffer): UserError | undefined {
  try {
    const { files, topFolder, unpackedBytes } = readChartArchive(bytes);
    assert.ok(files.has('Chart.yaml'));
    for (const name of [topFolder, ...files.keys()]) requireSafe(name);
    const size = [...files.values()].reduce((sum, content) => sum + content.length, 0);
    assert.ok(size <= unpackedBytes, 'more content than the archive has');
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function requireSafe(name: string): void {
  assert.doesNotMatch(name, /[\\:\0]|^\/|\/$|\/\//, 'a path that some system reads otherwise');
  for (const part of name.split('/')) assert.ok(!['', '.', '..'].includes(part), `the path ${name}`);
}

/** Follows the sizes of the headers, as a reader does, and gives each header the sum that it should have. */
function withChecksums(input: Buffer): Buffer {
  const bytes = Buffer.from(input);
  for (let at = 0; at + 512 <= bytes.length;) {
    const header = bytes.subarray(at, at + 512);
    if (header.every(byte => byte === 0)) break;
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8) || 0;
    at += 512 + Math.ceil(Math.max(0, size) / 512) * 512;
  }
  return bytes;
}
