// The real programs that the tests drive, at pinned versions. `node test/support/tools.js` installs them all into
// .tools/bin with `go install`; the tests call prepareTools() and get the same. Versions are the newest that
// build from their module path. Our own renderer is built there too, and again after its source has changed.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../.tools/bin', import.meta.url));

const TOOLS = {
  helm: 'helm.sh/helm/v3/cmd/helm@v3.21.4',
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0',
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
  registry: 'github.com/distribution/distribution/v3/cmd/registry@v3.1.1',
  // Policies in Rego: by `npm run tools conftest` alone, for it takes long to build. Kyverno's module has a replace line, so that
  // it cannot be installed from its path at all.
  conftest: 'github.com/open-policy-agent/conftest@v0.71.1',
  kubeseal: 'github.com/bitnami-labs/sealed-secrets/cmd/kubeseal@v0.27.1',
  // Our own main around its code: its module cannot be installed from its path.
  kubectl: './kubectl',
  // Our own main around Argo CD's generators of Applications: of `npm run test:cluster` alone, for it takes long to build.
  appset: './appset',
  // Our own: the controller's code around one SealedSecret.
  unseal: './unseal',
  // Our own: what Go's YAML takes.
  readyaml: './readyaml',
  'slipway-renderer': './renderer',
};

/**
 * What a release of this helm is linked with: without it, `go install` makes one that claims Kubernetes 1.20, and charts render
 * for a cluster that nobody has.
 */
const LINKED = {
  helm: ['Major=1', 'Minor=36'].map(each => ` -X helm.sh/helm/v3/pkg/chartutil.k8sVersion${each}`).join(''),
};

const OWN_MODULE = fileURLToPath(new URL('../go', import.meta.url));
const KUBECTL = fileURLToPath(new URL('../kubectl', import.meta.url));
const APPSET = fileURLToPath(new URL('../appset', import.meta.url));
const RENDERER = fileURLToPath(new URL('../../renderer', import.meta.url));

/** Modules of their own: each wants other versions of the same code. */
const OWN_FOLDERS = { 'slipway-renderer': RENDERER, kubectl: KUBECTL, appset: APPSET };

const USUAL = Object.keys(TOOLS).filter(name => name !== 'appset' && name !== 'conftest');

/**
 * Finds each tool on PATH or in .tools/bin and installs what is missing where Go is at hand.
 * Returns the absent ones. With CI=true an absent tool is an error.
 */
export async function prepareTools(say = () => {}, names = USUAL) {
  const missing = names.filter(name => !findTool(name) || isStale(name));
  const canInstall = missing.length > 0 && onPath('go') !== undefined;
  for (const name of canInstall ? missing : []) await install(name, say);
  const absent = names.filter(name => !findTool(name));
  if (absent.length > 0 && process.env.CI === 'true')
    throw new Error(`tools missing in CI: ${absent.join(', ')}`);
  return absent;
}

/** The absolute path of a tool, or undefined. */
export function findTool(name) {
  const own = path.join(FOLDER, name);
  return existsSync(own) ? own : onPath(name);
}

/** Built otherwise than it would be now. The renderer is ours: one that is older than its source is not what is to be tested. */
function isStale(name) {
  const own = path.join(FOLDER, name);
  if (!existsSync(own)) return false;
  if (name in LINKED) return stampOf(name) !== lineOf(name);
  if (name !== 'slipway-renderer') return false;
  const built = statSync(own).mtimeMs;
  return readdirSync(RENDERER)
    .filter(file => /^go\.(mod|sum)$|(?<!_test)\.go$/.test(file))
    .some(file => statSync(path.join(RENDERER, file)).mtimeMs > built);
}

/** How a tool is built, kept beside one that is linked in a way of its own. */
function lineOf(name) {
  return `${TOOLS[name]}${LINKED[name] ?? ''}\n`;
}

function stampOf(name) {
  const stamp = path.join(FOLDER, `.${name}`);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map(folder => path.join(folder, name)).find(file => existsSync(file));
}

async function install(name, say) {
  say(`installing ${TOOLS[name]} into .tools/bin`);
  await mkdir(FOLDER, { recursive: true });
  const env = {
    ...process.env,
    GOBIN: FOLDER,
    CGO_ENABLED: '0',
    GOFLAGS: withFlags('-trimpath -buildvcs=false'),
  };
  const { args, cwd } = buildOf(name);
  const built = () => name in LINKED && writeFileSync(path.join(FOLDER, `.${name}`), lineOf(name));
  await run('go', args, { env, cwd, maxBuffer: 64 << 20 }).then(built, error => {
    say(
      `could not install ${name}: ${String(error.stderr ?? error)
        .trim()
        .split('\n')
        .at(-1)}`,
    );
  });
}

/** Flags of Go beside those that a person has set, such as how much it does at once. */
export function withFlags(flags) {
  return `${process.env.GOFLAGS ?? ''} ${flags}`.trim();
}

function buildOf(name) {
  const flags = `-ldflags=-s -w${LINKED[name] ?? ''}`;
  if (name in OWN_FOLDERS)
    return { args: ['build', flags, '-o', path.join(FOLDER, name), '.'], cwd: OWN_FOLDERS[name] };
  return {
    args: ['install', flags, TOOLS[name]],
    cwd: TOOLS[name].startsWith('./') ? OWN_MODULE : undefined,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  const names = named.length > 0 ? named : USUAL;
  const absent = await prepareTools(console.error, names);
  for (const name of names) console.log(`${name}: ${findTool(name) ?? 'missing'}`);
  process.exitCode = absent.length > 0 ? 1 : 0;
}
