import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CTRL_C, CTRL_D, DOWN, ENTER, hasTerminals, PseudoTerminal } from '../support/pseudo-terminal.ts';
import { makeFolder, readLeftovers, readTree } from '../support/repository.ts';
import { testEnv } from '../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');

/** new-app on the demo, in a terminal. Rendering is left out: it takes longer than all the rest. */
function start(args: string, more: { env?: Record<string, string>; columns?: number } = {}) {
  const root = path.join(makeFolder(), 'demo');
  const env = testEnv(makeFolder(), { TERM: 'xterm', SLIPWAY_HELM: '/nonexistent/helm', ...more.env });
  const command = `${process.execPath} ${BIN} new-app --demo=${root} ${args}`;
  return {
    root,
    terminal: new PseudoTerminal(command, {
      cwd: '/',
      env,
      ...(more.columns ? { columns: more.columns } : {}),
    }),
  };
}

describe.runIf(hasTerminals)('new-app in a terminal', () => {
  test('asks from the first question to the last, shows a preview and writes', async () => {
    const { root, terminal } = start('');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types('guest');
    await terminal.sees(/❯ guestbook {2}http:\/\/charts\.slipway\.example/);
    terminal.types(ENTER);
    await terminal.sees(/Version/);
    await terminal.sees(/1\.3\.0 \(\d+ days old, app 1\.29\)/);
    terminal.types(DOWN + ENTER);
    await terminal.sees(/Add another chart/);
    terminal.types(ENTER);
    await terminal.sees(/Name of the app/);
    terminal.types('Bad Name' + ENTER);
    await terminal.sees(/cannot be an app name/);
    terminal.types(`\u0015wiki${ENTER}`);
    await terminal.sees(/production\/wiki exists already/);
    terminal.types(`\u0015book${ENTER}`);
    await terminal.sees(/Release name/);
    terminal.types(ENTER);
    await terminal.sees(/How is it reached/);
    terminal.types(ENTER);
    await terminal.sees(/Host names/);
    terminal.types(ENTER);
    await terminal.sees(/Service behind the route/);
    terminal.types(ENTER);
    await terminal.sees(/Secrets to prepare/);
    terminal.types(ENTER);
    await terminal.sees(/\+ +kustomization\.yaml/);
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    await terminal.sees(/made production\/book/);
    expect(await terminal.ended).toBe(0);
    expect(readFileSync(path.join(root, 'production/book/kustomization.yaml'), 'utf8')).toContain(
      'version: 1.2.0',
    );
  });

  test('speaks Chinese', async () => {
    const { terminal } = start('book --chart guestbook', { env: { LANG: 'zh_CN.UTF-8', LC_ALL: '' } });
    await terminal.sees(/版本/);
    terminal.types(ENTER);
    await terminal.sees(/Release 名/);
    terminal.types(ENTER);
    await terminal.sees(/如何从外部访问/);
    terminal.types(DOWN + DOWN + ENTER);
    await terminal.sees(/要准备的 Secret/);
    terminal.types(ENTER);
    await terminal.sees(/写入这些文件？/);
    terminal.types('n' + ENTER);
    await terminal.sees(/否/);
    expect(await terminal.ended).toBe(130);
  });

  test.each([
    ['Ctrl+C at a prompt', CTRL_C],
    ['Ctrl+D at a prompt', CTRL_D],
  ])('H09 %s ends with 130, writes nothing and gives the terminal back', async (_, keys) => {
    const { root, terminal } = start('book --chart guestbook');
    await terminal.sees(/Version/);
    const before = readTree(root);
    terminal.types(keys);
    expect(await terminal.ended).toBe(130);
    expect(readTree(root)).toEqual(before);
    expect(readLeftovers(root)).toEqual([]);
    const hidden = terminal.raw.split('\u001b[?25l').length;
    const shown = terminal.raw.split('\u001b[?25h').length;
    expect(shown).toBeGreaterThanOrEqual(hidden);
  });

  test('H09 a long paste is an answer like any other', async () => {
    const { terminal } = start('--chart guestbook --version 1.2.0');
    await terminal.sees(/Name of the app/);
    terminal.types(`${'x'.repeat(4_000)}${ENTER}`);
    await terminal.sees(/cannot be an app name/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  const COLOUR = /\u001b\[(?:3[0-7]|9[0-7])m/;
  const NOTHING = /\u0000/;

  test.each([
    { name: 'NO_COLOR', env: { NO_COLOR: '1' }, columns: 100, widest: 106, absent: COLOUR },
    { name: 'a narrow terminal', env: {}, columns: 40, widest: 46, absent: NOTHING },
    { name: 'an absurdly wide terminal', env: {}, columns: 10_000, widest: 10_000, absent: NOTHING },
  ])('H13 $name stays readable', async ({ env, columns, widest, absent }) => {
    const { terminal } = start(
      'book --chart guestbook --version 1.3.0 --release book --route none --secret a:b',
      { env, columns },
    );
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    await terminal.sees(/made production\/book/);
    expect(await terminal.ended).toBe(0);
    const preview = terminal.text.slice(0, terminal.text.indexOf('Write these files?'));
    expect(preview).toContain('production/book/');
    const files = preview.split('\n').filter(line => /^[+~-] /.test(line));
    expect(Math.max(...files.map(line => line.length))).toBeLessThanOrEqual(widest);
    expect(terminal.raw).not.toMatch(absent);
  });

  test.each([
    ['en', 40, /  TLS passthrough \(listener\n  tls-passthrough\)\n/],
    ['en', 60, /  TLS passthrough \(listener tls-passthrough\)\n/],
    ['en', 100, /  TLS passthrough \(listener tls-passthrough\)\n/],
    ['zh', 40, /❯ 在 chart 之外写一个 HTTPRoute\n/],
  ])(
    'H13 questions, choices and answers are broken between words: %s, %d columns',
    async (lang, columns, shown) => {
      const { terminal } = start(`--lang ${lang} --image docker.io/library/nginx:1.29 --port 80 --storage=`, {
        columns,
      });
      await terminal.sees(/\(nginx\)/);
      terminal.types(`a-name-of-some-length-to-be-shown${ENTER}`);
      await terminal.sees(shown);
      const [question = ''] = /✔ (?:Name of|应用名)[^]*shown\n/.exec(terminal.text) ?? [];
      expect(question.split('\n').every(line => line.length < columns)).toBe(true);
      expect(question).toContain('a-name-of-some-length-to-be-shown');
      terminal.types(CTRL_C);
      expect(await terminal.ended).toBe(130);
    },
  );

  test('the keys of a list of several stand below it', async () => {
    const root = path.join(makeFolder(), 'demo');
    const command = `${process.execPath} ${BIN} upgrade --demo=${root} --interactive --no-render`;
    const env = testEnv(makeFolder(), { TERM: 'xterm' });
    const terminal = new PseudoTerminal(command, { cwd: '/', env, columns: 40 });
    await terminal.sees(/↑↓ move · ␣ on or off · a all · i\s+invert · ⏎ go on/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('H13 TERM=dumb asks nothing and prints no escape sequence', async () => {
    const { root, terminal } = start('book', { env: { TERM: 'dumb' } });
    expect(await terminal.ended).toBe(2);
    expect(terminal.text).toContain('E_MISSING');
    expect(terminal.text).toContain('TERM=dumb');
    expect(terminal.raw).not.toContain('\u001b');
    expect(existsSync(path.join(root, 'production/book'))).toBe(false);
  });
});
