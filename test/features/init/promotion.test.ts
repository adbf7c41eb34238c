import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { openArgoJudge } from '../../support/crd-schemas.ts';
import { makeFolder } from '../../support/repository.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

const GITHUB = 'https://github.com/team/fleet.git';

function init(root: string, ...args: string[]): Promise<Run> {
  const words = [
    'init',
    '--no-charts',
    '--domains',
    'a.example.org',
    '--promotion',
    'promoter',
    '--ci',
    'none',
  ];
  return slipway([...words, ...args, '--yes', '--json', '-C', root], {
    env: testEnv(makeFolder()) as Record<string, string>,
  });
}

async function promoted(repoUrl: string, environments = 'production,staging,dev'): Promise<string> {
  const root = makeFolder();
  const run = await init(root, '--repo-url', repoUrl, '--environments', environments);
  expect([run.code, run.code === 0 ? '' : run.stdout]).toEqual([0, '']);
  return path.join(root, 'production/argo-cd');
}

const read = (home: string, file: string): string => readFileSync(path.join(home, 'resources', file), 'utf8');

type Set = {
  metadata: { name: string };
  spec: {
    generators: { git: { directories: { path: string; exclude?: boolean }[] } }[];
    template: { metadata: { name: string }; spec: { source?: object; sourceHydrator?: object } };
  };
};

const setOf = (home: string, name: string): Set => parse(read(home, `applicationset-${name}.yaml`)) as Set;

test('each environment is rendered to a branch that waits, below the path of its app; what promotes is not promoted', async () => {
  const home = await promoted(GITHUB);
  const { spec } = setOf(home, 'dev').spec.template;
  expect(spec.source).toBeUndefined();
  expect(spec.sourceHydrator).toEqual({
    drySource: { repoURL: GITHUB, targetRevision: 'HEAD', path: '{{.path.path}}' },
    syncSource: { targetBranch: 'environment/dev', path: '{{.path.path}}' },
    hydrateTo: { targetBranch: 'environment/dev-next' },
  });
  const platform = setOf(home, 'platform');
  const own = platform.spec.generators[0]?.git.directories.map(each => each.path);
  expect([platform.metadata.name, own, platform.spec.template.spec.sourceHydrator]).toEqual([
    'platform',
    ['argo-cd', 'sealed-secrets', 'cert-manager', 'envoy-gateway'].map(name => `production/${name}`),
    undefined,
  ]);
  const excluded = setOf(home, 'production').spec.generators[0]?.git.directories.filter(each => each.exclude);
  expect(excluded?.map(each => each.path)).toEqual(['production/_*', ...(own ?? [])]);
});

test('GitOps Promoter goes from the last environment to the first, which waits for a person; nothing is listed before its tokens are sealed', async () => {
  const home = await promoted(GITHUB);
  const [provider, repository, strategy, health] = parseAllDocuments(read(home, 'promotion.yaml')).map(
    each => each.toJS() as { kind: string; spec: Record<string, unknown> },
  );
  expect([provider?.spec['github'], repository?.spec['github']]).toEqual([
    { appID: 0 },
    { owner: 'team', name: 'fleet' },
  ]);
  expect(strategy?.spec['environments']).toEqual([
    { branch: 'environment/dev', autoMerge: true },
    { branch: 'environment/staging', autoMerge: true },
    { branch: 'environment/production', autoMerge: false },
  ]);
  expect([health?.kind, health?.spec['key'], strategy?.spec['activeCommitStatuses']]).toEqual([
    'ArgoCDCommitStatus',
    'argocd-health',
    [{ key: 'argocd-health' }],
  ]);
  const { resources } = parse(readFileSync(path.join(home, 'kustomization.yaml'), 'utf8')) as {
    resources: string[];
  };
  expect(resources.filter(each => /promot|write/.test(each))).toEqual([]);
  expect(read(home, 'repository-write-sealedsecret.yaml')).toContain('secret-type: repository-write');
  expect(read(home, 'promoter-token-sealedsecret.yaml')).toContain('githubAppPrivateKey: REPLACE_ME');
});

test('a GitLab of one’s own, in groups within groups', async () => {
  const home = await promoted('git@gitlab.example.org:group/inner/fleet.git', 'production,dev');
  const [provider, repository] = parseAllDocuments(read(home, 'promotion.yaml')).map(
    each => each.toJS() as { spec: Record<string, unknown> },
  );
  expect([provider?.spec['gitlab'], repository?.spec['gitlab']]).toEqual([
    { domain: 'gitlab.example.org' },
    { namespace: 'group/inner', name: 'fleet', projectId: 0 },
  ]);
  expect(read(home, 'repository-write-sealedsecret.yaml')).toContain('sshPrivateKey: REPLACE_ME');
});

test.each([
  ['one environment', ['--repo-url', GITHUB, '--environments', 'production'], 'E_VALUE'],
  ['another forge', ['--repo-url', 'https://git.example.org/team/fleet.git'], 'E_VALUE'],
  ['Flux', ['--repo-url', GITHUB, '--gitops', 'flux'], 'E_USAGE'],
])('%s is refused', async (_, args, code) => {
  const root = makeFolder();
  const run = await init(root, ...args);
  expect([run.code, (JSON.parse(run.stdout) as { error: { code: string } }).error.code]).toEqual([2, code]);
});

const argo = openArgoJudge();

test.runIf(argo.can)('ApplicationSets with a hydrator are valid by Argo CD’s own definition', async () => {
  const home = await promoted(GITHUB);
  const texts = ['dev', 'staging', 'production', 'platform'].map(name =>
    read(home, `applicationset-${name}.yaml`),
  );
  expect(argo.judge(texts)).toEqual({ valid: 4, wrong: [] });
  expect(argo.judge([texts[0]?.replace('hydrateTo:', 'hydratesTo:') ?? '']).wrong).toHaveLength(1);
});
