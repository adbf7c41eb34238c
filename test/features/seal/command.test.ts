import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { leakingFiles, leaksIn, makeCanary, watchProcesses } from '../../support/canary.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { serveHttp } from '../../support/http-server.ts';
import { canRender, renderOffline } from '../../support/kustomize.ts';
import { CTRL_C, DOWN, ENTER, hasTerminals, PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { commitAll, git, makeFolder, readLeftovers, readTree, writeFiles } from '../../support/repository.ts';
import {
  canOpen,
  makeSealingPair,
  openWithController,
  openWithKubeseal,
  type SealingPair,
} from '../../support/sealing.ts';
import { demoRepository, type Run, slipway, testEnv } from '../../support/slipway.ts';

const STUB = 'production/wiki/resources/db-sealedsecret.yaml';
const BIN = path.resolve('bin/slipway.js');

let pair: SealingPair;
beforeAll(() => {
  pair = makeSealingPair();
});

type Case = {
  root: string;
  home: string;
  run(args: string[], more?: { input?: string; env?: Record<string, string>; cwd?: string }): Promise<Run>;
};

/** The demo repository with a stub for two values in its wiki app, and a certificate in its configuration. */
function open(configuration?: string): Case {
  const root = demoRepository();
  const home = makeFolder();
  writeFiles(root, {
    [STUB]: `# Who rotates it: the wiki team
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: wiki
spec:
  encryptedData:
    password: REPLACE_ME # from the vault
    user: REPLACE_ME
  template:
    metadata:
      name: db
      namespace: wiki
    type: Opaque
`,
    '.slipway/config.yaml':
      configuration ?? `# ours\nsealing:\n  certificate: ${pair.certFile}\nlanguage: en\n`,
  });
  commitAll(root);
  return {
    root,
    home,
    run: (args, { input = '', env = {}, cwd = root } = {}) =>
      slipway(['seal', ...args], { cwd, input, env: testEnv(home, env) as Record<string, string> }),
  };
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function opened(root: string, file = STUB): Record<string, string> {
  const values = canOpen ? openWithController(read(root, file), pair.keyFile) : {};
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()]));
}

function isValid(schema: string, text: string): void {
  const compiled = new Ajv2020({ strict: true }).compile(
    JSON.parse(readFileSync(`schemas/${schema}.schema.json`, 'utf8')) as object,
  );
  expect([compiled(JSON.parse(text)), compiled.errors]).toEqual([true, null]);
}

const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: db, namespace: wiki}
stringData: {password: hunter2, user: wiki}
`;

describe('a manifest', () => {
  test('is sealed into the stub of its name, which is then listed; comments stay', async () => {
    const it = open();
    writeFileSync(path.join(it.home, 'db.yaml'), SECRET);
    const result = await it.run([path.join(it.home, 'db.yaml'), '--json']);
    expect([result.code, result.stderr]).toEqual([0, '']);
    isValid('seal', result.stdout);
    expect(JSON.parse(result.stdout)).toMatchObject({
      sealed: [
        { file: STUB, namespace: 'wiki', name: 'db', scope: 'strict', keys: ['password', 'user'], open: [] },
      ],
      certificate: { fingerprint: pair.certificate.fingerprint, pinned: 'now' },
    });
    const text = read(it.root, STUB);
    expect(text).toMatch(/^# Who rotates it/);
    expect(text).toMatch(/ password: Ag\S+ # from the vault\n|password: AQ\S+ # from the vault\n/);
    expect(read(it.root, 'production/wiki/kustomization.yaml')).toContain(
      '- resources/httproute.yaml\n- resources/db-sealedsecret.yaml\n',
    );
    expect(read(it.root, '.slipway/config.yaml')).toBe(
      `# ours\nsealing:\n  certificate: ${pair.certFile}\n  fingerprint: ${pair.certificate.fingerprint}\nlanguage: en\n`,
    );
    expect(opened(it.root)).toEqual(canOpen ? { password: 'hunter2', user: 'wiki' } : {});
    expect(readLeftovers(it.root)).toEqual([]);
    expect((await it.run(['--check'])).code).toBe(0);
    const manifests = canRender ? renderOffline(it.root, 'production/notes') : [];
    expect(manifests.some(({ kind }) => kind === 'SealedSecret')).toBe(false);
  });

  test('from a pipe, with the namespace of the app that the person is in', async () => {
    const it = open();
    const input = SECRET.replace(', namespace: wiki', '').replace('name: db', 'name: api');
    const result = await it.run(['-'], { input, cwd: path.join(it.root, 'production/wiki/resources') });
    expect(result.code).toBe(0);
    expect(opened(it.root, 'production/wiki/resources/api-sealedsecret.yaml')).toEqual(
      canOpen ? { password: 'hunter2', user: 'wiki' } : {},
    );
  });

  test('several Secrets go to several apps in one run', async () => {
    const it = open();
    const input = `${SECRET}---\n${SECRET.replace('name: db, namespace: wiki', 'name: db, namespace: notes')}`;
    expect((await it.run(['-'], { input })).code).toBe(0);
    expect(read(it.root, 'production/notes/resources/db-sealedsecret.yaml')).toContain(
      '  namespace: notes\n',
    );
  });

  test('--stdout prints kubeseal’s layout and writes nothing, inside and outside of a repository', async () => {
    const it = open();
    const before = readTree(it.root);
    for (const cwd of [it.root, it.home]) {
      const result = await it.run(['-', '--stdout', '--cert', pair.certFile], {
        input: `${SECRET}---\n${SECRET.replace('db', 'dc')}`,
        cwd,
      });
      expect([result.code, result.stdout.match(/^---$/gm)?.length]).toEqual([0, 2]);
      const [, first = ''] = result.stdout.split('---\n');
      expect(canOpen ? openWithKubeseal(first, pair.keyFile).values['user']?.toString() : 'wiki').toBe(
        'wiki',
      );
    }
    expect(readTree(it.root)).toEqual(before);
  });

  test('S17 one that git tracks is refused: its values are in the history', async () => {
    const it = open();
    writeFileSync(path.join(it.root, 'db.yaml'), SECRET);
    commitAll(it.root);
    const before = readTree(it.root);
    const result = await it.run(['db.yaml', '--json']);
    expect([result.code, JSON.parse(result.stdout).error.code]).toEqual([6, 'E_PLAINTEXT_IN_GIT']);
    expect(JSON.parse(result.stdout).error.hint).toContain('git rm --cached db.yaml');
    expect(readTree(it.root)).toEqual(before);
    git(it.root, 'rm', '--quiet', '--cached', 'db.yaml');
    expect((await it.run(['db.yaml'])).code).toBe(0);
  });
});

describe('single keys', () => {
  test('S15 one after the other: only its own line changes, and the file is listed when none is open', async () => {
    const it = open();
    const first = await it.run(['--into', STUB, '--from-file', 'user=-'], { input: 'wiki' });
    expect([first.code, first.stdout.includes('It waits for password,')]).toEqual([0, true]);
    expect(read(it.root, 'production/wiki/kustomization.yaml')).not.toContain('db-sealedsecret');
    const half = read(it.root, STUB);
    writeFileSync(path.join(it.home, 'pw'), Buffer.from([0xff, 0x00, 0x01]));
    const second = await it.run(['--into', STUB, '--from-file', `password=${path.join(it.home, 'pw')}`]);
    expect(second.code).toBe(0);
    const changed = read(it.root, STUB)
      .split('\n')
      .filter((line, index) => line !== half.split('\n')[index]);
    expect(changed).toHaveLength(1);
    expect(read(it.root, 'production/wiki/kustomization.yaml')).toContain('- resources/db-sealedsecret.yaml');
    const values = canOpen ? openWithController(read(it.root, STUB), pair.keyFile) : {};
    expect(canOpen ? values['password'] : Buffer.from([0xff, 0, 1])).toEqual(Buffer.from([0xff, 0, 1]));
  });

  test('made values: random, of the length asked for, in a new file with a scope', async () => {
    const it = open();
    const file = 'production/notes/resources/session.yaml';
    const args = [
      '--into',
      file,
      '--name',
      'session',
      '--generate',
      'key:40',
      '--generate',
      'salt',
      '--scope',
      'namespace-wide',
      '--type',
      'acme.org/x',
    ];
    const result = await it.run(args);
    expect(result.code).toBe(0);
    const text = read(it.root, file);
    expect(text.match(/sealedsecrets\.bitnami\.com\/namespace-wide: "true"/g)).toHaveLength(2);
    expect(text).toContain('type: acme.org/x');
    const values = opened(it.root, file);
    expect(canOpen ? [values['key'], values['salt']] : ['a'.repeat(40), 'a'.repeat(32)]).toEqual([
      expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    ]);
    expect(result.stdout).toContain('slipway seal --into');
  });

  test('S14 a stray newline is kept with a note, or dropped on demand', async () => {
    const it = open();
    const args = ['--into', STUB, '--generate', 'password', '--from-file', 'user=-'];
    const kept = await it.run(args, { input: 'wiki\n' });
    expect(kept.stderr).toContain('note: the value of user ends with a newline');
    expect(opened(it.root, STUB)['user'] ?? 'wiki\n').toBe('wiki\n');
    const dropped = await it.run([...args, '--trim-newline'], { input: 'wiki\n' });
    expect(opened(it.root, STUB)['user'] ?? 'wiki').toBe('wiki');
    expect(dropped.stderr).not.toContain('newline');
  });

  test('S10 after a move a single value is refused, and all of them in one run are not', async () => {
    const it = open();
    await it.run(['--into', STUB, '--from-file', 'user=-', '--generate', 'password'], { input: 'wiki' });
    const file = path.join(it.root, 'production/wiki/kustomization.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('namespace: wiki', 'namespace: book'));
    const checked = await it.run(['--check', '--json']);
    isValid('seal-check', checked.stdout);
    expect([checked.code, JSON.parse(checked.stdout).findings[0].code]).toEqual([1, 'E_SCOPE_RENAME']);
    const one = await it.run(['--into', STUB, '--generate', 'password', '--json']);
    expect([one.code, JSON.parse(one.stdout).error.message]).toEqual([
      2,
      expect.stringContaining('user must be sealed again too'),
    ]);
    const both = await it.run(['--into', STUB, '--generate', 'password', '--from-file', 'user=-'], {
      input: 'wiki',
    });
    expect(both.code).toBe(0);
    expect((await it.run(['--check'])).code).toBe(0);
    expect(opened(it.root)['user'] ?? 'wiki').toBe('wiki');
  });

  test.each([
    [[], 'E_MISSING', /nothing to seal was named|--into is missing/],
    [['--into', STUB], 'E_MISSING', /waits for password, user/],
    [['--into', STUB, '--key', 'password'], 'E_MISSING', /nobody can be asked: password/],
    [
      ['--into', STUB, '--from-file', 'user=/nowhere/canary'],
      'E_VALUE',
      /the value of user cannot be read: there is no such file/,
    ],
    [['--into', STUB, '--from-file', 'user=-'], 'E_SECRET', /value of user is empty/],
    [['--into', STUB, '--generate', 'user', '--from-file', 'user=-'], 'E_USAGE', /user is given twice/],
    [['--into', STUB, '--generate', 'user', '--scope', 'wide'], 'E_VALUE', /not one of strict/],
    [
      ['--into', 'production/wiki/kustomization.yaml', '--generate', 'a'],
      'E_SECRET',
      /holds no SealedSecret/,
    ],
    [['nothing.yaml'], 'E_VALUE', /nothing\.yaml cannot be read/],
    [['x.yaml', '--generate', 'a'], 'E_USAGE', /cannot be sealed in one run/],
  ] as [string[], string, RegExp][])('S19 %j ends with %s', async (args, code, message) => {
    const it = open();
    const before = readTree(it.root);
    const result = await it.run([...args, '--json']);
    isValid('error', result.stdout);
    expect([result.code, JSON.parse(result.stdout).error.code]).toEqual([2, code]);
    expect(JSON.parse(result.stdout).error.message).toMatch(message);
    expect(result.stdout).not.toContain('canary');
    expect(readTree(it.root)).toEqual(before);
  });

  test.each([['--value'], ['--from-literal'], ['--secret'], ['--password'], ['--stdin']])(
    'S01 there is no flag %s for a value on the command line',
    async flag => {
      const result = await open().run(['--into', STUB, flag, 'user=x', '--json']);
      expect([result.code, JSON.parse(result.stdout).error.message]).toEqual([2, `unknown flag ${flag}`]);
    },
  );
});

describe('the certificate', () => {
  const args = ['--into', STUB, '--generate', 'password'];

  test('S07 another one than the pinned is refused before anything is asked; --trust-new-cert pins it', async () => {
    const other = makeSealingPair();
    const it = open(`sealing: {certificate: ${pair.certFile}, fingerprint: "${'AB'.repeat(32)}"}\n`);
    const before = readTree(it.root);
    const refused = await it.run([...args, '--json']);
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([5, 'E_CERT_CHANGED']);
    expect(readTree(it.root)).toEqual(before);
    const wrong = await it.run([...args, '--trust-new-cert', other.certificate.fingerprint]);
    expect(wrong.code).toBe(5);
    const trusted = await it.run([...args, '--trust-new-cert', pair.certificate.fingerprint]);
    expect(trusted.code).toBe(0);
    expect(read(it.root, '.slipway/config.yaml')).toBe(
      `sealing: {certificate: ${pair.certFile}, fingerprint: "${pair.certificate.fingerprint}"}\n`,
    );
  });

  test('--cert wins over SEALED_SECRETS_CERT, which wins over the configuration', async () => {
    const it = open('sealing: {certificate: missing.pem}\n');
    expect((await it.run([...args, '--json'])).stdout).toContain(
      'the certificate missing.pem cannot be read',
    );
    const env = { SEALED_SECRETS_CERT: pair.certFile };
    expect((await it.run([...args, '--dry-run'], { env })).code).toBe(0);
    expect((await it.run([...args, '--dry-run', '--cert', 'nothing.pem'], { env })).stderr).toContain(
      'nothing.pem',
    );
    const none = open('language: en\n');
    const missing = await none.run([...args, '--json']);
    expect([missing.code, JSON.parse(missing.stdout).error.code]).toEqual([2, 'E_NO_CERT']);
  });

  test('one inside the repository is written down by its path, through a link or a pipe as well', async () => {
    const it = open('# nothing yet\n');
    writeFileSync(path.join(it.root, 'sealing.pem'), pair.made.cert);
    symlinkSync('sealing.pem', path.join(it.root, 'link.pem'));
    expect((await it.run([...args, '--cert', 'sealing.pem'])).code).toBe(0);
    expect(read(it.root, '.slipway/config.yaml')).toBe(
      `# nothing yet\nsealing:\n  certificate: sealing.pem\n  fingerprint: ${pair.certificate.fingerprint}\n`,
    );
    expect((await it.run(args)).code).toBe(0);
    expect((await it.run([...args, '--cert', 'link.pem', '--dry-run'])).code).toBe(0);
  });

  test('S08 over https from the host that was named, with limits', async () => {
    const authority = makeCertificate({ commonName: 'test authority', authority: true });
    const identity = makeCertificate({ names: ['127.0.0.1'], issuer: authority });
    const server = await serveHttp({}, identity);
    onTestFinished(() => server.close());
    const ca = path.join(makeFolder(), 'ca.pem');
    writeFileSync(ca, authority.cert);
    const it = open('language: en\n');
    const run = (url: string): Promise<Run> =>
      it.run([...args, '--cert', url, '--json'], { env: { NODE_EXTRA_CA_CERTS: ca } });
    server.routes['/v1/cert.pem'] = { body: pair.made.cert };
    server.routes['/big'] = { body: pair.made.cert + ' '.repeat(64 * 1024) };
    server.routes['/away'] = { status: 302, headers: { location: 'https://elsewhere.example/cert.pem' } };
    server.routes['/gone'] = { status: 404 };
    const codes = new Map<string, unknown>();
    for (const place of ['/big', '/away', '/gone']) {
      const result = await run(`${server.url}${place}`);
      codes.set(place, [result.code, JSON.parse(result.stdout).error.code]);
    }
    expect(Object.fromEntries(codes)).toEqual({
      '/big': [5, 'E_LIMIT'],
      '/away': [5, 'E_REDIRECT'],
      '/gone': [4, 'E_HTTP'],
    });
    const plain = await run('http://127.0.0.1:1/cert.pem');
    expect([plain.code, JSON.parse(plain.stdout).error.code]).toEqual([5, 'E_CERT']);
    const made = await run(`${server.url}/v1/cert.pem`);
    expect(made.code).toBe(0);
    expect(read(it.root, '.slipway/config.yaml')).toContain(`certificate: ${server.url}/v1/cert.pem\n`);
    const offline = await it.run([...args, '--offline', '--json']);
    expect([offline.code, JSON.parse(offline.stdout).error.code]).toEqual([4, 'E_OFFLINE_MISS']);
  });

  test('from the cluster, through kubectl, at the port that the Service names', async () => {
    const it = open('language: en\n');
    const kubectl = path.join(it.home, 'kubectl.mjs');
    const asked = path.join(it.home, 'asked');
    writeFileSync(
      kubectl,
      `#!${process.execPath}
import { appendFileSync, readFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(asked)}, process.argv.slice(2).join(' ') + '\\n');
const path = process.argv.at(-1);
if (path.endsWith('/services/sealer')) process.stdout.write(JSON.stringify({ spec: { ports: [{ name: 'web', port: 80 }] } }));
else if (path.includes('/proxy/')) process.stdout.write(readFileSync(${JSON.stringify(pair.certFile)}));
else { process.stderr.write('Error from server (NotFound): services "x" not found\\n'); process.exit(1); }
`,
      { mode: 0o755 },
    );
    const env = { SLIPWAY_KUBECTL: kubectl };
    const made = await it.run([...args, '--from-cluster', '--controller', 'ops/sealer'], { env });
    expect(made.code).toBe(0);
    expect(readFileSync(asked, 'utf8')).toBe(
      'get --raw /api/v1/namespaces/ops/services/sealer\nget --raw /api/v1/namespaces/ops/services/http:sealer:web/proxy/v1/cert.pem\n',
    );
    expect(read(it.root, '.slipway/config.yaml')).toBe(
      `language: en\nsealing:\n  fingerprint: ${pair.certificate.fingerprint}\n`,
    );
    const failed = await it.run([...args, '--from-cluster', '--json'], { env });
    expect([failed.code, JSON.parse(failed.stdout).error]).toMatchObject([
      4,
      { code: 'E_TOOL', message: expect.stringContaining('not found') },
    ]);
    const missing = await it.run([...args, '--from-cluster', '--json'], {
      env: { SLIPWAY_KUBECTL: '/nonexistent/kubectl' },
    });
    expect(missing.code).toBe(4);
  });
});

describe('S02 S22 a value goes nowhere but into the ciphertext', () => {
  const stray = [makeCanary('stdin'), makeCanary('file'), makeCanary('data'), makeCanary('text')];
  const [piped, filed, data, text] = stray as [
    (typeof stray)[0],
    (typeof stray)[0],
    (typeof stray)[0],
    (typeof stray)[0],
  ];

  function manifest(): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'db',
        namespace: 'wiki',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
            stringData: { a: text.value },
          }),
        },
      },
      data: { password: Buffer.from(data.value).toString('base64') },
      stringData: { user: text.value },
    });
  }

  type Way = [name: string, args: (home: string) => string[], input: string];
  const WAYS: Way[] = [
    ['a manifest on standard input', () => ['-'], manifest()],
    ['a value on standard input', () => ['--into', STUB, '--from-file', 'user=-'], piped.value],
    [
      'a value in a file',
      home => ['--into', STUB, '--from-file', `user=${path.join(home, 'in', 'value')}`],
      '',
    ],
  ];

  test.each(WAYS)('S01 %s: not in arguments, environment, output, files or git', async (_, args, input) => {
    const it = open();
    const temp = makeFolder();
    mkdirSync(path.join(it.home, 'in'));
    writeFileSync(path.join(it.home, 'in', 'value'), filed.value);
    const watch = watchProcesses(stray);
    const result = await it.run([...args(it.home), '--json', '--verbose'], { input, env: { TMPDIR: temp } });
    const { looks, leaks } = watch.stop();
    expect(result.code).toBe(0);
    expect(looks).toBeGreaterThan(3);
    expect(leaks).toEqual([]);
    expect(leaksIn(result.stdout + result.stderr, stray)).toEqual([]);
    expect(leakingFiles(it.root, stray)).toEqual([]);
    expect(leakingFiles(temp, stray)).toEqual([]);
    expect(leakingFiles(it.home, stray).filter(file => !file.startsWith('in'))).toEqual([]);
  });

  test('S03 no system call writes it, and no file is written but the sealed ones', async ({ skip }) => {
    if (spawnSync('strace', ['-V']).status !== 0) return skip('there is no strace here');
    const it = open();
    const log = path.join(makeFolder(), 'strace');
    const calls = 'trace=open,openat,creat,write,pwrite64,writev,sendto,sendmsg,execve,memfd_create';
    const result = spawnSync(
      'strace',
      ['-f', '-s', '200000', '-e', calls, '-o', log, process.execPath, BIN, 'seal', '-'],
      { cwd: it.root, env: testEnv(it.home), input: manifest(), encoding: 'utf8', maxBuffer: 64 << 20 },
    );
    if (/ptrace|PTRACE/.test(result.stderr)) return skip('this machine forbids strace');
    expect(result.status).toBe(0);
    // strace escapes quotes and everything that is not ASCII.
    const plain = readFileSync(log, 'utf8').replaceAll(/\\([0-7]{1,3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const seen = Buffer.from(plain.replaceAll(/\\(["\\])/g, '$1'), 'latin1').toString('utf8');
    expect(leaksIn(seen, stray)).toEqual([]);
    const written = [...plain.matchAll(/openat\([^,]*, "([^"]+)", [A-Z_|]*O_(?:WRONLY|RDWR)/g)].map(
      ([, file = '']) => file,
    );
    const foreign = written.filter(
      file =>
        !/^\/dev\/|\/\.slipway-|\/\.git\/slipway\/|\/slipway\/(?:journal|undo)\.key|^\/proc\//.test(file),
    );
    expect(foreign).toEqual([]);
  });

  test.each([[['--verbose']], [['--json']]])(
    'a crash while encrypting does not tell it, with %j',
    async flags => {
      const it = open();
      const crash = path.resolve('test/support/preload-crash.mjs');
      const result = await it.run(['--into', STUB, '--from-file', 'user=-', ...flags], {
        input: piped.value,
        env: { NODE_OPTIONS: `--import=${crash}` },
      });
      expect(result.code).toBe(70);
      expect(result.stdout + result.stderr).toContain('cannot encrypt [redacted], that is [redacted]');
      expect(leaksIn(result.stdout + result.stderr, stray)).toEqual([]);
      expect(readLeftovers(it.root)).toEqual([]);
    },
  );
});

describe.runIf(hasTerminals)('in a terminal', () => {
  test('S01 hidden prompts fill a stub; what was typed is never shown', async () => {
    const it = open();
    const canary = makeCanary('typed');
    const env = testEnv(it.home, { TERM: 'xterm', SHELL: '/bin/sh' });
    const typed = canary.value.replaceAll(/[^\x20-\x7e]/g, '');
    const terminal = new PseudoTerminal(`${process.execPath} ${BIN} seal`, { cwd: it.root, env });
    await terminal.sees(/Which one waits/);
    terminal.types(ENTER);
    await terminal.sees(/password: where does the value come from\?/);
    terminal.types(ENTER);
    await terminal.sees(/user: where does the value come from\?/);
    terminal.types(DOWN + ENTER);
    await terminal.sees(/Value of password/);
    terminal.types(typed + ENTER);
    await terminal.sees(/Write these files\?/);
    terminal.types(`y${ENTER}`);
    expect(await terminal.ended).toBe(0);
    expect(leaksIn(terminal.raw, [{ ...canary, forms: [typed, typed.slice(0, 12)] }])).toEqual([]);
    expect(opened(it.root)['password'] ?? typed).toBe(typed);
    expect(read(it.root, 'production/wiki/kustomization.yaml')).toContain('db-sealedsecret.yaml');
  });

  test('S20 Ctrl+C at a hidden prompt: 130, nothing written, the terminal as before', async () => {
    const it = open();
    const before = readTree(it.root);
    const env = testEnv(it.home, { TERM: 'xterm', SHELL: '/bin/sh' });
    const line = `${process.execPath} ${BIN} seal --into ${STUB} --key user; echo "code $?"; stty -a`;
    const terminal = new PseudoTerminal(`sh -c '${line}'`, { cwd: it.root, env });
    await terminal.sees(/Value of user/);
    terminal.types('half-typed-canary');
    terminal.types(CTRL_C);
    await terminal.sees(/code 130/);
    await terminal.ended;
    const settings = terminal.raw.split('code 130')[1] ?? '';
    expect(settings).toMatch(/[^-]echo\b/);
    expect(settings).toMatch(/[^-]icanon\b/);
    expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'));
    expect(terminal.raw).not.toContain('half-typed');
    expect(readTree(it.root)).toEqual(before);
  });
});

test('the commands of help exist in both languages', async () => {
  const it = open();
  const help = [await it.run(['--help']), await it.run(['--help', '--lang', 'zh-CN'])];
  expect(help.map(({ code }) => code)).toEqual([0, 0]);
  expect(help[1]?.stdout).toContain('离线把 Secret 加密为 SealedSecret');
  expect(existsSync(path.join(it.root, '.slipway/lock'))).toBe(false);
});
