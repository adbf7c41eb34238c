import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../src/output/width.ts';
import { machine } from '../../support/printed-lines.ts';
import { CTRL_C, ENTER, hasTerminals, UP, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { git, makeFolder, readTree, writeFiles } from '../../support/repository.ts';
import { demoRepository, slipwayProcess, testEnv } from '../../support/slipway.ts';
import { readAs } from '../../support/schema.ts';

const BIN = path.resolve('bin/slipway.js');

/** No network: a proxy that nobody serves would fail every request that leaves this machine. */
function offline(home: string): Record<string, string> {
  return testEnv(home, { HTTPS_PROXY: 'http://127.0.0.1:9', TERM: 'xterm' }) as Record<string, string>;
}

describe('played through', () => {
  test('in the demo, without a network', async () => {
    const home = makeFolder();
    const { code, stdout, stderr } = await slipwayProcess(['onboard', '--yes', '--json'], {
      cwd: home,
      env: offline(home),
    });
    expect([code, stderr.match(/✓/g)?.length]).toEqual([0, 7]);
    const folder = path.join(home, '.local/state/slipway/onboard');
    expect(readAs('onboard', stdout)).toEqual({
      schemaVersion: 1,
      folder,
      steps: ['concepts', 'add', 'check', 'seal', 'upgrade', 'report', 'commit'],
      ended: true,
      next: ['slipway onboard --restart'],
      nextArgv: [['slipway', 'onboard', '--restart']],
      command: 'slipway onboard --yes',
    });
    expect(readFileSync(path.join(folder, 'report.md'), 'utf8')).toContain('guestbook');
    expect(readFileSync(path.join(folder, 'repository/.git/HEAD'), 'utf8')).toContain('main');
  });

  test('without helm, kustomize and kubectl too; its certificate is of today', async () => {
    const env = machine({});
    const folder = path.join(makeFolder(), 'tour');
    const { code, stderr } = await slipwayProcess(['onboard', folder, '--yes'], {
      cwd: path.dirname(folder),
      env,
    });
    expect([code, stderr.match(/✓/g)?.length, stderr.includes(' 0 days old')]).toEqual([0, 7, true]);
    const certificate = new X509Certificate(readFileSync(path.join(folder, 'sealing.pem')));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(Date.now() - Date.parse(certificate.validFrom)).toBeLessThan(86_400_000);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });

  test('C10 in no folder of somebody else, whatever lies in it', async () => {
    const home = makeFolder();
    const first = path.join(home, 'first');
    const env = offline(home);
    expect((await slipwayProcess(['onboard', first, '--yes'], { cwd: home, env })).code).toBe(0);
    const progress = readFileSync(path.join(first, 'progress.json'), 'utf8');
    const planted = { 'a/progress.json': '{"step":"end"}\n', 'b/progress.json': progress };
    for (const [file, text] of Object.entries(planted)) {
      const folder = path.join(home, path.dirname(file));
      writeFiles(home, { [file]: text, [`${path.dirname(file)}/repository/thesis.md`]: 'mine' });
      for (const more of [[], ['--restart']]) {
        const { code, stdout } = await slipwayProcess(['onboard', folder, '--yes', '--json', ...more], {
          cwd: home,
          env,
        });
        expect([code, stdout.includes('E_EXISTS')]).toEqual([6, true]);
      }
      expect(readFileSync(path.join(folder, 'repository/thesis.md'), 'utf8')).toBe('mine');
    }
    expect((await slipwayProcess(['onboard', first, '--yes'], { cwd: home, env })).code).toBe(0);
  });

  test('in the demo too where the repository around it has no apps', async () => {
    const root = makeFolder();
    writeFiles(root, { 'src/main.ts': 'x' });
    git(root, 'init', '--quiet');
    const home = makeFolder();
    const { code } = await slipwayProcess(['onboard', '--yes', '--json'], { cwd: root, env: offline(home) });
    const copy = path.join(home, '.local/state/slipway/onboard/repository');
    expect([
      code,
      existsSync(path.join(copy, 'production/wiki')),
      existsSync(path.join(copy, 'src')),
    ]).toEqual([0, true, false]);
  });

  test('in a copy of the repository around it, in Chinese; the original is only read', async () => {
    const root = demoRepository();
    writeFiles(root, {
      '.slipway/config.yaml': `language: en\nsealing: {fingerprint: "${'AB:'.repeat(31)}AB"}\n`,
    });
    const before = readTree(root);
    const home = makeFolder();
    const folder = path.join(home, 'tour');
    const { code, stderr, stdout } = await slipwayProcess(['onboard', folder, '--yes', '--lang', 'zh-CN'], {
      cwd: path.join(root, 'production'),
      env: offline(home),
    });
    expect([code, stderr.match(/✓/g)?.length, stdout.includes('教程结束')]).toEqual([0, 7, true]);
    expect(readTree(root)).toEqual(before);
    expect(stderr).not.toContain('E_CERT');
  });
});

test('without a terminal it says what to do', async () => {
  const home = makeFolder();
  const { code, stderr } = await slipwayProcess(['onboard'], { cwd: home, env: offline(home) });
  expect([code, stderr.includes('--yes')]).toEqual([2, true]);
});

test('a folder that holds something else is left alone', async () => {
  const home = makeFolder();
  writeFiles(home, { 'mine/file': 'x' });
  const run = await slipwayProcess(['onboard', path.join(home, 'mine'), '--yes'], {
    cwd: home,
    env: offline(home),
  });
  expect([run.code, run.stderr.includes('is not empty and is not a tour')]).toEqual([6, true]);
  expect(readFileSync(path.join(home, 'mine/file'), 'utf8')).toBe('x');
});

test.each([['tour'], ['production/tour']])(
  'a tour inside the repository that it would copy is refused: %s',
  async where => {
    const root = demoRepository();
    const folder = path.join(root, where);
    const { code, stderr } = await slipwayProcess(['onboard', folder, '--yes'], {
      cwd: root,
      env: offline(makeFolder()),
    });
    expect([code, stderr.includes('is inside the repository')]).toEqual([6, true]);
    expect(existsSync(folder)).toBe(false);
  },
);

describe.runIf(hasTerminals)('by hand', () => {
  test('a wrong solution gets a word, a hint shows how, quit leaves and the next run goes on', async () => {
    const home = makeFolder();
    const start = (): PseudoTerminal =>
      new PseudoTerminal(`${process.execPath} ${BIN} onboard`, {
        cwd: home,
        env: offline(home),
        columns: 200,
      });
    const first = start();
    await first.sees(/1\/7 {2}How this repository works/);
    await first.sees(/repository \$/);
    first.types(ENTER);
    await first.sees(/2\/7 {2}Add an app/);
    await first.sees(/repository \$/);
    first.types(ENTER);
    await first.sees(/✗ there is no app production\/tour-book yet/);
    first.types(
      `mkdir -p production/tour-book && echo 'helmCharts: []' > production/tour-book/kustomization.yaml${ENTER}`,
    );
    await first.sees(/✗ production\/tour-book exists, but is not made from the chart guestbook/);
    first.types(`rm -r production/tour-book${ENTER}`);
    await first.sees(/✗ there is no app/);
    first.types(`quit${ENTER}`);
    await first.sees(/continues from here with:\n {2}slipway onboard\n/);
    expect(await first.ended).toBe(0);

    const second = start();
    await second.sees(/2\/7 {2}Add an app/);
    await second.sees(/repository \$/);
    second.types(`hint${ENTER}`);
    await second.sees(/slipway new-app tour-book --chart guestbook/);
    await second.sees(/repository \$/);
    second.types(
      `slipway new-app tour-book --chart guestbook --repo http://charts.slipway.example --version 1.2.0 --route none --yes${ENTER}`,
    );
    await second.sees(/✓ Add an app/);
    await second.sees(/3\/7/);
    await second.sees(/repository \$/);
    second.types(`quit${ENTER}`);
    expect(await second.ended).toBe(0);
  });

  test('cd holds, looking around is not scolded, help and arrow up are understood, lines go on behind a backslash', async () => {
    const home = makeFolder();
    const tour = new PseudoTerminal(`${process.execPath} ${BIN} onboard`, {
      cwd: home,
      env: offline(home),
      columns: 100,
    });
    await tour.sees(/repository \$/);
    tour.types(ENTER);
    await tour.sees(/2\/7/);
    await tour.sees(/repository \$/);
    const from = tour.text.length;
    tour.types(`cd production${ENTER}`);
    await tour.sees(/repository\/production \$/);
    tour.types(`ls wiki${ENTER}`);
    await tour.sees(/kustomization\.yaml/);
    await tour.sees(/repository\/production \$/);
    tour.types(UP + ENTER);
    await tour.sees(/ls wiki\n[^$]*kustomization\.yaml/);
    await tour.sees(/repository\/production \$/);
    tour.types(`help${ENTER}`);
    await tour.sees(/Make the app production\/tour-book/);
    await tour.sees(/repository\/production \$/);
    tour.types(`hlep${ENTER}`);
    await tour.sees(/Did you mean help\?/);
    await tour.sees(/repository\/production \$/);
    tour.types(`echo one \\${ENTER}`);
    await tour.sees(/> /);
    tour.types(`two${ENTER}`);
    await tour.sees(/\none two\n/);
    await tour.sees(/repository\/production \$/);
    tour.types(`cd /nowhere${ENTER}`);
    await tour.sees(/repository\/production \$/);
    tour.types(`half${CTRL_C}`);
    await tour.sees(/\^C\n/);
    expect(tour.text.slice(from)).not.toContain('✗');
    tour.types(`cd ..; cd production; mkdir x; cd x; rmdir ../x${ENTER}`);
    await tour.sees(/repository \$/);
    tour.types(`hint${ENTER}`);
    await tour.sees(/slipway new-app tour-book --chart guestbook/);
    tour.types(`quit${ENTER}`);
    await tour.sees(/continues from here with:/);
    expect(await tour.ended).toBe(0);
  });

  test('an upgrade without its report is told so at once, not a step later', async () => {
    const home = makeFolder();
    const tour = new PseudoTerminal(`${process.execPath} ${BIN} onboard`, {
      cwd: home,
      env: offline(home),
      columns: 200,
    });
    await tour.sees(/repository \$/);
    tour.types(ENTER);
    const lines = [
      /2\/7/,
      'slipway new-app tour-book --chart guestbook --repo http://charts.slipway.example --version 1.2.0 --env production --route none --yes',
      /3\/7/,
      'slipway check production/tour-book --fix --yes; sed -i "s/namespace: default$/namespace: tour-book/" production/tour-book/kustomization.yaml',
      /4\/7/,
      'slipway seal --into production/tour-book/resources/tour-book-admin-sealedsecret.yaml --name tour-book-admin --generate password:24 --cert ../sealing.pem --yes',
      /5\/7/,
      'slipway upgrade production/tour-book --decisions ../answers.yaml --yes',
      /✗ there is no \.\.\/report\.md/,
    ];
    for (const line of lines) {
      if (typeof line === 'string') tour.types(line + ENTER);
      else await tour.sees(line).then(() => tour.sees(/repository \$/));
    }
    tour.types(`quit${ENTER}`);
    expect(await tour.ended).toBe(0);
  });

  test.each([
    [100, 'en'],
    [60, 'en'],
    [40, 'en'],
    [100, 'zh-CN'],
    [60, 'zh-CN'],
    [40, 'zh-CN'],
  ])(
    '%i columns, %s: no line of the whole tour is longer, but for a single word',
    async (columns, language) => {
      const home = makeFolder();
      const line = `${process.execPath} ${BIN} onboard ${home}/t --yes --lang ${language}`;
      const tour = new PseudoTerminal(line, { cwd: home, env: offline(home), columns });
      expect(await tour.ended).toBe(0);
      // What a spinner showed is gone, and a quoted word is one word.
      const shown = tour.raw
        .split('\n')
        .map(text => stripVTControlCharacters(text.split('\u001b[2K').at(-1) ?? ''));
      const long = shown.filter(text => widthOf(text.replace('\r', '')) > columns);
      const words = long.map(text =>
        text
          .replaceAll(/'[^']*'|"[^"]*"/g, 'quoted')
          .replace(/^[\s+~$-]+/, '')
          .replace(/\s*\\?\s*$/, ''),
      );
      const torn = words.filter(text => /\S\s+\S/.test(text));
      expect([tour.text.match(/✓/g)?.length, torn]).toEqual([7, []]);
    },
  );
});
