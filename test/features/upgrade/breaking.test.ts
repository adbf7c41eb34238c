import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { serveCharts } from '../../support/chart-repository.ts';
import { canRender } from '../../support/kustomize.ts';
import { makeFolder, makeRepository } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const isUpgrade = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.resolve('schemas/upgrade.schema.json'), 'utf8')) as object,
);

const budget = (version: string): string =>
  `apiVersion: policy/${version}\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }\n`;
const crd = (field: string): string =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ${field} }\n`;
const metadata = (version: string, appVersion: string, more = ''): string =>
  `apiVersion: v2\nname: web\nversion: ${version}\nappVersion: "${appVersion}"\n${more}`;
const CHANGES = `annotations:
  artifacthub.io/changes: |
    - kind: removed
      description: the old <b>API</b> is gone
    - kind: added
      description: something nice
    - kind: Security
      description: a hole is closed
`;

test.runIf(canRender)('what may break is said in the report, in one line, and in the JSON', async () => {
  const charts = await serveCharts([
    {
      name: 'web',
      version: '1.0.0',
      appVersion: '4.2',
      files: {
        'Chart.yaml': metadata('1.0.0', '4.2'),
        'values.yaml': '{}\n',
        'crds/a.yaml': crd('a'),
        'templates/all.yaml': budget('v1'),
      },
    },
    {
      name: 'web',
      version: '1.1.0',
      appVersion: '5.0',
      files: {
        'Chart.yaml': metadata('1.1.0', '5.0', CHANGES),
        'values.yaml': '{}\n',
        'crds/a.yaml': crd('b'),
        'templates/all.yaml': budget('v1beta1'),
        'UPGRADING.md': '# To 1.1.0\n\nRun `rm -rf /` and [click](https://evil.example) @everyone.\n',
      },
    },
  ]);
  const root = makeRepository({
    '.slipway/config.yaml': 'kubernetes: { version: "1.30" }\n',
    'production/web/kustomization.yaml': `namespace: web\nhelmCharts:\n  - name: web\n    repo: ${charts.url}\n    version: 1.0.0\n    releaseName: web\n    namespace: web\n`,
  });
  const upgrade = (...words: string[]) =>
    slipway(['upgrade', '-C', root, ...words], {
      cwd: root,
      env: testEnv(makeFolder()) as Record<string, string>,
    });
  try {
    const json = await upgrade('--yes', '--json', '--report', 'r.md');
    expect(json.code).toBe(3);
    const answer = JSON.parse(json.stdout) as {
      apps: { risks: { id: string; level: string }[]; charts: { breaking: unknown }[] }[];
    };
    expect([isUpgrade(answer), isUpgrade.errors]).toEqual([true, null]);
    const [app] = answer.apps;
    expect(app?.risks.map(({ id, level }) => `${level} ${id}`)).toEqual(['fatal api-removed']);
    expect(app?.charts[0]?.breaking).toEqual({
      announced: [
        { version: '1.1.0', kind: 'removed', description: 'the old <b>API</b> is gone' },
        { version: '1.1.0', kind: 'Security', description: 'a hole is closed' },
      ],
      appMajor: { from: '4.2', to: '5.0' },
      documents: [{ file: 'UPGRADING.md', title: 'To 1.1.0', text: expect.stringContaining('rm -rf') }],
      crds: ['crds/a.yaml'],
    });
    const report = readFileSync(path.join(root, 'r.md'), 'utf8');
    expect(report).toContain('⚠️ May break, as the chart itself says (5):');
    expect(report).toContain('- a major step of the app: `4.2` → `5.0`');
    expect(report).toContain('- `1.1.0` removed: the old \\<b\\>API\\</b\\> is gone');
    expect(report).toContain(
      '- `UPGRADING.md`: **To 1.1.0**\n\n  > Run \\`rm -rf /\\` and `[click](https://evil.example)` `@everyone.`',
    );
    expect(report).toContain(
      'API versions that end (1):\n\n- ⚠️ `policy/v1beta1 PodDisruptionBudget`: not served since Kubernetes 1.25',
    );
    const { stderr, stdout } = await upgrade('--dry-run');
    expect(stderr + stdout).toContain(
      'may break: a major step of the app 4.2 → 5.0; 2 changes announced as removed, changed or security; UPGRADING.md: To 1.1.0; 1 file of CRDs that nothing here updates; the cluster does not serve policy/v1beta1 PodDisruptionBudget',
    );
  } finally {
    await charts.close();
  }
});
