import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, checkHome } from '../../support/check-repository.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway } from '../../support/slipway.ts';
import { findTool } from '../../support/tools.js';

const KUSTOMIZATION = 'production/shop/kustomization.yaml';

/** An app with a chart of its own, one without any. */
function repository(): string {
  return makeRepository({
    [KUSTOMIZATION]:
      'namespace: shop\nresources: [namespace.yaml]\nhelmCharts:\n  - name: shop\n    releaseName: shop\n    namespace: shop\n    includeCRDs: true\n',
    'production/shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
    'production/shop/charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'production/shop/charts/shop/values.yaml': '{}\n',
    'production/plain/kustomization.yaml': 'namespace: plain\nresources: [namespace.yaml]\n',
    'production/plain/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: plain}\n',
  });
}

/** A machine with git and these programs alone. */
function machine(programs: readonly string[]): Record<string, string> {
  const bin = makeFolder();
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  symlinkSync(git, path.join(bin, 'git'));
  for (const program of programs) symlinkSync(findTool('kustomize') ?? '', path.join(bin, program));
  return { ...checkHome(), PATH: bin };
}

/** kubectl builds with the kustomize inside, and says what goes wrong its own way. */
function withKubectl(): Record<string, string> {
  const env = machine([]);
  const script = `#!/bin/sh
if [ "$1" = version ]; then echo 'Client Version: v1.32.4'; echo 'Kustomize Version: v5.8.1'; exit; fi
shift
'${findTool('kustomize')}' build "$@" 2>"$TMPDIR/said" && exit
echo 'E1128 08:16:59.637723   31401 run.go:72] "command failed" err=<' >&2
while IFS= read -r line; do printf '\\t%s\\n' "$line" >&2; done <"$TMPDIR/said"
echo ' >' >&2
exit 1
`;
  const file = path.join(env['PATH'] ?? '', 'kubectl');
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return env;
}

describe.runIf(findTool('kustomize'))('kustomize without helm', () => {
  test.each([
    ['kustomize', () => machine(['kustomize'])],
    ['kubectl', withKubectl],
    ['a helm that is named and not there', () => ({ ...machine(['kustomize']), SLIPWAY_HELM: '/nowhere' })],
  ])('%s: an app with a chart is not rendered, which is no fault of it', async (_, env) => {
    const run = await check(repository(), ['--render', '--offline'], env());
    const about = run.findings.filter(({ code }) => code === 'render-failed');
    expect(about.map(({ severity, file, message }) => `${severity} ${file} ${message}`)).toEqual([
      `note ${KUSTOMIZATION} not rendered: helm is not installed`,
    ]);
    expect(run.summary).toMatchObject({ errors: 0, rendered: 1, notRendered: 1 });
  });

  test('what rendered is named without helm, and not at all where nothing did', async () => {
    const root = repository();
    const args = ['check', '-C', root, '--render', '--offline'];
    const all = await slipway(args, { env: machine(['kustomize']), cwd: root });
    expect(all.stdout).toMatch(/rendered by kustomize 5\.\d+\.\d+ of this machine, without helm, for/);
    const one = await slipway([...args, 'production/shop'], { env: machine(['kustomize']), cwd: root });
    expect(one.stdout).toContain('helm is not installed');
    expect(one.stdout).not.toContain('rendered by');
  });
});

test('--render is advised only where something renders', async () => {
  const root = repository();
  const args = ['check', '-C', root, '--offline'];
  const without = await slipway(args, { env: machine([]), cwd: root });
  expect(without.stdout).toContain('--render takes kustomize or kubectl, and neither is installed');
  if (!findTool('kustomize')) return;
  const having = await slipway(args, { env: machine(['kubectl']), cwd: root });
  expect(having.stdout).toContain('--render does that');
});
