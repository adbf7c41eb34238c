import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  branchedRepository,
  change,
  claim,
  deployment,
  everyPile,
  plainApp,
} from '../../support/preview-fixture.ts';
import { commitAll, git, makeFolder } from '../../support/repository.ts';
import { readAs } from '../../support/schema.ts';
import { type Run, slipway, testEnv } from '../../support/slipway.ts';

type App = {
  app: string;
  pile: string;
  presence: string;
  cautions: { id: string; level: string }[];
  images: { before?: string; after?: string }[];
  added: { kind: string; name: string }[];
  removed: { kind: string; name: string }[];
  changed: { kind: string; name: string; fields: { path: string; before?: string; after?: string }[] }[];
  error?: string;
};
type Document = { apps: App[]; summary: { piles: Record<string, number>; untouched: number } };

const home = makeFolder();

function preview(root: string, ...args: string[]): Promise<Run> {
  return slipway(['preview', '-C', root, ...args], {
    cwd: root,
    env: testEnv(home) as Record<string, string>,
  });
}

async function previewJson(root: string, ...args: string[]): Promise<Document> {
  return readAs('preview', (await preview(root, '--json', ...args)).stdout) as Document;
}

async function written(
  root: string,
  ...args: string[]
): Promise<{ html: string; markdown: string; json: string }> {
  const folder = makeFolder();
  const files = ['page.html', 'comment.md'].map(name => path.join(folder, name));
  const run = await preview(root, '--json', '--html', files[0] ?? '', '--markdown', files[1] ?? '', ...args);
  const [html = '', markdown = ''] = files.map(file => readFileSync(file, 'utf8'));
  return { html, markdown, json: run.stdout };
}

describe('piles', () => {
  test('each app stands in the pile of its gravest change, and what did not change is not rendered', async () => {
    const { files, changes } = everyPile();
    const root = branchedRepository(files);
    change(root, changes);
    const { apps, summary } = await previewJson(root);
    expect(apps.map(({ app, pile }) => [path.basename(app), pile])).toEqual([
      ['broken', 'failure'],
      ['data', 'decision'],
      ['open', 'caution'],
      ['config', 'change'],
      ['tag', 'routine'],
      ['comment', 'unchanged'],
    ]);
    expect(summary.untouched).toBe(1);
    expect(apps[1]?.removed).toEqual([{ kind: 'PersistentVolumeClaim', name: 'data', namespace: 'data' }]);
    expect(apps[1]?.cautions.map(({ id, level }) => [id, level])).toEqual([['data-removed', 'fatal']]);
    expect(apps[4]?.images).toEqual([
      { before: 'docker.io/acme/tag:1.0.0', after: 'docker.io/acme/tag:1.0.1' },
    ]);
  });

  test('--exit-code tells a decision from a change; an app that no longer builds is an error in any case', async () => {
    const files = { ...plainApp('dev/a', { 'a.yaml': deployment('a'), 'c.yaml': claim('a') }) };
    const root = branchedRepository(files);
    expect((await preview(root, '--exit-code')).code).toBe(0);
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 2 }) });
    expect([(await preview(root)).code, (await preview(root, '--exit-code')).code]).toEqual([0, 1]);
    change(root, {
      'dev/a/kustomization.yaml': 'namespace: a\nresources: [a.yaml]\n',
      'dev/a/c.yaml': undefined,
    });
    expect([(await preview(root)).code, (await preview(root, '--exit-code')).code]).toEqual([0, 3]);
    change(root, { 'dev/a/kustomization.yaml': 'resources: [gone.yaml]\n' });
    expect((await preview(root)).code).toBe(4);
  });

  test('a kustomization that cannot be read is a failure, and no app that went', async () => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    change(root, { 'dev/a/kustomization.yaml': 'resources: [a\n' });
    expect((await preview(root)).code).toBe(4);
    const { apps } = await previewJson(root);
    expect(apps.map(({ app, pile, presence }) => [app, pile, presence])).toEqual([
      ['dev/a', 'failure', 'both'],
    ]);
    expect(apps[0]?.error).toContain('dev/a/kustomization.yaml:');
  });

  test('an app that is new and one that goes are shown whole', async () => {
    const root = branchedRepository(plainApp('dev/old', { 'a.yaml': deployment('old') }));
    const fresh = plainApp('dev/new', { 'a.yaml': deployment('new') });
    change(root, { ...fresh, 'dev/old/kustomization.yaml': undefined, 'dev/old/a.yaml': undefined });
    const { apps } = await previewJson(root);
    const seen = apps.map(({ app, presence, added, removed }) => [
      app,
      presence,
      added.length,
      removed.length,
    ]);
    expect(seen).toEqual([
      ['dev/new', 'added', 1, 0],
      ['dev/old', 'removed', 0, 1],
    ]);
    expect((await previewJson(root, 'old')).apps.map(({ app }) => app)).toEqual(['dev/old']);
  });

  test('a shared file is a change of every app that names it', async () => {
    const prefix =
      'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: mirror/\nfieldSpecs: [{path: spec/template/spec/containers/image}]\n';
    const transformers = 'transformers: [../../image-prefix.yaml]\n';
    const root = branchedRepository({
      'image-prefix.yaml': prefix,
      ...plainApp('dev/a', { 'a.yaml': deployment('a') }, transformers),
      ...plainApp('dev/b', { 'a.yaml': deployment('b') }, transformers),
      ...plainApp('dev/c', { 'a.yaml': deployment('c') }),
    });
    change(root, { 'image-prefix.yaml': prefix.replace('mirror/', 'other/') });
    const { apps, summary } = await previewJson(root);
    expect([apps.map(({ app }) => app), summary.untouched]).toEqual([['dev/a', 'dev/b'], 1]);
    expect(apps[0]?.images).toEqual([
      { before: 'mirror/docker.io/acme/a:1.0.0', after: 'other/docker.io/acme/a:1.0.0' },
    ]);
  });
});

describe('which sides', () => {
  test('what others merged meanwhile does not count, and a commit is looked at instead of the disk', async () => {
    const root = branchedRepository({
      ...plainApp('dev/a', { 'a.yaml': deployment('a') }),
      ...plainApp('dev/b', { 'a.yaml': deployment('b') }),
    });
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 2 }) });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'main');
    change(root, { 'dev/b/a.yaml': deployment('b', { replicas: 9 }) });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'work');
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 3 }) });
    const fieldsOf = ({ apps }: Document) =>
      apps.map(({ app, changed }) => [app, changed[0]?.fields[0]?.after]);
    expect(fieldsOf(await previewJson(root))).toEqual([['dev/a', '3']]);
    expect(fieldsOf(await previewJson(root, '--head', 'work'))).toEqual([['dev/a', '2']]);
    expect(fieldsOf(await previewJson(root, '--base', 'work', '--head', 'work'))).toEqual([]);
  });

  test.each([
    ['--base=nowhere', 'git knows no revision nowhere'],
    ['--head=--upload-pack=x', 'git knows no revision --upload-pack=x'],
  ])('%s is an error with a next step', async (flag, message) => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    const run = await preview(root, flag);
    expect([run.code, run.stderr.includes(message), run.stderr.includes('Next:')]).toEqual([6, true, true]);
  });

  test('a clone that is cut off says how the history is fetched', async () => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 2 }) });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'main');
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 4 }) });
    commitAll(root);
    const clone = path.join(makeFolder(), 'clone');
    git(root, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${root}`, clone);
    git(clone, 'checkout', '--quiet', 'work');
    const run = await preview(clone, '--base', 'origin/main');
    expect([run.code, run.stderr]).toEqual([6, expect.stringContaining('git fetch --unshallow')]);
  });

  test('a tag hides nothing, and without a default branch nobody guesses one', async () => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 2 }) });
    commitAll(root);
    git(root, 'tag', 'main', 'work');
    expect((await preview(root, '--exit-code')).code).toBe(1);
    expect((await preview(root, '--exit-code', '--base', 'main')).code).toBe(1);
    git(root, 'branch', '--move', 'main', 'trunk');
    git(root, 'tag', '--delete', 'main');
    const run = await preview(root);
    expect([run.code, run.stderr]).toEqual([6, expect.stringContaining('--base')]);
  });

  test.each(['--assume-unchanged', '--skip-worktree'])('what %s hides from git is seen', async flag => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    git(root, 'update-index', flag, 'dev/a/a.yaml');
    expect((await previewJson(root)).apps).toEqual([]);
    change(root, { 'dev/a/a.yaml': deployment('a', { replicas: 2 }) });
    expect((await previewJson(root)).apps.map(({ app }) => app)).toEqual(['dev/a']);
  });

  test('a program of the clone that would clean files is not run', async () => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    const trace = path.join(makeFolder(), 'ran');
    git(root, 'config', 'filter.x.clean', `touch ${trace}; cat`);
    change(root, { '.gitattributes': '* filter=x\n', 'dev/a/a.yaml': deployment('a', { replicas: 2 }) });
    expect((await previewJson(root)).apps.map(({ app }) => app)).toEqual(['dev/a']);
    expect(existsSync(trace)).toBe(false);
  });

  test('without git there is no other side', async () => {
    const root = makeFolder();
    change(root, plainApp('dev/a', { 'a.yaml': deployment('a') }));
    const run = await preview(root);
    expect([run.code, run.stderr]).toEqual([6, expect.stringContaining('not in a git repository')]);
  });
});

describe('what is written', () => {
  const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&<!--';

  test('what a chart or a file says stays text', async () => {
    const config = (text: string): string =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { text } });
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': config('old') }));
    change(root, { 'dev/a/a.yaml': config(`${HOSTILE}\n${'`'.repeat(5)}\n::set-output name=x::y`) });
    const { html, markdown } = await written(root);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
    const fence = /^(`{3,})diff$/m.exec(markdown)?.[1] ?? '';
    expect(markdown.split('\n').filter(line => line.trim() === fence)).toHaveLength(1);
    expect(fence.length).toBeGreaterThan(5);
  });

  test('secrets are in none of the outputs, and whether they changed is', async () => {
    const secret = (text: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {word: ${Buffer.from(text).toString('base64')}}\n`;
    const env = (text: string): string =>
      `{name: DB_PASSWORD, value: ${text}}, {name: COLOUR, value: ${text === 'firstword' ? 'blue' : 'red'}}`;
    const app = (text: string) =>
      plainApp('dev/a', { 's.yaml': secret(text), 'd.yaml': deployment('a', { env: env(text) }) });
    const root = branchedRepository(app('firstword'));
    change(root, app('secondword!'));
    const { html, markdown, json } = await written(root);
    for (const text of [html, markdown, json]) {
      expect(text).not.toMatch(/firstword|secondword|sha256:/);
      expect(text).not.toContain(Buffer.from('secondword!').toString('base64'));
      expect(text).toContain('changed');
      expect(text).toMatch(/blue/);
    }
    expect(html).toContain('••• (11 characters, changed)');
  });

  test('what is new is masked as well, under any spelling, and a new key of a Secret is no fault', async () => {
    const config = (rest: object): string =>
      JSON.stringify({
        apiVersion: 'example.test/v1',
        kind: 'Db',
        metadata: { name: 'c' },
        spec: { size: 1, ...rest },
      });
    const secret = (data: object): string =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...data });
    const root = branchedRepository(
      plainApp('dev/a', {
        'a.yaml': config({}),
        'd.yaml': deployment('a'),
        's.yaml': secret({ data: { a: 'aGVsbG8=' } }),
      }),
    );
    change(
      root,
      plainApp('dev/a', {
        'a.yaml': config({
          auth: { password: 'LEAK1' },
          users: [{ name: 'u', dbPasswords: ['LEAK2'] }],
          encryptionKey: 'LEAK3',
        }),
        'd.yaml': deployment('a', { env: '{name: DB_PASSWORD, value: LEAK4}' }),
        's.yaml': secret({ data: { a: 'aGVsbG8=', b: 'TEVBSzU=' }, stringData: { pin: '1234' } }),
      }),
    );
    const { html, markdown, json } = await written(root);
    for (const text of [html, markdown, json]) expect(text).not.toMatch(/LEAK|TEVBSzU|c2hhMjU2|sha256:/);
    const [app] = (JSON.parse(json) as Document).apps;
    expect([app?.pile, app?.cautions]).toEqual(['change', []]);
  });

  test('with --dry-run no file is written', async () => {
    const root = branchedRepository(plainApp('dev/a', { 'a.yaml': deployment('a') }));
    const file = path.join(makeFolder(), 'page.html');
    expect((await preview(root, '--dry-run', '--html', file)).code).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  test('the name of a folder stays one line of the comment', async () => {
    const app = (replicas: number) =>
      plainApp('dev/a\n\n@team fixes #12', { 'a.yaml': deployment('a', { replicas }) });
    const root = branchedRepository(app(1));
    change(root, app(2));
    const { markdown } = await written(root);
    expect(markdown).not.toMatch(/^@team/m);
  });

  test('the same sides give the same bytes, and nothing in them asks for anything', async () => {
    const { files, changes } = everyPile();
    const root = branchedRepository(files);
    change(root, changes);
    const [a, b] = [await written(root), await written(root)];
    expect([b.html, b.markdown]).toEqual([a.html, a.markdown]);
    expect(a.html).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    );
    expect(a.html).not.toMatch(/(?:src|href)="(?!#)|url\(|@import/);
  });

  test('a comment of sixty apps fits, and says how many are in it', async () => {
    const long = (size: number): string =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c' },
        data: Object.fromEntries(
          Array.from({ length: 60 }, (_, index) => [`key${index}`, `${size}`.repeat(30)]),
        ),
      });
    const apps = (size: number) =>
      Object.assign(
        {},
        ...Array.from({ length: 60 }, (_, index) => plainApp(`dev/app${index}`, { 'a.yaml': long(size) })),
      ) as Record<string, string>;
    const root = branchedRepository(apps(1));
    change(root, apps(2));
    const { markdown, html } = await written(root);
    expect(markdown.length).toBeLessThanOrEqual(60_000);
    expect(markdown).toMatch(/\d+ of 60 apps shown; the rest is in the file/);
    expect(markdown.match(/^\| `dev\/app/gm)).toHaveLength(60);
    expect(markdown).toContain('large-change');
    expect(html.length).toBeLessThan(2 << 20);
    expect(html.match(/data-entry=/g)).toHaveLength(60);
  });

  test('in Chinese no English sentence is left', async () => {
    const { files, changes } = everyPile();
    const root = branchedRepository(files);
    change(root, changes);
    const folder = makeFolder();
    const page = path.join(folder, 'page.html');
    const comment = path.join(folder, 'comment.md');
    await preview(
      root,
      '--lang',
      'zh',
      '--html',
      page,
      '--markdown',
      comment,
      'data',
      'open',
      'config',
      'tag',
    );
    for (const file of [page, comment]) {
      const text = readFileSync(file, 'utf8').replaceAll(
        /<style>[^]*?<\/style>|<script>[^]*?<\/script>|<pre[^]*?<\/pre>|```[^]*?```|<meta[^>]*>/g,
        '',
      );
      const words = text.replaceAll(/<[^>]+>/g, ' ');
      expect(words.match(/\b[a-z]{3,} [a-z]{3,} [a-z]{3,}\b/gi) ?? []).toEqual([]);
    }
  });
});
