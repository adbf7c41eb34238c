import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluatePin } from '../../src/charts/newer-versions.ts';
import { findUses } from '../../src/deliveries/find-uses.ts';
import { chartPins, gitPins, imagePins, type Pin } from '../../src/charts/pins.ts';
import { UserError } from '../../src/errors.ts';
import { parseVersion, versionsAfter } from '../../src/charts/versions/versions.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';

const SHA = `sha256:${'a1'.repeat(32)}`;

function appWith(kustomization: string, images: readonly string[] = [], more: Record<string, string> = {}) {
  const containers = images.map((image, index) => `{name: c${index}, image: "${image}"}`).join(', ');
  const repository = parseRepository(
    new Map(
      Object.entries({
        'production/a/kustomization.yaml': kustomization,
        'production/a/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [${containers}]}\n`,
        'production/b/kustomization.yaml': 'namespace: b\n',
        ...more,
      }),
    ),
  );
  const app = repository.apps.find(({ name }) => name === 'a');
  if (!app) throw new Error('no app');
  return { repository, app };
}

function pins(kustomization: string, images: readonly string[], more: Record<string, string> = {}): string[] {
  const { repository, app } = appWith(kustomization, images, more);
  return imagePins(repository, app, 'mirror.test/').map(({ source, current }) => `${source} ${current}`);
}

describe('images as kustomize leaves them', () => {
  test.each([
    ['a new tag', 'images: [{name: foo, newTag: "2"}]', ['foo:1'], ['docker.io/library/foo 2']],
    ['a new name', 'images: [{name: foo, newName: ghcr.io/a/b}]', ['foo:1'], ['ghcr.io/a/b 1']],
    [
      'both, of a placeholder',
      'images: [{name: foo, newName: ghcr.io/a/b, newTag: "2"}]',
      ['foo'],
      ['ghcr.io/a/b 2'],
    ],
    [
      'a digest in the tag’s place',
      `images: [{name: foo, digest: "${SHA}"}]`,
      ['foo:1'],
      [`docker.io/library/foo ${SHA}`],
    ],
    [
      'a digest of an image that only a chart names',
      `images: [{name: foo, digest: "${SHA}"}]`,
      [],
      [`docker.io/library/foo ${SHA}`],
    ],
    [
      'short and long names of Docker Hub',
      'namespace: a',
      ['docker.io/redis:8', 'index.docker.io/a/b:1'],
      ['docker.io/library/redis 8', 'docker.io/a/b 1'],
    ],
    [
      'a tag and a digest',
      `images: [{name: foo, newTag: "2", digest: "${SHA}"}]`,
      ['foo:1'],
      ['docker.io/library/foo 2'],
    ],
    [
      'a tag that is a number',
      'images: [{name: foo, newTag: 2.10}]',
      ['foo'],
      ['docker.io/library/foo 2.10'],
    ],
    [
      'an image that only a chart names',
      'images: [{name: foo, newTag: "2"}]',
      [],
      ['docker.io/library/foo 2'],
    ],
    [
      'another image',
      'images: [{name: fo, newTag: "2"}]',
      ['foo:1'],
      ['docker.io/library/foo 1', 'docker.io/library/fo 2'],
    ],
    ['the mirror', 'namespace: a', ['mirror.test/ghcr.io/a/b:1'], ['ghcr.io/a/b 1']],
    ['a digest behind a tag', 'namespace: a', [`a/b:1@${SHA}`], ['docker.io/a/b 1']],
  ])('%s', (_, kustomization, images, expected) => {
    expect(pins(`${kustomization}\n`, images)).toEqual(expected);
  });

  test('values in the entry of a chart, and beside it', () => {
    const chart =
      'helmCharts:\n  - name: x\n    valuesFile: ./values/x.yaml\n    valuesInline: {image: {repository: ghcr.io/a/b, tag: v1}}\n';
    const more = { 'production/a/values/x.yaml': `sidecar: {image: "ghcr.io/c/d:2@${SHA}"}\n` };
    expect(pins(chart, [], more)).toEqual(['ghcr.io/c/d 2', 'ghcr.io/a/b v1']);
    const second = chart.replace(
      '    valuesInline',
      '    additionalValuesFiles: [values/more.yaml]\n    valuesInline',
    );
    const files = { ...more, 'production/a/values/more.yaml': 'job: {image: "ghcr.io/e/f:3"}\n' };
    expect(pins(second, [], files)).toEqual(['ghcr.io/c/d 2', 'ghcr.io/e/f 3', 'ghcr.io/a/b v1']);
  });

  test('what Argo CD lays over the folder', () => {
    const laid = { 'production/a/.argocd-source.yaml': 'kustomize:\n  images: ["foo:3"]\n' };
    expect(pins('images: [{name: foo, newTag: "2"}]\n', ['foo:1'], laid)).toEqual([
      'docker.io/library/foo 3',
    ]);
  });

  test('volumes and custom resources', () => {
    const more = {
      'production/a/more.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: v}\nspec: {volumes: [{name: m, image: {reference: "ghcr.io/a/model:3"}}]}\n---\napiVersion: x.example/v1\nkind: Db\nmetadata: {name: d}\nspec: {imageName: "ghcr.io/a/db:17.2", store: {image: {repository: ghcr.io/a/s3, tag: "9"}}}\n`,
    };
    expect(pins('namespace: a\n', [], more)).toEqual([
      'ghcr.io/a/model 3',
      'ghcr.io/a/db 17.2',
      'ghcr.io/a/s3 9',
    ]);
  });
});

describe('what outdated says of a chart', () => {
  const policy = { today: new Date('2026-07-31T00:00:00Z'), minAgeDays: 7 };
  const created = '2026-01-01T00:00:00Z';
  const judge = (current: string, versions: string[], repo = 'https://charts.test', error?: UserError) => {
    const { repository } = appWith(`helmCharts: [{name: x, repo: "${repo}", version: "${current}"}]\n`);
    const [pin] = chartPins(findUses(repository));
    if (!pin) throw new Error('no pin');
    const list = versions.map(text => ({
      version: text.replace('!', ''),
      created,
      deprecated: text.endsWith('!'),
    }));
    return evaluatePin(pin, error ? { error } : { versions: list }, policy);
  };

  test('the versions after the pinned one are enough to judge it', () => {
    const part = fc.integer({ min: 0, max: 3 });
    const written = fc
      .tuple(fc.constantFrom('', 'v'), part, part, part, fc.constantFrom('', '-rc.1', '-alpine', '+b'))
      .map(([v, major, minor, patch, suffix]) => `${v}${major}.${minor}.${patch}${suffix}`);
    const release = fc
      .tuple(fc.oneof(written, fc.constant('latest')), fc.constantFrom('', '!'))
      .map(all => all.join(''));
    const lists = fc.array(release, { maxLength: 12 });
    const compared = fc.property(written, lists, (current, list) => {
      const version = parseVersion(current);
      if (!version) throw new Error(`${current} is no version`);
      const after = versionsAfter(
        list.map(text => ({ version: text.replace(/!$/, ''), text })),
        version,
      );
      expect(
        judge(
          current,
          after.map(({ text }) => text),
        ),
      ).toEqual(judge(current, list));
    });
    expect(() => fc.assert(compared, { numRuns: 500 })).not.toThrow();
  });

  test('the version that upgrade takes by itself, and what is beyond it', () => {
    const item = judge('9.0.0', ['10.1.1', '9.7.1', '9.0.0']);
    expect(item).toMatchObject({ status: 'outdated', to: '9.7.1' });
    expect(item.candidates.map(({ release, marks }) => [release.version, ...marks])).toEqual([
      ['10.1.1', 'major'],
      ['9.7.1'],
    ]);
    expect(judge('9.7.1', ['10.1.1', '9.7.1'])).toMatchObject({ status: 'outdated', to: '10.1.1' });
  });

  test.each([
    ['1.0.0', ['1.0.0', 'v1.1.0', '1.1.0'], '1.1.0'],
    ['v1.0.0', ['v1.0.0', '1.1.0', 'v1.1.0'], 'v1.1.0'],
    ['v1.0.0', ['v1.0.0', '1.1.0'], '1.1.0'],
  ])('%s of %j goes to %s', (current, versions, to) => {
    expect(judge(current, versions)).toMatchObject({ status: 'outdated', to });
  });

  test('a chart that its publisher has given up', () => {
    expect(judge('1.1.0', ['1.1.0!', '1.0.0!'])).toMatchObject({
      status: 'current',
      reason: 'deprecated upstream',
    });
    expect(judge('1.1.0', ['1.1.0', '1.0.0!'])).not.toHaveProperty('reason');
  });

  test('who answers is not unreachable; an address that ends in the chart’s name gets a hint', () => {
    const none = new UserError('E_NO_CHART', 'x has no chart x');
    expect(judge('1.0.0', [], 'https://charts.test', none)).toMatchObject({ status: 'unknown' });
    const missing = new UserError('E_HTTP', 'https://r.test/v2/c/x/x/tags/list: not found (404)');
    const item = judge('1.0.0', [], 'oci://r.test/c/x', missing);
    expect(item.status).toBe('unknown');
    expect(item).toMatchObject({ reason: { en: expect.stringContaining('write oci://r.test/c') } });
    const dead = new UserError('E_OFFLINE_MISS', 'connection refused');
    expect(judge('1.0.0', [], 'https://charts.test', dead)).toMatchObject({ status: 'unreachable' });
  });
});

describe('remote bases', () => {
  const policy = { today: new Date('2026-07-31T00:00:00Z'), minAgeDays: 7 };
  const judge = (pin: Pin | undefined, versions: string[] = []) => {
    if (!pin) throw new Error('no pin');
    const list = versions.map(version => ({ version, created: '2026-01-01T00:00:00Z' }));
    return evaluatePin(pin, { versions: list }, policy);
  };
  const remote = (list: string, entry: string) => gitPins(appWith(`${list}:\n  - ${entry}\n`).app);

  test.each([
    ['resources', 'https://github.com/org/base//deploy?ref=v1.0.0'],
    ['components', 'git@github.com:org/base.git//deploy?ref=v1.0.0&submodules=false'],
    ['bases', 'ssh://git@github.com/org/base//deploy?ref=v1.0.0'],
  ])('%s: %s', (list, entry) => {
    const [pin, ...more] = remote(list, entry);
    expect([pin, more]).toMatchObject([
      { kind: 'git', name: 'org/base//deploy', source: 'https://github.com/org/base', current: 'v1.0.0' },
      [],
    ]);
    expect(judge(pin, ['v1.1.0', 'v1.0.0'])).toMatchObject({ status: 'outdated', to: 'v1.1.0' });
    expect(judge(pin, ['v1.0.0'])).toMatchObject({ status: 'current' });
  });

  test.each([
    ['github.com/org/base', 'no ref'],
    ['github.com/org/base?ref=main', 'main is a branch'],
    [`github.com/org/base?ref=${'a'.repeat(40)}`, 'a commit'],
    ['github.com/org/base?ref=release-1', 'not a version'],
    ['github.com/org/base?ref=v1.0.0', 'no releases'],
    ['https://git.corp.test/org/base.git?ref=v1.0.0', 'not on git.corp.test'],
  ])('%s is not called current: %s', (entry, reason) => {
    const [pin] = remote('resources', entry);
    expect(judge(pin)).toMatchObject({ status: 'unknown', reason: { en: expect.stringContaining(reason) } });
  });

  test('a comment holds one', () => {
    const [pin] = remote('resources', 'github.com/org/base?ref=main # PIN: we follow them');
    expect(judge(pin)).toMatchObject({ status: 'held', reason: 'PIN: we follow them' });
  });

  test('files and releases are no bases', () => {
    const entries = ['resources/a.yaml', '../base', 'https://github.com/o/r/releases/download/v1/a.yaml'];
    expect(remote('resources', entries.join('\n  - '))).toEqual([]);
  });
});
