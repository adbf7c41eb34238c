import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commitAll, git, makeFolder, readTree, writeFiles } from '../support/repository.ts';
import { makeSealingPair } from '../support/sealing.ts';
import { slipway, testEnv } from '../support/slipway.ts';

type Missing = { flag: string; choices?: string[]; suggestion?: string };
type Decision = { id: string; options: string[] };
type Document = {
  error?: { code: string; missing?: Missing[] };
  nextArgv?: string[][];
  written?: boolean;
};
type Step = { code: number; document: Document };

/** Whoever reads no sentence: exit codes, `error.missing`, `decisions`, `nextArgv` and `--help --json` alone. */
class Agent {
  readonly root: string;
  readonly env: Record<string, string>;

  constructor(root: string, env: Record<string, string>) {
    this.root = root;
    this.env = env;
  }

  async run(...words: string[]): Promise<Step> {
    const { code, stdout } = await slipway([...words, '--json'], { cwd: this.root, env: this.env });
    return { code, document: JSON.parse(stdout) as Document };
  }

  /** Gives what is missing: what was suggested, else the first choice. */
  async complete(...words: string[]): Promise<Step> {
    const step = await this.run(...words);
    if (step.document.error?.code !== 'E_MISSING') return step;
    const answers = (step.document.error.missing ?? []).flatMap(({ flag, suggestion, choices = [] }) => {
      const value = suggestion ?? choices[0];
      if (value === undefined) throw new Error(`nothing to answer --${flag} with`);
      return [`--${flag}=${value}`];
    });
    if (answers.length === 0) throw new Error('something is missing that has no name');
    return this.complete(...words, ...answers);
  }

  /** The flags that a command has. */
  async flags(command: string): Promise<string[]> {
    const { stdout } = await slipway([command, '--help', '--json'], { cwd: this.root, env: this.env });
    const { commands } = JSON.parse(stdout) as { commands: { name: string; flags: { name: string }[] }[] };
    return commands.find(({ name }) => name === command)?.flags.map(({ name }) => name) ?? [];
  }

  /** Does what follows, as far as it is git's part. */
  follow({ document }: Step): void {
    const steps = (document.nextArgv ?? []).filter(([program]) => program === 'git');
    if (steps.length === 0) throw new Error('nothing follows');
    for (const [, ...words] of steps) git(this.root, ...words);
  }
}

function decisionsIn(document: unknown): Decision[] {
  if (Array.isArray(document)) return document.flatMap(decisionsIn);
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, value]: [string, unknown]) =>
    key === 'decisions' ? (value as Decision[]) : decisionsIn(value),
  );
}

test('an agent that reads no prose adds an app, upgrades it with a decision, seals, promotes and undoes', async () => {
  const home = makeFolder();
  const env = testEnv(home, { SEALED_SECRETS_CERT: makeSealingPair().certFile }) as Record<string, string>;
  const root = path.join(home, 'fleet');
  expect((await new Agent(home, env).run('diff', `--demo=${root}`)).code).toBe(0);
  if (!existsSync(path.join(root, '.git'))) git(root, 'init', '--quiet', '--initial-branch=main');
  writeFiles(root, {
    'examples/dev/web/kustomization.yaml': 'namespace: web\nimages:\n  - name: nginx\n    newTag: "1.29"\n',
    'examples/production/web/kustomization.yaml':
      'namespace: web\nimages:\n  - name: nginx\n    newTag: "1.27"\n',
  });
  commitAll(root);
  const agent = new Agent(root, env);

  expect(await agent.flags('new-app')).toEqual(expect.arrayContaining(['chart', 'version', 'route']));
  const made = await agent.complete('new-app', 'book', '--chart=guestbook', '--version=1.2.0', '--yes');
  expect(made.code).toBe(0);
  agent.follow(made);

  const values = path.join(root, 'production/book/values/guestbook-1.2.0.yaml');
  const own = readFileSync(values, 'utf8').replace('port: 80\n', 'port: 81\n');
  writeFiles(root, { 'production/book/values/guestbook-1.2.0.yaml': own });
  commitAll(root);
  expect(await agent.flags('upgrade')).toContain('decisions');
  const asked = await agent.run('upgrade', 'book', '--no-render', '--yes');
  expect(asked.code).toBe(3);
  const open = decisionsIn(asked.document);
  expect(open).toHaveLength(1);
  const answers = path.join(home, 'answers.json');
  const answer = (decisions: readonly Decision[], option: string): void => {
    expect(decisions.every(({ options }) => options.includes(option))).toBe(true);
    const all = Object.fromEntries(decisions.map(({ id }) => [id, option]));
    writeFiles(home, { 'answers.json': JSON.stringify(all) });
  };
  answer(open, 'ours');
  const upgraded = await agent.run('upgrade', 'book', '--no-render', `--decisions=${answers}`, '--yes');
  expect(upgraded.code).toBe(0);
  agent.follow(upgraded);
  const fresh = readFileSync(path.join(root, 'production/book/values/guestbook-1.3.0.yaml'), 'utf8');
  expect([fresh.includes('port: 81\n'), fresh.includes('requestLog:')]).toEqual([true, true]);

  const before = readTree(root);
  const secret = 'production/book/resources/book-sealedsecret.yaml';
  const sealed = await agent.run(
    'seal',
    '--into',
    secret,
    '--name',
    'book',
    '--generate',
    'password:24',
    '--yes',
  );
  expect(sealed.code).toBe(0);
  expect(readTree(root)[secret]).toContain('encryptedData');
  const undone = await agent.run('undo', '--yes');
  expect([undone.code, undone.document.written, readTree(root)]).toEqual([0, true, before]);

  const promote = ['promote', 'web', '--from', 'dev', '--to', 'production', '--yes', '-C', 'examples'];
  const unsure = await agent.run(...promote);
  expect(unsure.code).toBe(3);
  answer(decisionsIn(unsure.document), 'theirs');
  expect((await agent.run(...promote, `--decisions=${answers}`)).code).toBe(0);
  const file = 'examples/production/web/kustomization.yaml';
  expect(readTree(root)[file]).toContain('newTag: "1.29"');
  expect((await agent.run('undo', '--yes', '-C', 'examples')).code).toBe(0);
  expect(readTree(root)[file]).toBe(before[file]);
});
