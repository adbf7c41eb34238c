import { expect, onTestFinished, test } from 'vitest';
import { parseChartRequest } from '../../src/charts/address.ts';
import { startRegistry } from '../support/oci-registry.ts';
import { makeFolder } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';
import { thrown } from '../support/thrown.ts';

test.each([
  ['oci://host.example/team/web:1.0.0', 'Say --chart oci://host.example/team/web --version 1.0.0'],
  ['oci://host.example:5000/web:1.0.0', 'Say --chart oci://host.example:5000/web --version 1.0.0'],
  ['oci://host.example/team/web@sha256:ab', 'Say --chart oci://host.example/team/web, and its version'],
])('%s: the version is given apart', (chart, hint) => {
  expect(thrown(() => parseChartRequest(chart, undefined, []))).toMatchObject({
    code: 'E_VALUE',
    hint: expect.stringContaining(hint) as unknown,
  });
});

test('a port is no tag', () => {
  expect(parseChartRequest('oci://host.example:5000/web', undefined, [])).toMatchObject({
    address: { repo: 'oci://host.example:5000', name: 'web' },
  });
});

test('what a registry has not: the name may be missing, or stand there twice', async () => {
  const registry = await startRegistry({ auth: 'none' });
  if (!registry) return;
  onTestFinished(() => registry.close());
  const run = async (...args: string[]): Promise<string> => {
    const env = testEnv(makeFolder()) as Record<string, string>;
    const result = await slipway(['new-app', '-C', demoRepository(), '--yes', ...args], {
      env,
      cwd: makeFolder(),
    });
    return result.stderr;
  };
  const repo = `oci://${registry.host}/charts`;
  expect(await run('--chart', repo)).toContain(`say ${repo}/<chart>`);
  expect(await run('--chart', 'web', '--repo', `${repo}/web`)).toContain(
    "The chart's name stands in the address twice",
  );
});
