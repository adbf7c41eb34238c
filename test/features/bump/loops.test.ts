import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { deployment, plainApp } from '../../support/preview-fixture.ts';
import { git, makeFolder, makeRepository } from '../../support/repository.ts';
import { endOf, testEnv } from '../../support/slipway.ts';

/** What CI runs, in each of its pipelines. */
const LOOP = `
attempt=0
while [ "$attempt" -lt 60 ]; do
  attempt=$((attempt + 1))
  git fetch --quiet origin main && git reset --quiet --hard origin/main
  slipway bump shop --image "$1=docker.io/acme/$1:$2" --commit --no-input --json >&2 || exit
  git push --quiet origin HEAD:main && exit 0
done
exit 1
`;

const NAMES = Array.from({ length: 10 }, (_, index) => `part-${index}`);

test('3: ten loops at once against one repository end with ten commits, and no tag is lost', async () => {
  const seed = makeRepository(
    plainApp(
      'production/shop',
      Object.fromEntries(
        NAMES.map(name => [`${name}.yaml`, deployment(name, { image: `docker.io/acme/${name}:1` })]),
      ),
      `images:\n${NAMES.map(name => `- name: docker.io/acme/${name}\n  newTag: "1"\n`).join('')}`,
    ),
  );
  const bare = path.join(makeFolder(), 'fleet.git');
  git(seed, 'clone', '--quiet', '--bare', seed, bare);
  const ended = await Promise.all(
    NAMES.map(async (name, index) => {
      const clone = path.join(makeFolder(), 'clone');
      git(seed, 'clone', '--quiet', bare, clone);
      git(clone, 'config', 'user.name', name);
      git(clone, 'config', 'user.email', `${name}@example.test`);
      const env = testEnv(makeFolder());
      const child = spawn('sh', ['-c', LOOP, 'sh', name, `2.${index}`], { cwd: clone, env });
      return endOf(child);
    }),
  );
  expect(ended.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(NAMES.map(() => 0));
  const subjects = git(bare, 'log', '--format=%s', 'main').trim().split('\n');
  expect(subjects.slice(0, -1).toSorted()).toEqual(
    NAMES.map((name, index) => `chore(shop): image ${name} 2.${index}`),
  );
  const text = git(bare, 'show', 'main:production/shop/kustomization.yaml');
  for (const [index, name] of NAMES.entries())
    expect(text).toContain(`- name: docker.io/acme/${name}\n  newTag: "2.${index}"\n`);
}, 600_000);
