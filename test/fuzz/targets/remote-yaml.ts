import assert from 'node:assert';
import { readRemoteDocuments, readRemoteYaml, REMOTE_LIMITS } from '../../../src/yaml/remote-yaml.ts';
import { decodeUtf8 } from '../../../src/text/utf8.ts';
import { seedFiles, type Target } from '../target.ts';

export const remoteYaml: Target = {
  about: 'YAML from elsewhere: plain data without prototypes, aliases and tags, within its limits',
  seeds: seedFiles('remote-yaml'),
  run(input) {
    const text = decodeUtf8(input, 'the file');
    for (const document of readRemoteDocuments(text, 'the file')) requirePlain(document, 0);
    requirePlain(readRemoteYaml(text, 'the file'), 0);
  },
};

function requirePlain(data: unknown, depth: number): void {
  assert.ok(depth <= REMOTE_LIMITS.depth, 'deeper than the limit');
  if (typeof data !== 'object' || data === null) {
    assert.ok(!['function', 'symbol', 'bigint'].includes(typeof data), 'no plain value');
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(data);
  assert.strictEqual(prototype, Array.isArray(data) ? Array.prototype : null, 'a map with a prototype');
  for (const item of Object.values(data)) requirePlain(item, depth + 1);
}
