import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands.ts';
import { readAs } from '../support/schema.ts';
import { splitCommand } from '../../src/cli/split-command.ts';
import { makeFolder } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';

function run(args: string[], cwd = makeFolder()) {
  return slipway(args, { cwd, env: testEnv(makeFolder()) as Record<string, string> });
}

describe('flags in front of the command', () => {
  test.each([
    [['-C', 'x', 'check', 'a'], ['-C', 'x'], 'check', ['a']],
    [['-Cx', '--json', 'check'], ['-Cx', '--json'], 'check', []],
    [['--cwd=x', '-y', 'upgrade', '--patch'], ['--cwd=x', '-y'], 'upgrade', ['--patch']],
    [['--lang', 'zh-CN', 'help', 'add'], ['--lang', 'zh-CN'], 'help', ['add']],
    [['check', '-C', 'x'], [], 'check', ['-C', 'x']],
    [['--nonsense', 'check'], ['--nonsense', 'check'], undefined, []],
  ])('%j', (argv, leading, name, rest) => expect(splitCommand(argv)).toEqual({ leading, name, rest }));

  test('they mean what they mean behind it', async () => {
    const root = demoRepository();
    const before = await run(['-C', root, '--json', 'check']);
    const behind = await run(['check', '-C', root, '--json']);
    expect(before.stdout).toContain('"schemaVersion"');
    expect([before.code, before.stdout]).toEqual([behind.code, behind.stdout]);
  });
});

describe('what was probably meant', () => {
  test.each([
    [['--verison'], /Did you mean --version\?/],
    [['check', '--verison'], /Did you mean --version\?/],
    [['upgrde', 'web'], /Did you mean slipway upgrade web\?/],
    [['status', 'web', '--yes'], /slipway outdated web --yes/],
    [['list'], /slipway outdated/],
    [['create', 'web'], /slipway new-app web/],
    [['lint'], /slipway check/],
    [['help', 'lint'], /slipway check/],
    [['constructor'], /See slipway --help/],
  ])('%j', async (args, hint) => {
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(hint)]);
  });

  test('an app, a path', async () => {
    const root = demoRepository();
    expect((await run(['-C', root, 'outdated', 'wikki'])).stderr).toContain('Did you mean wiki?');
    expect((await run(['-C', root, 'check', 'production/wikki'], root)).stderr).toContain(
      'Did you mean production/wiki?',
    );
  });
});

test('a folder that is not there, a number of jobs that is none: a wrong call, with a next step', async () => {
  const gone = await run(['-C', '/nope', 'check', '--json']);
  const none = await run(['check', '--jobs', '0', '--json']);
  const { error } = JSON.parse(none.stdout) as { error: { hint: string } };
  expect([gone.code, JSON.parse(gone.stdout).error]).toEqual([
    2,
    expect.objectContaining({ code: 'E_USAGE', message: 'there is no folder /nope' }),
  ]);
  expect([none.code, error.hint]).toEqual([2, expect.stringContaining('--jobs')]);
});

describe('help and version', () => {
  test('--help --json: every command with its flags, the words that they take, and the exits', async () => {
    type Flag = { name: string; type: string; choices?: string[] };
    type Help = { commands: { name: string; flags: Flag[]; exits: number[] }[] };
    const all = readAs('help', (await run(['--help', '--json'])).stdout) as Help;
    expect(all.commands.map(({ name }) => name)).toEqual(Object.keys(COMMANDS));
    const one = readAs('help', (await run(['add', '--help', '--json'])).stdout) as Help;
    expect(one.commands).toEqual(all.commands.filter(({ name }) => name === 'add'));
    const flag = (name: string): Flag | undefined => one.commands[0]?.flags.find(each => each.name === name);
    expect(flag('kind')).toMatchObject({ type: 'value', choices: ['http', 'grpc', 'tls'] });
    expect(flag('host')).not.toHaveProperty('choices');
    expect(flag('demo')).toMatchObject({ type: 'optional' });
  });

  test('help of a command is its --help; of a topic its own flags', async () => {
    const [help, flag] = await Promise.all([run(['help', 'upgrade']), run(['upgrade', '--help'])]);
    expect([help.code, help.stdout]).toEqual([0, flag.stdout]);
    const topic = (await run(['help', 'add', 'route'])).stdout;
    expect(topic).toMatch(/^slipway add route <app>\n/);
    expect([topic.includes('--service'), topic.includes('--storage')]).toEqual([true, false]);
    expect((await run(['add', 'route', '--help'])).stdout).toBe(topic);
  });

  test('usage lines in Chinese', async () => {
    expect((await run(['--lang', 'zh-CN', '--help'])).stdout).toMatch(/^slipway <命令> \[参数\]\n/);
    expect((await run(['help', 'move', '--lang', 'zh-CN'])).stdout).toMatch(
      /^slipway move <应用> --to <环境/,
    );
  });

  test('--version behind a command that has one of its own is that one', async () => {
    const { code, stderr } = await run(['new-app', 'a', '--version', '1.0.0']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('E_NO_REPOSITORY')]);
  });

  test.each([
    [['--version'], /^\d+\.\d+\.\d+\n$/],
    [['-V'], /^\d+\.\d+\.\d+\n$/],
    [['--version', '--json'], /^\{"schemaVersion":1,"version":"\d+\.\d+\.\d+"\}\n$/],
    [['--json', 'check', '--version'], /^\{"schemaVersion":1,"version":/],
  ])('%j', async (args, printed) => {
    const { code, stdout } = await run(args);
    expect([code, stdout]).toEqual([0, expect.stringMatching(printed)]);
  });
});
