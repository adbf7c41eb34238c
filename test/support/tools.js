// The real programs that the tests drive, at pinned versions. `node test/support/tools.js` installs them all into
// .tools/bin with `go install`; the tests call prepareTools() and get the same. Versions are the newest that
// build from their module path.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL('../../.tools/bin', import.meta.url));

const TOOLS = {
  helm: 'helm.sh/helm/v3/cmd/helm@v3.21.4',
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1',
  registry: 'github.com/distribution/distribution/v3/cmd/registry@v3.1.1',
  kubeseal: 'github.com/bitnami-labs/sealed-secrets/cmd/kubeseal@v0.27.1',
  // Our own: the controller's code around one SealedSecret.
  unseal: './unseal',
};

const OWN_MODULE = fileURLToPath(new URL('../go', import.meta.url));

/**
 * Finds each tool on PATH or in .tools/bin and installs what is missing where Go is at hand.
 * Returns the absent ones. With CI=true an absent tool is an error.
 */
export async function prepareTools(say = () => {}) {
  const missing = Object.keys(TOOLS).filter(name => !findTool(name));
  const canInstall = missing.length > 0 && onPath('go') !== undefined;
  for (const name of canInstall ? missing : []) await install(name, say);
  const absent = Object.keys(TOOLS).filter(name => !findTool(name));
  if (absent.length > 0 && process.env.CI === 'true')
    throw new Error(`tools missing in CI: ${absent.join(', ')}`);
  return absent;
}

/** The absolute path of a tool, or undefined. */
export function findTool(name) {
  const own = path.join(FOLDER, name);
  return existsSync(own) ? own : onPath(name);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map(folder => path.join(folder, name)).find(file => existsSync(file));
}

async function install(name, say) {
  say(`installing ${TOOLS[name]} into .tools/bin`);
  await mkdir(FOLDER, { recursive: true });
  const env = { ...process.env, GOBIN: FOLDER, CGO_ENABLED: '0', GOFLAGS: '-trimpath -buildvcs=false' };
  const cwd = TOOLS[name].startsWith('./') ? OWN_MODULE : undefined;
  await run('go', ['install', '-ldflags=-s -w', TOOLS[name]], { env, cwd, maxBuffer: 64 << 20 }).catch(
    error => {
      say(
        `could not install ${name}: ${String(error.stderr ?? error)
          .trim()
          .split('\n')
          .at(-1)}`,
      );
    },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const absent = await prepareTools(console.error);
  for (const name of Object.keys(TOOLS)) console.log(`${name}: ${findTool(name) ?? 'missing'}`);
  process.exitCode = absent.length > 0 ? 1 : 0;
}
