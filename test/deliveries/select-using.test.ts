import { describe, expect, test } from 'vitest';
import { selectUsing } from '../../src/deliveries/select-using.ts';
import { UserError } from '../../src/errors.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';

const using = (chart: string, release: string): string =>
  `helmCharts:\n- {name: ${chart}, repo: https://charts.example, version: 1.0.0, releaseName: ${release}}\n`;

const repository = parseRepository(
  new Map([
    ['prod/blog/kustomization.yaml', using('guestbook', 'blog')],
    ['dev/notes/kustomization.yaml', using('guestbook', 'notes')],
    ['prod/wiki/kustomization.yaml', using('wiki', 'wiki')],
    ['apps/redis/overlays/prod/kustomization.yaml', using('cache', 'cache')],
    ['apps/redis/overlays/staging/kustomization.yaml', using('cache', 'cache-s')],
  ]),
);

function errorOf(word: string): string {
  try {
    return selectUsing(repository, [word])
      .map(({ path }) => path)
      .join();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${error.code} ${error.message}. ${error.texts.hint?.en}`;
  }
}

describe('a word that names no app', () => {
  test.each([
    [
      'guestbook',
      'E_VALUE there is no app guestbook, it is the name of a chart. Name one of dev/notes, prod/blog.',
    ],
    [
      'apps',
      'E_VALUE there is no app apps. Name one of apps/redis/overlays/prod, apps/redis/overlays/staging.',
    ],
    ['blgo', 'E_VALUE there is no app blgo. Did you mean blog?'],
    ['wiki', 'prod/wiki'],
    ['cache', 'apps/redis/overlays/prod'],
    ['redis', 'apps/redis/overlays/prod,apps/redis/overlays/staging'],
    ['./apps/redis/', 'apps/redis/overlays/prod,apps/redis/overlays/staging'],
    ['staging/redis', 'apps/redis/overlays/staging'],
  ])('%s', (word, expected) => {
    expect(errorOf(word)).toBe(expected);
  });
});
