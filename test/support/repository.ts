import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made: string[] = [];

/**
 * Removes what `makeFolder` made, once the tests of a file have ended: by a process of its own, since on a busy disk the end of a
 * folder takes milliseconds, and no test waits for it.
 */
export function removeFolders(): void {
  const folders = made.splice(0);
  if (folders.length > 0) spawn('rm', ['-rf', ...folders], { stdio: 'ignore', detached: true }).unref();
}

export const isRoot = process.getuid?.() === 0;

/** Runs a command as nobody, where root would pass every permission check. */
export const AS_NOBODY = isRoot ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];

/** Containers often forbid both, even to root. */
export const canMount = isRoot && succeeds('unshare', ['--mount', 'true']);
export const canFreeze = isRoot && canChangeAttributes();

/** A folder that goes when the tests of the file have ended. Every user may read it. */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'slipway-test-')));
  made.push(folder);
  chmodSync(folder, 0o755);
  return folder;
}

export function writeFiles(root: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

/** A git repository with these files committed. */
export function makeRepository(files: Record<string, string> = {}): string {
  const root = makeFolder();
  writeFiles(root, files);
  git(root, 'init', '--quiet', '--initial-branch=main', '--template=');
  commitAll(root);
  return root;
}

export function commitAll(root: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message', 'test');
}

/** Who commits, and that nothing is tidied up after it: each would be one more process. */
const SETTINGS = [
  'user.name=test',
  'user.email=test@example.test',
  'maintenance.auto=false',
  'gc.auto=0',
].flatMap(setting => ['-c', setting]);

/** The person's git, without this machine's configuration. */
export function git(root: string, ...args: string[]): string {
  return execFileSync('git', [...SETTINGS, ...args], {
    cwd: root,
    env: gitEnv(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function gitEnv(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TEMPLATE_DIR: '',
  };
}

/** Every path below a folder, but git's own: `mode content` for a file, `-> target` for a link. */
export function readTree(root: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (name === '.git' || name.startsWith(`.git${path.sep}`)) continue;
    const file = path.join(root, name);
    const stats = lstatSync(file);
    if (stats.isSymbolicLink()) tree[name] = `-> ${readlinkSync(file)}`;
    else if (stats.isFile()) tree[name] = `${(stats.mode & 0o777).toString(8)} ${readFileSync(file, 'utf8')}`;
    else if (!stats.isDirectory()) tree[name] = 'special';
  }
  return tree;
}

/** What a run left of its own: temporary files, the journal, locks. Empty folders in git's own do not count. */
export function readLeftovers(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  // What a run can be undone by is no leftover, once it is whole.
  const records = /(?:^|\/)undo\/(?:\.gitignore|\d{8}-[0-9a-f]{16}-[0-9a-z-]+\.(?:bytes|json))$/;
  const hasRecords = entries.some(({ name, parentPath }) => records.test(path.join(parentPath, name)));
  const isKept = (name: string): boolean =>
    records.test(name) || (hasRecords && /^\.slipway\/run(?:\/undo)?$/.test(name));
  return entries.flatMap(entry => {
    const name = path.relative(root, path.join(entry.parentPath, entry.name));
    const inGit = name.startsWith('.git/slipway/') && entry.isFile();
    return inGit || entry.name.startsWith('.slipway-') || name.startsWith('.slipway/run')
      ? [name].filter(each => !isKept(each))
      : [];
  });
}

function canChangeAttributes(): boolean {
  const file = path.join(makeFolder(), 'file');
  writeFileSync(file, '');
  return succeeds('chattr', ['+i', file]) && succeeds('chattr', ['-i', file]);
}

function succeeds(program: string, args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** The lines that git sees changed, without those of its own. */
export function changedLines(root: string): string[] {
  const diff = git(root, 'diff', '--unified=0', '--no-color');
  return diff.split('\n').filter(line => /^[+-](?![+-]{2})/.test(line));
}
