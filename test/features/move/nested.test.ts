import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { releaseOf, listing, ociRepository } from '../../support/flux-fixture.ts';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { git, makeFolder, makeRepository, readTree } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

function build(name: string, group: string, more = ''): string {
  return `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name} # as the folder
spec:
  interval: 1h
  path: ./kubernetes/apps/${group}/${name}/app
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  targetNamespace: ${group}
${more}`;
}

function app(group: string, name: string, more = ''): Record<string, string> {
  const home = `kubernetes/apps/${group}/${name}`;
  return {
    [`${home}/ks.yaml`]: build(name, group, more),
    [`${home}/app/kustomization.yaml`]: listing(['./helmrelease.yaml', './ocirepository.yaml']),
    [`${home}/app/helmrelease.yaml`]: releaseOf(name),
    [`${home}/app/ocirepository.yaml`]: ociRepository(name, 'registry.example.org'),
  };
}

const FILES: Record<string, string> = {
  'flux/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./kubernetes/apps, prune: true, interval: 1h }
`,
  'kubernetes/components/alerts/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
  'kubernetes/apps/media/kustomization.yaml': listing(
    ['./notes/ks.yaml', './wiki/ks.yaml'],
    'namespace: media\n',
  ),
  'kubernetes/apps/office/kustomization.yaml': listing(
    ['./mail/ks.yaml', './zulip/ks.yaml'],
    'namespace: office\n',
  ),
  ...app('media', 'notes', '  dependsOn:\n    - name: wiki # its pages\n'),
  ...app(
    'media',
    'wiki',
    '  components:\n    - ../../../../components/alerts\n  dependsOn:\n    - name: notes-db\n',
  ),
  ...app(
    'office',
    'mail',
    `  dependsOn:
    - name: wiki
      namespace: media
  healthChecks:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      name: wiki
      namespace: media
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: wiki
      namespace: media
`,
  ),
  ...app('office', 'zulip'),
};

type Effects = Record<'stays' | 'leaves' | 'arrives', { name: string; prunes: boolean }[]>;
type Moved = {
  from: string;
  to: string;
  builds: { status: string }[];
  cluster: { deletes: string[]; flux: Effects };
};

function open() {
  const root = makeRepository(FILES);
  const env = testEnv(makeFolder()) as Record<string, string>;
  return {
    root,
    read: (file: string): string => readFileSync(path.join(root, file), 'utf8'),
    async run(...args: string[]): Promise<Moved> {
      const { code, stdout, stderr } = await slipway([...args, '--json'], { cwd: root, env });
      expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
      return readAs('move', stdout) as Moved;
    },
  };
}

/** Every object of a build by kind and name, in its namespace. */
function identities(root: string, folder: string): string[] {
  return renderOffline(root, folder).map(({ kind, name, body }) => {
    const { namespace = '' } = body['metadata'] as { namespace?: string };
    return `${kind} ${namespace}/${name}`;
  });
}

const names = (builders: readonly { name: string }[]): string[] => builders.map(({ name }) => name);

describe.runIf(canRender)('an app whose Kustomization stands around it', () => {
  test('gets another name with that, and all who wait for it', async () => {
    const it = open();
    const before = readTree(it.root);
    const dry = await it.run('rename', 'kubernetes/apps/media/wiki', 'docs', '--dry-run');
    expect(readTree(it.root)).toEqual(before);
    expect([dry.from, dry.to]).toEqual(['kubernetes/apps/media/wiki', 'kubernetes/apps/media/docs']);
    const built = identities(it.root, 'kubernetes/apps/media/wiki/app');
    const listed = identities(it.root, 'kubernetes/apps/media');
    const { cluster, builds } = await it.run('rename', 'wiki', 'docs', '--yes');
    expect(names(cluster.flux.stays)).toEqual(['apps']);
    expect(cluster.flux.leaves).toMatchObject([{ name: 'wiki', prunes: true }]);
    expect(names(cluster.flux.arrives)).toEqual(['docs']);
    expect(cluster.deletes).toContain('HelmRelease/wiki');
    expect(builds.every(({ status }) => status === 'builds')).toBe(true);
    // What runs is called as it was; what builds it has the new name.
    expect(identities(it.root, 'kubernetes/apps/media/docs/app')).toEqual(built);
    expect(identities(it.root, 'kubernetes/apps/media').toSorted()).toEqual(
      listed.map(each => each.replace('/wiki', '/docs')).toSorted(),
    );
    const after = readTree(it.root);
    expect(after['kubernetes/apps/media/docs/ks.yaml']).toBe(
      before['kubernetes/apps/media/wiki/ks.yaml']
        ?.replace('name: wiki #', 'name: docs #')
        .replace('media/wiki/app', 'media/docs/app'),
    );
    expect(after['kubernetes/apps/media/kustomization.yaml']).toContain('  - ./docs/ks.yaml\n');
    expect(after['kubernetes/apps/media/notes/ks.yaml']).toContain('- name: docs # its pages\n');
    const mail = after['kubernetes/apps/office/mail/ks.yaml'] ?? '';
    expect(mail).toContain('    - name: docs\n      namespace: media\n  healthChecks');
    expect(mail).toMatch(/kind: Kustomization\n +name: docs\n/);
    expect(mail).toMatch(/kind: HelmRelease\n +name: wiki\n/);
  });

  test('goes into another group: off one list, onto the other, and references lead where they led', async () => {
    const it = open();
    const built = identities(it.root, 'kubernetes/apps/media/wiki/app');
    const { cluster } = await it.run('move', 'wiki', '--to', 'kubernetes/apps/office', '--yes');
    expect(names(cluster.flux.stays)).toEqual(['apps']);
    // The list of the group puts what builds it into another namespace.
    expect([cluster.flux.leaves, cluster.flux.arrives].map(names)).toEqual([['wiki'], ['wiki']]);
    expect(identities(it.root, 'kubernetes/apps/office/wiki/app')).toEqual(built);
    expect(identities(it.root, 'kubernetes/apps/media')).toEqual(['Kustomization media/notes']);
    expect(identities(it.root, 'kubernetes/apps/office').toSorted()).toEqual(
      ['mail', 'wiki', 'zulip'].map(name => `Kustomization office/${name}`),
    );
    expect(it.read('kubernetes/apps/office/kustomization.yaml')).toContain(
      '  - ./mail/ks.yaml\n  - ./wiki/ks.yaml\n  - ./zulip/ks.yaml\n',
    );
    const own = it.read('kubernetes/apps/office/wiki/ks.yaml');
    expect(own).toContain('path: ./kubernetes/apps/office/wiki/app');
    expect(own).toContain('    - name: notes-db\n      namespace: media\n');
    expect(own).toContain('- ../../../../components/alerts');
    expect(it.read('kubernetes/apps/media/notes/ks.yaml')).toContain(
      '- name: wiki # its pages\n      namespace: office\n',
    );
    expect(it.read('kubernetes/apps/office/mail/ks.yaml')).toContain(
      '- name: wiki\n      namespace: office\n',
    );
  });

  test('is switched off: nothing lists it, and Flux deletes it', async () => {
    const it = open();
    const before = readTree(it.root);
    const { cluster } = await it.run('move', 'wiki', '--to', 'disabled', '--yes');
    expect(cluster.flux.stays).toEqual([]);
    expect(cluster.flux.leaves.map(({ name, prunes }) => `${name} ${prunes}`).toSorted()).toEqual([
      'apps true',
      'wiki true',
    ]);
    expect(identities(it.root, 'kubernetes/apps/media')).toEqual(['Kustomization media/notes']);
    expect(it.read('disabled/wiki/ks.yaml')).toContain('- ../../../kubernetes/components/alerts');
    git(it.root, 'add', '--all');
    git(it.root, 'commit', '--quiet', '--message', 'off');
    await it.run('move', 'disabled/wiki', '--to', 'kubernetes/apps/media', '--yes');
    expect(identities(it.root, 'kubernetes/apps/media').toSorted()).toEqual(
      ['notes', 'wiki'].map(name => `Kustomization media/${name}`),
    );
    expect(readTree(it.root)).toEqual(before);
  });
});
