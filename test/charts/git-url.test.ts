import { describe, expect, test } from 'vitest';
import { kindOfRef, parseGitUrl } from '../../src/charts/git-url.ts';

describe('remote bases, in the forms that kustomize takes', () => {
  test.each<[string, string, string, string, string | undefined]>([
    [
      'git@github.com:moredhel/remote-kustomize.git?ref=v0.0.1',
      'github.com',
      'moredhel/remote-kustomize',
      '',
      'v0.0.1',
    ],
    [
      'git@github.com/moredhel/remote-kustomize?ref=v0.0.1',
      'github.com',
      'moredhel/remote-kustomize',
      '',
      'v0.0.1',
    ],
    [
      'ssh://git@github.com/moredhel/remote-kustomize.git?ref=v0.0.1',
      'github.com',
      'moredhel/remote-kustomize',
      '',
      'v0.0.1',
    ],
    [
      'ssh://git@git.corp.test:7999/team/base.git//deploy?ref=v2',
      'git.corp.test',
      'team/base',
      'deploy',
      'v2',
    ],
    [
      'https://github.com/fluxcd/flagger//kustomize/linkerd?ref=1.2.0&submodules=false',
      'github.com',
      'fluxcd/flagger',
      'kustomize/linkerd',
      '1.2.0',
    ],
    [
      'https://github.com/fluxcd/flagger//kustomize?submodules=false&ref=1.2.0',
      'github.com',
      'fluxcd/flagger',
      'kustomize',
      '1.2.0',
    ],
    ['https://github.com/org/repo.git//sub/path?ref=v1', 'github.com', 'org/repo', 'sub/path', 'v1'],
    ['https://github.com/org/repo.git/sub/path?ref=v1', 'github.com', 'org/repo', 'sub/path', 'v1'],
    ['https://github.com/org/repo/sub/path?ref=v1', 'github.com', 'org/repo', 'sub/path', 'v1'],
    ['https://github.com/org/repo?version=v1', 'github.com', 'org/repo', '', 'v1'],
    ['github.com/org/repo/deploy?ref=v1.0.0', 'github.com', 'org/repo', 'deploy', 'v1.0.0'],
    ['github.com/org/repo', 'github.com', 'org/repo', '', undefined],
    ['git::https://git.test/org/repo.git//a?ref=main', 'git.test', 'org/repo', 'a', 'main'],
    ['gitlab.com/group/repo//a?ref=v3', 'gitlab.com', 'group/repo', 'a', 'v3'],
    ['git.test/group/sub/repo.git?ref=v3', 'git.test', 'group/sub/repo', '', 'v3'],
    [
      'https://dev.azure.com/org/project/_git/repo//a?version=v3',
      'dev.azure.com',
      'org/project/_git/repo',
      'a',
      'v3',
    ],
    ['https://user:secret@git.test/org/repo.git?ref=v1', 'git.test', 'org/repo', '', 'v1'],
    [
      'https://raw.githubusercontent.com/org/repo/v1.2/deploy/all.yaml',
      'github.com',
      'org/repo',
      'deploy/all.yaml',
      'v1.2',
    ],
  ])('%s', (url, host, repository, folder, ref) => {
    expect(parseGitUrl(url)).toEqual({ url, host, repository, folder, ref });
  });

  test.each([
    'resources/pvc.yaml',
    '../base',
    './a',
    'https://example.test/manifests/install.yaml',
    'https://github.com/org/repo/releases/download/v1/install.yaml',
    'base.d/overlay',
  ])('%s is none', url => {
    expect(parseGitUrl(url)).toBeUndefined();
  });
});

test.each([
  [undefined, 'none'],
  ['main', 'branch'],
  ['refs/heads/release', 'branch'],
  ['HEAD', 'branch'],
  ['v1.2.3', 'other'],
  ['release-1', 'other'],
  ['a'.repeat(40), 'commit'],
])('the ref %s is: %s', (ref, kind) => {
  expect(kindOfRef(ref)).toBe(kind);
});
