import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../src/errors.ts';
import { demoRepository, slipway, testEnv } from './support/slipway.ts';
import { machine, paste } from './support/printed-lines.ts';
import { commitAll, makeFolder, writeFiles } from './support/repository.ts';
import { makeSealingPair } from './support/sealing.ts';
import { findTool } from './support/tools.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const PAGES = [
  ...readdirSync(ROOT),
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true }).map(name => `docs/${String(name)}`),
].filter(name => name.endsWith('.md'));

/** The shell lines of a page: those of its `sh` blocks. */
function shellLines(page: string): string[] {
  return [...read(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter(line => line.trim() !== ''),
  );
}

test('docs/errors.md has every error, under the exit that it ends with', () => {
  const rows = [...read('docs/errors.md').matchAll(/^## Exit (\d+)|^\| `(E_\w+)`/gm)];
  let exit = 0;
  const documented = rows.flatMap(([, number, code]) => {
    if (number !== undefined) exit = Number(number);
    return code === undefined ? [] : [[code, exit] as const];
  });
  expect(Object.fromEntries(documented)).toEqual(ERROR_CODES);
});

test.each(['README.md', 'README.zh-CN.md'])(
  '%s: the first two lines to copy are the demo and the tests',
  page => {
    expect(shellLines(page).slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  },
);

test('CI runs the two lines of the README as they stand there', () => {
  const lines = read('.ci/run').split('\n');
  expect(shellLines('README.md').filter(line => !lines.includes(line))).toEqual([]);
});

test('what it is and for whom comes first, then the demo', () => {
  for (const page of ['README.md', 'README.zh-CN.md']) {
    const [first = ''] = read(page).split('```sh');
    expect([page, first.includes('Argo CD'), first.includes('](')]).toEqual([page, true, false]);
  }
});

describe.each([
  ['with helm and kustomize', ['helm', 'kustomize']],
  ['without', []],
] as const)('on a machine %s', (_, tools) => {
  const hasTools = tools.every(tool => findTool(tool) !== undefined);
  const env = (): Record<string, string> => machine({ slipway: true, tools });

  test.runIf(hasTools).each(['README.md', 'README.zh-CN.md'])(
    '%s: its run runs as it is shown',
    async page => {
      const cwd = makeFolder();
      const runs = consoleRuns(page);
      expect(runs.length).toBe(2);
      for (const { line, shown } of runs) {
        const { code, stdout, stderr } = await paste([line], cwd, env());
        const printed = [...stderr.split('\n'), ...stdout.split('\n')];
        expect([line, code, code === 0 ? '' : stderr]).toEqual([line, 0, '']);
        const missing = shown.filter(text => !printed.some(other => isShown(text, other)));
        expect(tools.length > 0 ? missing : []).toEqual([]);
      }
    },
  );

  test.runIf(hasTools)('npm run demo', async () => {
    const { code, stdout } = await paste([`npm run demo --prefix ${ROOT}`], makeFolder(), npmMachine(tools));
    expect([code, stdout]).toEqual([0, expect.stringContaining('made production/shop')]);
  });
});

/** The lines of a page's console block, each with what is shown below it. */
function consoleRuns(page: string): { line: string; shown: string[] }[] {
  const block = /^```console\n([\s\S]*?)^```/m.exec(read(page))?.[1] ?? '';
  return block
    .split(/^\$ /m)
    .slice(1)
    .map(run => {
      const [line = '', ...shown] = run.split('\n');
      return { line, shown: shown.filter(text => text !== '') };
    });
}

/** What is left out is an ellipsis at the end of a line. */
function isShown(text: string, printed: string): boolean {
  return text.endsWith('…') ? printed.startsWith(text.slice(0, -1).trimEnd()) : printed === text;
}

function npmMachine(tools: readonly string[]): Record<string, string> {
  const env = machine({ tools });
  const npm = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .find(folder => existsSync(path.join(folder, 'npm')));
  symlinkSync(path.join(npm ?? '', 'npm'), path.join(env['PATH'] ?? '', 'npm'));
  return env;
}

/** What the lines of a page stand on: the apps of the demo, files that they name. */
const OFFLINE: Record<string, RegExp> = {
  'docs/add.md': /add (?:route|secret|storage|certificate)/,
  'docs/check.md': /check(?! --outdated| --since| --render| --cluster| --fix)/,
  'docs/init.md': /init .*--no-charts/,
  'docs/doctor.md': /doctor --offline/,
  'docs/move.md': /slipway/,
  'docs/new-app.md': /--image/,
  'docs/onboard.md': /onboard --yes/,
  'docs/seal.md': /--into|--check/,
  'docs/merge-values.md': /echo|git config/,
};

test.each(Object.entries(OFFLINE))(
  '%s: its lines run as they stand there',
  async (page, wanted) => {
    const lines = shellLines(page).filter(line => wanted.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const root = demoRepository();
      writeFiles(root, {
        'sealing.pem': readFileSync(makeSealingPair().certFile, 'utf8'),
        'ca.pem': 'x',
        '.slipway/config.yaml': 'sealing: {certificate: sealing.pem}\n',
        ...(line.includes('disabled/wiki') ? { 'disabled/.gitkeep': '' } : {}),
      });
      if (line.includes('move disabled/'))
        renameSync(path.join(root, 'production/wiki'), path.join(root, 'disabled/wiki'));
      commitAll(root);
      const { code, stderr, stdout } = await paste([withAnswers(line)], root, machine({ slipway: true }));
      expect([line, [0, 1].includes(code), code === 1 && stderr.includes('error[')]).toEqual([
        line,
        true,
        false,
      ]);
      expect(stdout + stderr).not.toContain('E_USAGE');
    }
  },
  120_000,
);

/** Where a page's line would ask a person, they take what is suggested. */
function withAnswers(line: string): string {
  const [command = '', comment = ''] = line.split(/(?= +# )/);
  const asks = /^slipway (?:init|seal) /.test(command) && !/--yes|--check/.test(command);
  const given = command.includes('seal --into') ? ' --name db' : '';
  const init = command.startsWith('slipway init --no-charts')
    ? ' --repo-url https://git.example.org/a/b.git'
    : '';
  return `${command}${asks ? ' --yes' : ''}${given}${init}${comment}`;
}

test('the two READMEs have the same commands and links', () => {
  const links = (page: string): string[] =>
    [...read(page).matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) =>
      to.replace('.zh-CN', '').replace('zh-CN/', ''),
    );
  expect(shellLines('README.zh-CN.md')).toEqual(shellLines('README.md'));
  expect(links('README.zh-CN.md')).toEqual(links('README.md'));
});

test('the pages for agents and for builders are short', () => {
  expect(read('AGENTS.md').split('\n').length).toBeLessThanOrEqual(60);
  expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(80);
});

describe.each(PAGES)('%s', page => {
  test('leads nowhere that is not there', () => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) => to);
    expect(targets.filter(to => !existsSync(path.join(ROOT, path.dirname(page), to)))).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('names flags that the commands have', async () => {
    const lines = shellLines(page).flatMap(line => line.match(/slipway [a-z-]+ [^#&|]*/g) ?? []);
    for (const line of lines) {
      const [, command = ''] = line.split(' ');
      const help = await slipway([command, '--help'], {
        env: testEnv(makeFolder()) as Record<string, string>,
      });
      const flags = line.match(/(?<= )--[a-z-]+/g) ?? [];
      expect([line, flags.filter(flag => !help.stdout.includes(flag))]).toEqual([line, []]);
    }
  });
});

test('every command has its page and its row in the READMEs', async () => {
  const { stdout } = await slipway(['--help'], { env: testEnv(makeFolder()) as Record<string, string> });
  const commands = [...stdout.matchAll(/^ {2}([a-z][a-z-]+) {2,}/gm)].map(([, name = '']) => name);
  expect(commands).toContain('new-app');
  for (const page of ['README.md', 'README.zh-CN.md'])
    expect(commands.filter(name => !read(page).includes(`\`slipway ${name}`))).toEqual([]);
});
