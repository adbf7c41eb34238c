import { describe, expect, test } from 'vitest';
import { checkFiles, type Files, GOOD, readCases } from '../../support/check-case.ts';

const NOTHING = { rendered: new Map(), tools: undefined, news: undefined };
const FOLDER = 'production/lab/resources';

/** The files of a case, with one changed. */
function changed(rule: string, way: string, edit: (files: Map<string, string>) => void) {
  const found = readCases(rule).find(each => each.way === way);
  const files = new Map(found?.files);
  edit(files);
  return { files, committed: found?.committed ?? GOOD };
}

async function codes(files: Files, committed: Files = GOOD): Promise<string[]> {
  const { findings } = await checkFiles(files, { ...NOTHING, committed });
  return findings.map(({ code, severity }) => `${severity} ${code}`);
}

function replaceIn(files: Map<string, string>, file: string, from: string, to: string): void {
  const text = files.get(file) ?? '';
  expect(text).toContain(from);
  files.set(file, text.replaceAll(from, to));
}

const GUARDED = `    argocd.argoproj.io/sync-options: Prune=confirm,Delete=confirm\n`;

test('a folder that goes takes its Cluster along: it is named', async () => {
  const { files: committed } = changed('capi-delete-unguarded', 'no-guard', () => undefined);
  const { findings } = await checkFiles(GOOD, { ...NOTHING, committed });
  const said = findings.filter(({ code }) => code === 'app-removed').map(finding => JSON.stringify(finding));
  expect(said).toEqual([expect.stringMatching(/Cluster lab[^]*every machine of the cluster/)]);
});

describe('a Cluster that is guarded', () => {
  const lab = `${FOLDER}/cluster.yaml`;
  test.each<[string, (files: Map<string, string>) => void]>([
    [
      'by an annotation',
      files => replaceIn(files, lab, '  name: lab\n', `  name: lab\n  annotations:\n${GUARDED}`),
    ],
    [
      'by annotations of a kustomization',
      files =>
        append(files, 'commonAnnotations:\n  argocd.argoproj.io/sync-options: Prune=false, Delete=false\n'),
    ],
    [
      'by a patch',
      files =>
        append(
          files,
          `patches:\n  - target: { kind: Cluster }\n    patch: |\n      - op: add\n        path: /metadata/annotations/argocd.argoproj.io~1sync-options\n        value: Prune=confirm,Delete=confirm\n`,
        ),
    ],
    [
      'by a patch that merges',
      files => {
        append(files, 'patches:\n  - path: guard.yaml\n');
        files.set(
          'production/lab/guard.yaml',
          `apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata:\n  name: lab\n  annotations:\n${GUARDED}`,
        );
      },
    ],
    [
      'by an Application that does not prune',
      files => replaceIn(files, 'sets/production.yaml', 'prune: true', 'prune: false'),
    ],
  ])('%s breaks no rule', async (_, edit) => {
    expect(await codes(changed('capi-delete-unguarded', 'no-guard', edit).files)).toEqual([]);
  });

  test('a patch for another kind guards nothing', async () => {
    const { files } = changed('capi-delete-unguarded', 'no-guard', all =>
      append(
        all,
        `patches:\n  - target: { kind: Machine }\n    patch: |\n      - op: add\n        path: /metadata/annotations\n        value: { argocd.argoproj.io/sync-options: "Prune=confirm,Delete=confirm" }\n`,
      ),
    );
    expect(await codes(files)).toEqual(['error capi-delete-unguarded']);
  });

  test('Flux asks for a word of its own', async () => {
    const { files } = changed('capi-delete-unguarded', 'flux', all => {
      for (const file of [lab, `${FOLDER}/namespace.yaml`])
        replaceIn(
          all,
          file,
          '  name: lab\n',
          '  name: lab\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n',
        );
      replaceIn(all, lab, `  annotations:\n${GUARDED}`, '');
    });
    expect(await codes(files)).toEqual([]);
  });
});

function append(files: Map<string, string>, text: string): void {
  const file = 'production/lab/kustomization.yaml';
  files.set(file, `${files.get(file) ?? ''}${text}`);
}

describe('what left Git', () => {
  test('a worker pool of a topology goes with its entry', async () => {
    const before = changed('capi-validate-off', 'annotation', all =>
      replaceIn(all, `${FOLDER}/cluster.yaml`, ',Validate=false', ''),
    ).files;
    const after = new Map(before);
    const pool = '        - class: default-worker\n          name: md-0\n          replicas: 3\n';
    replaceIn(after, `${FOLDER}/cluster.yaml`, `    workers:\n      machineDeployments:\n${pool}`, '');
    expect(await codes(after, before)).toEqual([]);
  });

  test('a pool that moved to another file is still there', async () => {
    const { files, committed } = changed('capi-owned-not-pruned', 'file-gone', all => {
      const list = all.get(`${FOLDER}/md-0.yaml`) ?? '';
      all.set(`${FOLDER}/md-0.yaml`, `${list}---\n${list.replaceAll('lab-md-0', 'lab-md-1')}`);
    });
    expect(await codes(files, committed)).toEqual([]);
  });

  test('a Cluster takes its parts along', async () => {
    const { files, committed } = changed('capi-owned-not-pruned', 'control-plane', all => {
      all.delete(`${FOLDER}/cluster.yaml`);
      replaceIn(all, 'production/lab/kustomization.yaml', '  - resources/cluster.yaml\n', '');
    });
    expect(await codes(files, committed)).toEqual([]);
  });

  test('Flux deletes what it applied', async () => {
    const { files, committed } = changed('capi-owned-not-pruned', 'file-gone', all => {
      all.delete('sets/production.yaml');
      const flux = readCases('capi-delete-unguarded').find(({ way }) => way === 'flux');
      all.set('sets/lab.yaml', flux?.files.get('sets/lab.yaml') ?? '');
    });
    expect((await codes(files, committed)).filter(code => code.endsWith('not-pruned'))).toEqual([]);
  });
});

describe('versions', () => {
  test('one minor step breaks no rule, nor two where the class lists what is between', async () => {
    const step = changed('capi-version-skew', 'two-steps', all =>
      replaceIn(all, `${FOLDER}/cluster.yaml`, 'v1.35.1', 'v1.34.9'),
    );
    expect(await codes(step.files, step.committed)).toEqual([]);
    const listed = changed('capi-version-skew', 'not-of-class', all =>
      replaceIn(all, `${FOLDER}/quick-start.yaml`, '[v1.33.4, v1.34.2]', '[v1.33.4, v1.34.2, v1.35.1]'),
    );
    const before = new Map(listed.committed);
    replaceIn(before, `${FOLDER}/cluster.yaml`, 'v1.34.2', 'v1.33.4');
    expect(await codes(listed.files, before)).toEqual([]);
  });

  test('workers three minor versions behind are within the skew', async () => {
    const { files } = changed('capi-version-skew', 'workers-old', all =>
      replaceIn(all, `${FOLDER}/md-0.yaml`, 'v1.31.1', 'v1.32.0'),
    );
    expect(await codes(files)).toEqual([]);
  });

  test('a version that a template fills in is left alone', async () => {
    const { files, committed } = changed('capi-version-skew', 'two-steps', all =>
      replaceIn(all, `${FOLDER}/cluster.yaml`, 'v1.35.1', '${KUBERNETES_VERSION}'),
    );
    expect(await codes(files, committed)).toEqual([]);
  });
});

test('an API version of a provider, and the newest that the repository itself brings, are left alone', async () => {
  const { files } = changed('capi-api-deprecated', 'docker', all =>
    replaceIn(all, `${FOLDER}/docker.yaml`, 'v1beta2\nkind: DockerCluster', 'v1beta1\nkind: AzureCluster'),
  );
  expect(await codes(files)).toEqual([]);
});

test('what machines read from Secrets is no secret', async () => {
  const { files } = changed('capi-secret-plaintext', 'machines', all => {
    replaceIn(
      all,
      `${FOLDER}/workers.yaml`,
      'passwd: correct-horse-battery',
      'passwdFrom: { secret: { name: a, key: b } }',
    );
    replaceIn(all, `${FOLDER}/workers.yaml`, 'kqT7VnZ2pLw9XcRb41Ms', '${REGISTRY_PASSWORD}');
  });
  expect(await codes(files)).toEqual([]);
});
