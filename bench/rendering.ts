import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deployment, serveCharts, service, type TestChart } from '../test/support/chart-repository.ts';
import { findTool } from '../test/support/tools.js';
import { makeGitopsRepository } from './gitops-repository.ts';
import { cpuOf, printCpu } from './cpu-of.ts';
import { BIN } from './start-up.ts';

const CHECKED = 30;
const UPGRADED = 40;
const TEMPLATES = 24;

/** Processor time of rendering, children included: what a machine's other work does not change much. */
export async function rendering(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-rendering-'));
  try {
    await checked(folder);
    await upgraded(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checked(folder: string): Promise<void> {
  const root = path.join(folder, 'checked');
  makeGitopsRepository(root, CHECKED, { templates: 12 });
  const [kustomize, helm] = [findTool('kustomize'), findTool('helm')];
  const script = path.join(folder, 'one-by-one.sh');
  const build = `'${kustomize}' build --enable-helm --helm-command '${helm}' --load-restrictor LoadRestrictionsNone`;
  writeFileSync(script, `set -e\nfor app in "$1"/production/*; do ${build} "$app" > /dev/null; done\n`);
  const one = kustomize && helm ? await cpuOf(['bash', script, root], folder) : undefined;
  const own = await cpuOf(slipway('check', root, '--render', '--offline'), folder);
  const again = await cpuOf(slipway('check', root, '--render', '--offline'), folder);
  if (one !== undefined) printCpu(`kustomize build of ${CHECKED} apps, one by one`, one);
  printCpu(`slipway check --render of them, cold`, own, one);
  printCpu(`slipway check --render of them, again`, again, one);
}

async function upgraded(folder: string): Promise<void> {
  const charts = await serveCharts(
    Array.from({ length: UPGRADED }, (_, index) => versionsOf(`chart-${index}`)).flat(),
  );
  try {
    const root = path.join(folder, 'upgraded');
    for (let index = 0; index < UPGRADED; index++) writeApp(root, `chart-${index}`, charts.url);
    await cpuOf(['git', 'init', '--quiet', root], folder);
    const command = slipway('upgrade', root, '--dry-run', '--no-input');
    printCpu(`slipway upgrade --dry-run of ${UPGRADED} charts`, await cpuOf(command, folder));
    printCpu(`slipway upgrade --dry-run of them, again`, await cpuOf(command, folder));
    printCpu(`slipway upgrade --dry-run --no-render`, await cpuOf([...command, '--no-render'], folder));
  } finally {
    await charts.close();
  }
}

function slipway(name: string, root: string, ...args: string[]): string[] {
  return [process.execPath, BIN, name, '-C', root, ...args];
}

/** As large as charts in use: some seventy objects, and a custom resource definition of 100 kB. */
export function versionsOf(name: string): TestChart[] {
  const values = Array.from(
    { length: 400 },
    (_, index) => `# -- What number ${index} is for, in a line of its own\nkey${index}: "value ${index}"\n`,
  ).join('');
  const properties = Array.from(
    { length: 900 },
    (_, index) =>
      `              field${index}: {type: string, description: "what field ${index} is good for, and when to set it"}\n`,
  ).join('');
  const crd = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.${name}.test}\nspec:\n  group: ${name}.test\n  scope: Namespaced\n  names: {kind: Thing, plural: things}\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n          properties:\n${properties}`;
  const templates = Object.fromEntries(
    Array.from({ length: TEMPLATES }, (_, index) => [
      `templates/part-${index}.yaml`,
      `${deployment(`part-${index}`, `docker.io/acme/${name}:{{ .Chart.AppVersion }}`)}---\n${service(`part-${index}`, { http: 80 })}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: part-${index}}\ndata: {value: {{ .Values.key${index} | quote }}}\n`,
    ]),
  );
  return ['1.0.0', '1.1.0'].map(version => ({
    name,
    version,
    appVersion: version,
    files: { 'values.yaml': values, 'crds/things.yaml': crd, ...templates },
  }));
}

export function writeApp(root: string, name: string, repo: string): void {
  const folder = path.join(root, 'production', name);
  const values = String(versionsOf(name)[0]?.files['values.yaml'] ?? '');
  mkdirSync(path.join(folder, 'values'), { recursive: true });
  writeFileSync(path.join(folder, 'values', `${name}-1.0.0.yaml`), values.replace('value 7"', 'ours"'));
  writeFileSync(
    path.join(folder, 'kustomization.yaml'),
    `namespace: ${name}\nhelmCharts:\n  - name: ${name}\n    repo: ${repo}\n    version: 1.0.0\n    releaseName: ${name}\n    namespace: ${name}\n    includeCRDs: true\n    valuesFile: values/${name}-1.0.0.yaml\n`,
  );
}
