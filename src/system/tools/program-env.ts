import path from 'node:path';

/** What a program is to slipway; it decides what of the person's environment it gets to see. */
export type ProgramKind =
  /** helm, kustomize, kubeconform: they work on what strangers wrote, and need nothing of the person's. */
  | 'renderer'
  /** A renderer that has to fetch schemas. */
  | 'fetcher'
  /** git that only looks. */
  | 'git'
  /** git that commits in the person's name: identity, signature, hooks. */
  | 'commit'
  /** kubectl and credential helpers: they log in as the person. */
  | 'login'
  /** What the person typed themselves, as in the tour. */
  | 'person';

type Environment = Readonly<Record<string, string | undefined>>;

const SYSTEM = /^(?:PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR)$/;
const WINDOWS = /^(?:PATHEXT|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|TEMP|TMP|PROGRAM(?:DATA|FILES.*))$/;
const HOME = /^(?:HOME|USER|LOGNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|XDG_[A-Z_]+)$/;
const PROXY = /^(?:(?:HTTPS?|ALL|NO)_PROXY|SSL_CERT_(?:FILE|DIR))$/i;
/** The person's configuration of git, and never where its repository is: that would be another one. */
const GIT =
  /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)|EXEC_PATH|TEMPLATE_DIR)$/;
const SIGNING =
  /^(?:GIT_(?:AUTHOR|COMMITTER)_[A-Z]+|EMAIL|SSH_AUTH_SOCK|SSH_AGENT_PID|SSH_ASKPASS(?:_REQUIRE)?|GIT_SSH(?:_COMMAND)?|GPG_TTY|GNUPGHOME|TERM|DISPLAY|WAYLAND_DISPLAY|DBUS_SESSION_BUS_ADDRESS)$/;
/** What managers of hooks and of the programs in them are told by: husky, pre-commit, lefthook, version managers. */
const HOOKS =
  /^(?:CI|SKIP|HUSKY|SHELL|PRE_COMMIT_[A-Z_]+|LEFTHOOK(?:_[A-Z_]+)?|VIRTUAL_ENV|(?:NVM|ASDF|MISE|PYENV|RBENV|VOLTA|NODENV|GO|CARGO|RUSTUP|JAVA)_?[A-Z_]*|GOPATH)$/;
/** kubectl's login programs and those of the clouds' registries. */
const LOGIN =
  /^(?:KUBECONFIG|DOCKER_CONFIG|REGISTRY_AUTH_FILE|DISPLAY|WAYLAND_DISPLAY|DBUS_SESSION_BUS_ADDRESS|GNUPGHOME|GPG_TTY|PASSWORD_STORE_[A-Z_]+|SSH_AUTH_SOCK|(?:AWS|AZURE|ARM|AAD|MSI|IDENTITY|GOOGLE|GCLOUD|CLOUDSDK|GKE|USE_GKE|ECR|ACR|OCI|TSH|TELEPORT|VAULT)_[A-Z0-9_]+)$/;

const ALLOWED: Record<Exclude<ProgramKind, 'person'>, readonly RegExp[]> = {
  renderer: [SYSTEM],
  fetcher: [SYSTEM, PROXY],
  git: [SYSTEM, HOME, GIT],
  commit: [SYSTEM, HOME, GIT, SIGNING, HOOKS],
  login: [SYSTEM, HOME, PROXY, LOGIN],
};

/** A program's environment, built from nothing: what its kind needs of the person's. */
export function programEnv(kind: ProgramKind, env: Environment): Record<string, string> {
  const isWindows = process.platform === 'win32';
  const allowed = kind === 'person' ? [/^/] : [...ALLOWED[kind], ...(isWindows ? [WINDOWS] : [])];
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    // Names of Windows ignore case.
    const plain = isWindows ? name.toUpperCase() : name;
    if (value === undefined || !allowed.some(pattern => pattern.test(plain))) continue;
    own[name] = plain === 'PATH' && kind !== 'person' ? absoluteOnly(value) : value;
  }
  return own;
}

/** A folder of PATH that depends on the current one would be in a stranger's clone. */
function absoluteOnly(folders: string): string {
  return folders
    .split(path.delimiter)
    .filter(folder => path.isAbsolute(folder))
    .join(path.delimiter);
}
