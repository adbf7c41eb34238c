import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { archiveOf, serveCharts } from '../support/chart-repository.ts';
import { startRegistry } from '../support/oci-registry.ts';
import { CTRL_C, DOWN, ENTER, ESC, hasTerminals, PseudoTerminal } from '../support/pseudo-terminal.ts';
import { makeFolder } from '../support/repository.ts';
import { demoRepository, slipway, testEnv } from '../support/slipway.ts';

const BIN = path.resolve('bin/slipway.js');
const CHARTS = path.resolve('templates/demo/charts');

type Started = { env?: Record<string, string>; home?: string; cwd?: string };

/** A command in a terminal, in a copy of the demo's repository. Rendering is left out: it takes longer than all the rest. */
function start(args: string, { env = {}, home = makeFolder(), cwd = demoRepository() }: Started = {}) {
  const command = `${process.execPath} ${BIN} ${args}`;
  const settings = testEnv(home, { TERM: 'xterm', SLIPWAY_HELM: '/nonexistent/helm', ...env });
  return { home, cwd, terminal: new PseudoTerminal(command, { cwd, env: settings }) };
}

function keptIn(home: string): string[] {
  const folder = path.join(home, '.local/state/slipway/answers');
  return existsSync(folder) ? readdirSync(folder).map(name => path.join(folder, name)) : [];
}

const IMAGE = '--image docker.io/library/nginx:1.29';

describe.runIf(hasTerminals)('Esc goes back', () => {
  test('new-app: question by question, the earlier answer is offered, and what follows is asked anew', async () => {
    const { terminal, cwd } = start(`new-app ${IMAGE}`);
    await terminal.sees(/Esc: back to the question before/);
    await terminal.sees(/Port that it listens on/);
    terminal.types(`8080${ENTER}`);
    await terminal.sees(/Storage, class:size/);
    terminal.types(ENTER);
    await terminal.sees(/Name of the app/);
    terminal.types(ESC);
    await terminal.sees(/Storage, class:size/);
    terminal.types(ESC);
    await terminal.sees(/Port that it listens on \(8080\)/);
    terminal.types(`8081${ENTER}`);
    await terminal.sees(/Storage, class:size/);
    terminal.types(ENTER);
    await terminal.sees(/Name of the app[^\n]*nginx/);
    terminal.types(ENTER);
    await terminal.sees(/How is it reached/);
    terminal.types(DOWN + DOWN + ENTER);
    await terminal.sees(/Write these files\?/);
    terminal.types(ESC);
    await terminal.sees(/How is it reached/);
    terminal.types(ENTER);
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    expect(await terminal.ended).toBe(0);
    const text = readFileSync(path.join(cwd, 'production/nginx/resources/service.yaml'), 'utf8');
    expect(text).toContain('port: 8081');
  });

  test('at the first question it changes nothing', async () => {
    const { terminal } = start('new-app');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ESC);
    await terminal.sees(/What is the app made of\?/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('add and init go back the same way', async () => {
    const add = start('add storage wiki');
    await add.terminal.sees(/Storage, class:size/);
    add.terminal.types(`ceph-block:2Gi${ENTER}`);
    await add.terminal.sees(/Access mode/);
    add.terminal.types(ESC);
    await add.terminal.sees(/Storage, class:size[^\n]*\(ceph-block:2Gi\)/);
    add.terminal.types(CTRL_C);
    const root = path.join(makeFolder(), 'new');
    const init = start(`init ${root} --no-charts`);
    await init.terminal.sees(/Environments/);
    init.terminal.types(`live${ENTER}`);
    await init.terminal.sees(/URL of this repository/);
    init.terminal.types(ESC);
    await init.terminal.sees(/Environments[^\n]*\(live\)/);
    init.terminal.types(CTRL_C);
    expect([await add.terminal.ended, await init.terminal.ended]).toEqual([130, 130]);
  });
});

describe.runIf(hasTerminals)('answers are kept', () => {
  test('Ctrl+C, and the next start goes on where it stopped; nothing is kept once it is written', async () => {
    const { terminal, home, cwd } = start(`new-app ${IMAGE}`);
    await terminal.sees(/Port that it listens on/);
    terminal.types(`8080${ENTER}`);
    await terminal.sees(/Storage, class:size/);
    terminal.types(ENTER);
    await terminal.sees(/Name of the app/);
    terminal.types(CTRL_C);
    await terminal.sees(/your answers are kept/);
    expect(await terminal.ended).toBe(130);
    const [file = ''] = keptIn(home);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const again = start(`new-app ${IMAGE}`, { home, cwd });
    await again.terminal.sees(
      /Go on where you stopped\? \(2 answers kept: docker\.io\/library\/nginx:1\.29\)/,
    );
    again.terminal.types(ENTER);
    await again.terminal.sees(/✔ Port that it listens on 8080/);
    await again.terminal.sees(/Name of the app/);
    again.terminal.types(ENTER);
    await again.terminal.sees(/How is it reached/);
    again.terminal.types(DOWN + DOWN + ENTER);
    await again.terminal.sees(/Write these files\?/);
    again.terminal.types(`n${ENTER}`);
    await again.terminal.sees(/your answers are kept/);
    expect(await again.terminal.ended).toBe(130);

    const last = start(`new-app ${IMAGE}`, { home, cwd });
    await last.terminal.sees(/Go on where you stopped\? \(4 answers kept: nginx, docker\.io/);
    last.terminal.types(ENTER);
    await last.terminal.sees(/Write these files\?/);
    last.terminal.types(ENTER);
    expect(await last.terminal.ended).toBe(0);
    expect(existsSync(path.join(cwd, 'production/nginx/kustomization.yaml'))).toBe(true);
    expect(keptIn(home)).toEqual([]);
  });

  test('a no begins anew, in Chinese too; another repository and another generator are asked from the start', async () => {
    const { terminal, home, cwd } = start('new-app');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(DOWN + ENTER);
    await terminal.sees(/Image/);
    terminal.types(CTRL_C);
    await terminal.ended;
    const elsewhere = start('new-app', { home });
    await elsewhere.terminal.sees(/What is the app made of\?/);
    elsewhere.terminal.types(CTRL_C);
    const other = start('add storage', { home, cwd });
    await other.terminal.sees(/Which app/);
    other.terminal.types(CTRL_C);
    await Promise.all([elsewhere.terminal.ended, other.terminal.ended]);
    expect(elsewhere.terminal.text + other.terminal.text).not.toContain('Go on where');
    const anew = start('new-app --lang zh', { home, cwd });
    await anew.terminal.sees(/从上次停下的地方继续？/);
    anew.terminal.types(`n${ENTER}`);
    await anew.terminal.sees(/应用由什么组成/);
    anew.terminal.types(CTRL_C);
    expect(await anew.terminal.ended).toBe(130);
    expect(keptIn(home)).toEqual([]);
  });

  test('what became impossible meanwhile is asked for again', async () => {
    const { terminal, home, cwd } = start(`new-app ${IMAGE} --port 80 --storage=`);
    await terminal.sees(/Name of the app/);
    terminal.types(`docs${ENTER}`);
    await terminal.sees(/How is it reached/);
    terminal.types(CTRL_C);
    await terminal.ended;
    cpSync(path.join(cwd, 'production/wiki'), path.join(cwd, 'production/docs'), { recursive: true });
    const again = start(`new-app ${IMAGE} --port 80 --storage=`, { home, cwd });
    await again.terminal.sees(/Go on where you stopped\?/);
    again.terminal.types(ENTER);
    await again.terminal.sees(/\? Name of the app[^\n]*\(docs\)/);
    again.terminal.types(ENTER);
    await again.terminal.sees(/production\/docs exists already/);
    again.terminal.types(CTRL_C);
    expect(await again.terminal.ended).toBe(130);
  });

  test('another name on the line: the answers for the first app are left aside, by name, and everything is asked', async () => {
    const { terminal, home, cwd } = start(`new-app qq ${IMAGE} --port 80 --storage=`);
    await terminal.sees(/How is it reached/);
    terminal.types(ENTER);
    await terminal.sees(/Host names/);
    terminal.types(CTRL_C);
    await terminal.ended;
    const other = start(`new-app other ${IMAGE} --port 80 --storage=`, { home, cwd });
    await other.terminal.sees(/kept from an earlier run \(qq, docker/);
    await other.terminal.sees(/How is it reached/);
    other.terminal.types(ENTER);
    await other.terminal.sees(/Host names[^\n]*\(other\)/);
    other.terminal.types(CTRL_C);
    expect(await other.terminal.ended).toBe(130);
    expect(other.terminal.text).not.toContain('Go on where');
  });

  test('an address with a login or a query is not kept', async () => {
    const { terminal, home } = start('new-app --env production');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(DOWN + DOWN + ENTER);
    await terminal.sees(/URL of the manifest/);
    terminal.types(`https://git.example.org/v1.2.3/a.yaml?token=hunter2${ENTER}`);
    await terminal.sees(/Name of the app/);
    terminal.types(CTRL_C);
    await terminal.ended;
    const [file = ''] = keptIn(home);
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  });
});

describe.runIf(hasTerminals)('every answer is looked at at once', () => {
  test('a name that is taken is not the default, and one that the command line names is refused before any question', async () => {
    const { terminal, cwd } = start('new-app --image docker.io/x/wiki:1.0 --port 80 --storage=');
    await terminal.sees(/Name of the app[^\n]*\(wiki-2\)/);
    terminal.types(`WIKI${ENTER}`);
    await terminal.sees(/cannot be an app name|differs from/);
    terminal.types(CTRL_C);
    await terminal.ended;
    const named = start('new-app wiki', { cwd });
    expect(await named.terminal.ended).toBe(2);
    expect(named.terminal.text).toContain('E_APP_EXISTS');
    expect(named.terminal.text).not.toContain('made of');
  });

  test('a host that a route has, where it is typed', async () => {
    const { terminal } = start(`new-app site ${IMAGE} --port 80 --storage= --route own`);
    await terminal.sees(/Host names/);
    terminal.types(`wiki${ENTER}`);
    await terminal.sees(/production\/wiki/);
    terminal.types(`\u0015site${ENTER}`);
    await terminal.sees(/Service behind|Write these files/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('an answer that turns out wrong later is told, and asked for again', async () => {
    const { terminal } = start('new-app');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types(`./nothing-here${ENTER}`);
    await terminal.sees(/there is no folder [^\n]*nothing-here[^]*Next:/);
    await terminal.sees(/\? Which chart\?[^\n]*\.\/nothing-here/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('what no answer can mend ends the conversation', async () => {
    const cwd = demoRepository();
    mkdirSync(path.join(cwd, 'production/site/resources'), { recursive: true });
    writeFileSync(path.join(cwd, 'production/site/resources/namespace.yaml'), 'kind: Namespace\n');
    const { terminal } = start(`new-app site ${IMAGE} --port 80 --storage=`, { cwd });
    await terminal.sees(/How is it reached/);
    terminal.types(DOWN + DOWN + ENTER);
    expect(await terminal.ended).toBe(2);
    expect(terminal.text).toContain('error[E_APP_EXISTS]');
  });

  test('--yes asks nothing, in a terminal neither: what it cannot answer is missing', async () => {
    const { terminal } = start(`new-app site ${IMAGE} --yes`);
    expect(await terminal.ended).toBe(2);
    expect(terminal.text).toContain('E_MISSING');
    expect(terminal.text).toContain('--port');
    expect(terminal.text).not.toContain('--yes to take');
  });

  test('init looks for its charts before it asks', async () => {
    const root = path.join(makeFolder(), 'new');
    const { terminal } = start(`init ${root} --charts-from http://127.0.0.1:1`);
    expect(await terminal.ended).toBe(4);
    expect(terminal.text).toContain('E_NET_CONNECT');
    expect(terminal.text).toContain('--no-charts');
    expect(terminal.text).not.toContain('Environments');
  });
});

describe.runIf(hasTerminals)('a chart that is not in use yet, by its address', () => {
  test('an HTTP repository: its charts are listed', async () => {
    const server = await serveCharts([
      { name: 'anchor', version: '1.0.0', files: { 'values.yaml': 'a: 1\n' } },
      { name: 'beacon', version: '2.0.0', files: { 'values.yaml': 'a: 1\n' } },
    ]);
    onTestFinished(() => server.close());
    const { terminal, cwd } = start('new-app light --route none');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    // As pasted: the address and Enter at once.
    terminal.types(`${server.url}${ENTER}`);
    await terminal.sees(/Which chart of http/);
    await terminal.sees(/anchor/);
    await terminal.sees(/beacon/);
    terminal.types('beac');
    await terminal.sees(/beac\n❯ beacon/);
    terminal.types(ENTER);
    await terminal.sees(/Version/);
    terminal.types(ENTER);
    await terminal.sees(/Add another chart/);
    terminal.types(ENTER);
    await terminal.sees(/Release name/);
    terminal.types(ENTER);
    await terminal.sees(/Secrets to prepare/);
    terminal.types(ENTER);
    await terminal.sees(/Write these files\?/);
    terminal.types(ENTER);
    expect(await terminal.ended).toBe(0);
    expect(readFileSync(path.join(cwd, 'production/light/kustomization.yaml'), 'utf8')).toContain(server.url);
    expect(terminal.text.replaceAll('\n', '')).toContain(`--chart beacon --repo ${server.url}`);
  });

  test('a folder: ./chart', async () => {
    const cwd = demoRepository();
    cpSync(path.join(CHARTS, 'guestbook-1.3.0'), path.join(cwd, 'mine'), { recursive: true });
    const { terminal } = start('new-app light', { cwd });
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types('./mine');
    await terminal.sees(/the chart in \.\/mine/);
    terminal.types(ENTER);
    await terminal.sees(/Add another chart/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('a chart of a registry: its versions are offered', async () => {
    const registry = await startRegistry({ auth: 'none' });
    if (!registry) return;
    onTestFinished(() => registry.close());
    const archive = archiveOf({ name: 'demo', version: '1.0.0', files: { 'values.yaml': 'a: 1\n' } });
    await registry.pushChart({ repository: 'team/demo', version: '1.0.0', archive });
    const { terminal } = start('new-app light');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types(`oci://${registry.host}/team/demo${ENTER}`);
    await terminal.sees(/\? Version[^]*1\.0\.0/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });

  test('a registry that is down is told once it is chosen, and the address can be mended', async () => {
    const { terminal } = start('new-app light');
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types('oci://127.0.0.1:1/charts/zot');
    await terminal.sees(/the chart oci:\/\/127/);
    terminal.types(ENTER);
    await terminal.sees(/127\.0\.0\.1:1\/v2[^]*connection refused/);
    await terminal.sees(/\? Which chart\?[^\n]*oci:\/\/127\.0\.0\.1:1\/charts\/zot/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
  });
});

/** Counts who connects, and answers nobody. */
async function deadServer(): Promise<{ port: number; connections(): number }> {
  let connections = 0;
  const server: Server = createServer(socket => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, connections: () => connections };
}

describe.runIf(hasTerminals)('search', () => {
  test('what cannot be looked into stands below the list, and is asked once a run', async () => {
    const dead = await deadServer();
    const cwd = demoRepository();
    mkdirSync(path.join(cwd, '.slipway'), { recursive: true });
    const url = `http://127.0.0.1:${dead.port}`;
    writeFileSync(path.join(cwd, '.slipway/config.yaml'), `repositories: [{ name: dead, url: '${url}' }]\n`);
    const { terminal } = start('new-app light', {
      cwd,
      env: { SLIPWAY_CONNECT_TO: `artifacthub.io:443:127.0.0.1:${dead.port}` },
    });
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types('anch');
    await terminal.sees(/not searched: [^\n]*127\.0\.0\.1[^]*not searched: [^\n]*artifacthub\.io/);
    const asked = dead.connections();
    expect(asked).toBeGreaterThan(0);
    for (const letter of 'or-x') {
      terminal.types(letter);
      await terminal.sees(new RegExp(`Type to search anch[or-]*${letter}\\n[^]*not searched`));
    }
    expect(dead.connections()).toBe(asked);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(terminal.text).not.toContain('note:');
  });

  test('the demo and the tour ask nobody but their own charts', async () => {
    const dead = await deadServer();
    const address = `http://127.0.0.1:${dead.port}`;
    const env = {
      ...(testEnv(makeFolder()) as Record<string, string>),
      SLIPWAY_CONNECT_TO: `artifacthub.io:443:127.0.0.1:${dead.port}`,
    };
    const { terminal } = start(`new-app light --demo=${path.join(makeFolder(), 'demo')}`);
    await terminal.sees(/What is the app made of\?/);
    terminal.types(ENTER);
    await terminal.sees(/Which chart\?/);
    terminal.types('nothing');
    await terminal.sees(/not in use here/);
    terminal.types(`\u0015${address}${ENTER}`);
    await terminal.sees(/the demo and the tour use no network/);
    terminal.types(CTRL_C);
    expect(await terminal.ended).toBe(130);
    const tour = await slipway(
      ['new-app', 'light', '--chart', 'x', '--repo', address, '--json', '-C', demoRepository()],
      { env: { ...env, SLIPWAY_TOUR: '1' } },
    );
    expect(JSON.parse(tour.stdout).error.code).toBe('E_OFFLINE_MISS');
    expect(dead.connections()).toBe(0);
  });
});
