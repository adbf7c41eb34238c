import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CTRL_C, ENTER, hasTerminals, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { makeFolder } from '../../support/repository.ts';
import { slipway, testEnv } from '../../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');

function start(root: string, args: string, home = makeFolder()): PseudoTerminal {
  const command = `${process.execPath} ${BIN} init ${root} --no-charts ${args}`;
  return new PseudoTerminal(command, { cwd: '/', env: testEnv(home, { TERM: 'xterm' }) });
}

describe.runIf(hasTerminals)('init in a terminal', () => {
  test('asks from the first question to the last, shows a preview and writes', async () => {
    const root = path.join(makeFolder(), 'new');
    const terminal = start(root, '');
    await terminal.sees(/Environments, separated by commas/);
    terminal.types(ENTER);
    await terminal.sees(/URL of this repository/);
    terminal.types(`https://github.com/team/cluster.git${ENTER}`);
    await terminal.sees(/Domains of the apps/);
    terminal.types(`localhost${ENTER}`);
    await terminal.sees(/is not a domain/);
    terminal.types(`\u0015apps.example.org${ENTER}`);
    await terminal.sees(/Name of the Gateway/);
    terminal.types(ENTER);
    await terminal.sees(/The CRDs of Gateway API/);
    terminal.types(ENTER);
    await terminal.sees(/Mirror for images/);
    terminal.types(ENTER);
    await terminal.sees(/E-mail address/);
    terminal.types(`ops@example.org${ENTER}`);
    await terminal.sees(/CI/);
    terminal.types(ENTER);
    await terminal.sees(/What CI installs/);
    terminal.types(`slipway${ENTER}`);
    await terminal.sees(/is no package with a version/);
    terminal.types(`\u0015git+https://github.com/team/slipway.git#v1${ENTER}`);
    await terminal.sees(/what becomes of what it runs/);
    terminal.types(ENTER);
    await terminal.sees(/Language of the repository/);
    terminal.types(ENTER);
    await terminal.sees(/Write these files\?/);
    expect(existsSync(root)).toBe(false);
    terminal.types(ENTER);
    expect(await terminal.ended).toBe(0);
    expect(existsSync(path.join(root, '.github/workflows/slipway.yaml'))).toBe(true);
    expect(
      readFileSync(path.join(root, 'production/cert-manager/resources/clusterissuer.yaml'), 'utf8'),
    ).toContain('email: ops@example.org');
  });

  test('what is wrong is said in the language of the run, with what to do', async () => {
    const terminal = start(path.join(makeFolder(), 'new'), '--lang zh');
    await terminal.sees(/环境/);
    terminal.types(ENTER);
    await terminal.sees(/URL/);
    terminal.types(`https://github.com/team/cluster.git${ENTER}`);
    await terminal.sees(/域名/);
    terminal.types(`localhost${ENTER}`);
    await terminal.sees(/不是域名[^]*下一步/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('what differs is shown and asked for, no by default', async () => {
    const root = makeFolder();
    const home = makeFolder();
    const answers = ['--repo-url', 'https://git.example.org/c.git', '--domains', 'apps.example.org'];
    await slipway(['init', root, '--no-charts', ...answers], {
      env: testEnv(home) as Record<string, string>,
    });
    const file = path.join(root, '.editorconfig');
    const larger = path.join(root, '.slipway/config.yaml');
    const own = '# ours\nlanguage: en\n';
    writeFileSync(file, 'root = false\n');
    writeFileSync(larger, own);
    for (const [answer, kept] of [
      [ENTER, true],
      [`y${ENTER}`, false],
    ] as const) {
      const flags =
        '--environments production,dev --gateway envoy-gateway --gateway-api chart --ci none --on-removal keep --language en';
      const rest = `${answers.join(' ')} --mirror= --email= ${flags}`;
      const terminal = start(root, rest, home);
      await terminal.sees(/-root = false/);
      await terminal.sees(/\.editorconfig is there and differs\. Overwrite it\?/);
      terminal.types(answer);
      await terminal.sees(/\.slipway\/config\.yaml is there and differs\. Overwrite it\?/);
      terminal.types(ENTER);
      if (!kept) await terminal.sees(/Write these files\?/);
      if (!kept) terminal.types(ENTER);
      expect(await terminal.ended).toBe(0);
      expect(readFileSync(file, 'utf8') === 'root = false\n').toBe(kept);
      expect(readFileSync(larger, 'utf8')).toBe(own);
    }
  });

  test('a .gitignore that lacks lines is not said to be overwritten', async () => {
    const root = makeFolder();
    writeFileSync(path.join(root, '.gitignore'), 'mine\n');
    const answers = ['--repo-url', 'https://git.example.org/c.git', '--domains', 'apps.example.org'];
    const flags =
      '--environments production,dev --gateway envoy-gateway --gateway-api chart --ci none --on-removal keep --language en';
    const terminal = start(root, `${answers.join(' ')} --mirror= --email= ${flags}`, makeFolder());
    await terminal.sees(/\.gitignore lacks lines\. Add them at its end\?/);
    terminal.types(`n${ENTER}`);
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    await terminal.sees(/\.gitignore: lacks the lines above/);
    expect(await terminal.ended).toBe(0);
    expect(readFileSync(path.join(root, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  test('Ctrl+C writes nothing', async () => {
    const root = path.join(makeFolder(), 'new');
    const terminal = start(root, '');
    await terminal.sees(/Environments/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(existsSync(root)).toBe(false);
  });
});
