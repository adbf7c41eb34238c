import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { serveHttp } from '../../support/http-server.ts';
import { change, deployment, plainApp } from '../../support/preview-fixture.ts';
import { commitAll, git, makeFolder } from '../../support/repository.ts';
import { endOf, type Run, slipway, testEnv } from '../../support/slipway.ts';

type Step = { run?: string; uses?: string; env?: Record<string, string>; with?: Record<string, unknown> };
type Job = { if?: string; permissions?: object; steps: Step[] };
type Workflow = { on: object; permissions: object; jobs: Record<string, Job> };
type GitlabJob = {
  rules: { if: string }[];
  variables: object;
  script: string[];
  artifacts: { paths: string[] };
};

const MARK = '<!-- slipway preview -->';

/** A repository of one app with these files of CI, as a bare one and a clone of it in which a branch changes the app. */
async function cloneWith(ci: string): Promise<string> {
  const made = makeFolder();
  const words = [
    '--no-charts',
    '--repo-url',
    'https://git.example.org/team/c.git',
    '--domains',
    'a.example.org',
  ];
  const args = ['init', ...words, '--ci', ci, '--package', path.resolve('.'), '--yes', '-C', made];
  const { code, stderr } = await slipway(args, { env: testEnv(makeFolder()) as Record<string, string> });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  change(made, plainApp('production/web', { 'a.yaml': deployment('web') }));
  if (!existsSync(path.join(made, '.git'))) git(made, 'init', '--quiet', '--initial-branch=main');
  commitAll(made);
  const folder = makeFolder();
  git(made, 'clone', '--quiet', '--bare', '.', path.join(folder, 'bare.git'));
  git(folder, 'clone', '--quiet', 'bare.git', 'clone');
  const clone = path.join(folder, 'clone');
  git(clone, 'checkout', '--quiet', '-b', 'work');
  change(clone, { 'production/web/a.yaml': deployment('web', { replicas: 4 }) });
  commitAll(clone);
  return clone;
}

function shell(
  program: 'sh' | 'bash',
  script: string,
  cwd: string,
  env: Record<string, string>,
): Promise<Run> {
  const settings = testEnv(makeFolder(), { SLIPWAY: path.resolve('.'), npm_config_offline: 'true', ...env });
  return endOf(spawn(program, ['-e', '-c', script], { cwd, env: settings }));
}

function read(root: string, file: string): unknown {
  return parse(readFileSync(path.join(root, file), 'utf8'));
}

describe('GitHub', () => {
  test('what renders cannot write; what writes takes no code; what it comments is renewed', async () => {
    const clone = await cloneWith('github');
    const checks = read(clone, '.github/workflows/slipway.yaml') as Workflow;
    const comments = read(clone, '.github/workflows/slipway-comment.yaml') as Workflow;
    const preview = checks.jobs['preview'];
    expect([checks.permissions, preview?.permissions]).toEqual([{ contents: 'read' }, undefined]);
    expect(Object.keys(comments.on)).toEqual(['workflow_run']);
    const steps = comments.jobs['comment']?.steps ?? [];
    expect(steps.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/download-artifact', undefined]);
    for (const file of ['slipway.yaml', 'slipway-comment.yaml'])
      expect(readFileSync(path.join(clone, '.github/workflows', file), 'utf8')).not.toContain(
        'pull_request_target',
      );
    expect(JSON.stringify(steps)).not.toMatch(/npx|npm|checkout/);

    const temp = makeFolder();
    const line = preview?.steps.find(({ run = '' }) => run.includes('npx'))?.run ?? '';
    const rendered = await shell('bash', line, clone, { RUNNER_TEMP: temp, GITHUB_BASE_REF: 'main' });
    expect(rendered.code).toBe(0);
    expect(existsSync(path.join(temp, 'preview.html'))).toBe(true);

    mkdirSync(path.join(temp, 'preview'));
    const text = readFileSync(path.join(temp, 'comment.md'), 'utf8');
    expect(text).toContain('production/web');
    writeFileSync(path.join(temp, 'preview/comment.md'), text);
    const bin = makeFolder();
    // As gh answers: the number of the pull request, then the id of a comment if there is one.
    writeFileSync(
      path.join(bin, 'gh'),
      '#!/bin/sh\necho "$@" >> "$SAID"\ncase "$*" in *pulls*) echo 7;; *--paginate*) printf "%s" "$KNOWN";; esac\n',
    );
    chmodSync(path.join(bin, 'gh'), 0o755);
    const said = path.join(temp, 'said');
    const run = (known: string): Promise<Run> =>
      shell('bash', steps[1]?.run ?? '', clone, {
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
        RUNNER_TEMP: temp,
        SAID: said,
        KNOWN: known,
        REPOSITORY: 'team/c',
        COMMIT: 'abc',
        RUN: 'https://ci.example.org/1',
      });
    expect((await run('')).code).toBe(0);
    expect((await run('12\n')).code).toBe(0);
    const calls = readFileSync(said, 'utf8').match(/--method .*?(?= --field)/g);
    expect(calls).toEqual([
      '--method POST repos/team/c/issues/7/comments',
      '--method PATCH repos/team/c/issues/comments/12',
    ]);
    expect(readFileSync(path.join(temp, 'body.md'), 'utf8')).toMatch(
      /^<!-- slipway preview -->[^]*ci\.example\.org\/1\)\n$/,
    );
    writeFileSync(path.join(temp, 'preview/comment.md'), 'anything else');
    writeFileSync(said, '');
    expect([(await run('')).code, readFileSync(said, 'utf8')]).toEqual([0, '']);
  });
});

describe('GitLab', () => {
  test('the page is an artifact; a job without code puts the comment, and renews its own', async () => {
    const clone = await cloneWith('gitlab');
    const jobs = read(clone, '.gitlab-ci.yml') as Record<string, GitlabJob>;
    const { preview, comment } = jobs;
    expect(preview?.artifacts.paths).toEqual(['preview.html', 'comment.md']);
    expect([comment?.variables, comment?.rules[0]?.if]).toEqual([
      { GIT_STRATEGY: 'none' },
      expect.stringContaining('$SLIPWAY_COMMENT_TOKEN'),
    ]);
    const base = git(clone, 'rev-parse', 'main').trim();
    const rendered = await shell('sh', preview?.script.join('\n') ?? '', clone, {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    });
    expect([rendered.code, readFileSync(path.join(clone, 'comment.md'), 'utf8')]).toEqual([
      0,
      expect.stringContaining('production/web'),
    ]);

    const notes: object[] = [{ id: 3, author: { id: 9 }, body: `${MARK} of somebody else` }];
    const server = await serveHttp({
      '/user': { body: '{"id":1}' },
      '*': ({ method }) => ({ body: method === 'GET' ? JSON.stringify(notes) : '{}' }),
    });
    const run = (): Promise<Run> =>
      shell('sh', comment?.script.join('\n') ?? '', clone, {
        CI_API_V4_URL: server.url,
        CI_PROJECT_ID: '5',
        CI_MERGE_REQUEST_IID: '6',
        CI_PIPELINE_URL: 'https://ci.example.org/2',
        SLIPWAY_COMMENT_TOKEN: 'glpat-x',
      });
    expect((await run()).code).toBe(0);
    notes.push({ id: 4, author: { id: 1 }, body: `${MARK} of ours` });
    expect((await run()).code).toBe(0);
    const writes = server.received.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path: at }) => `${method} ${at}`)).toEqual([
      'POST /projects/5/merge_requests/6/notes',
      'PUT /projects/5/merge_requests/6/notes/4',
    ]);
    expect(JSON.parse(writes[0]?.body ?? '').body).toMatch(/^<!-- slipway preview -->/);
    await server.close();
  });
});

test('Tekton: the preview stands in the log, and no token is near', async () => {
  const clone = await cloneWith('tekton');
  const text = readFileSync(path.join(clone, '.tekton/slipway-check.yaml'), 'utf8');
  expect(text).not.toMatch(/secret/i);
  const run = await shell('sh', 'npx --yes "$SLIPWAY" preview --markdown -', clone, {});
  expect([run.code, run.stdout]).toEqual([
    0,
    expect.stringMatching(/^<!-- slipway preview -->[^]*production\/web/),
  ]);
});
