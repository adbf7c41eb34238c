import { untranslated, type Text } from './text/language.ts';

/** What the process tells its caller. Stable: scripts and agents branch on these numbers. */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  decisions: 3,
  upstream: 4,
  untrusted: 5,
  forbidden: 6,
  bug: 70,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Every error a user can meet, and the exit code it ends with. `docs/errors.md` explains each. */
export const ERROR_CODES = {
  E_USAGE: EXIT.usage,
  E_MISSING: EXIT.usage,
  E_NAME: EXIT.usage,
  E_VALUE: EXIT.usage,
  E_CONFIG: EXIT.usage,
  E_NO_REPOSITORY: EXIT.usage,
  E_APP_EXISTS: EXIT.usage,
  E_CASE_COLLISION: EXIT.usage,
  E_REPOSITORY: EXIT.usage,
  E_NO_CHART: EXIT.usage,
  E_NO_VERSION: EXIT.usage,
  E_UNPINNED: EXIT.usage,
  E_YAML_SYNTAX: EXIT.usage,
  E_YAML_SHAPE: EXIT.usage,
  E_SHARDS: EXIT.usage,
  E_VALUES_MERGE: EXIT.usage,
  E_VALUES_SCHEMA: EXIT.usage,
  E_TEMPLATE: EXIT.usage,
  E_GENERATOR: EXIT.usage,
  E_NO_APP: EXIT.usage,
  E_NO_CERT: EXIT.usage,
  E_SECRET: EXIT.usage,
  E_SCOPE: EXIT.usage,

  E_NET_DNS: EXIT.upstream,
  E_NET_CONNECT: EXIT.upstream,
  E_NET_TIMEOUT: EXIT.upstream,
  E_NET_TRUNCATED: EXIT.upstream,
  E_NET_PROXY: EXIT.upstream,
  E_TLS: EXIT.upstream,
  E_HTTP: EXIT.upstream,
  E_AUTH: EXIT.upstream,
  E_RATE_LIMITED: EXIT.upstream,
  E_OFFLINE_MISS: EXIT.upstream,
  E_INDEX: EXIT.upstream,
  E_INDEX_NOT_YAML: EXIT.upstream,
  E_NO_URL: EXIT.upstream,
  E_TOOL: EXIT.upstream,
  E_CLUSTER: EXIT.upstream,
  E_RENDER: EXIT.upstream,
  E_CREDENTIALS: EXIT.upstream,
  E_TOUR: EXIT.upstream,
  E_DEADLINE: EXIT.upstream,

  E_LIMIT: EXIT.untrusted,
  E_REDIRECT: EXIT.untrusted,
  E_DOWNGRADE: EXIT.untrusted,
  E_SSRF: EXIT.untrusted,
  E_ENCODING: EXIT.untrusted,
  E_DIGEST: EXIT.untrusted,
  E_DIGEST_CHANGED: EXIT.untrusted,
  E_CHART_MISMATCH: EXIT.untrusted,
  E_CHART_NAME: EXIT.untrusted,
  E_PAGINATION: EXIT.untrusted,
  E_TOKEN_REALM: EXIT.untrusted,
  E_OCI_MANIFEST: EXIT.untrusted,
  E_YAML_DEPTH: EXIT.untrusted,
  E_YAML_LIMIT: EXIT.untrusted,
  E_YAML_UNTRUSTED: EXIT.untrusted,
  E_ARCHIVE_FORMAT: EXIT.untrusted,
  E_ARCHIVE_LIMIT: EXIT.untrusted,
  E_ARCHIVE_TYPE: EXIT.untrusted,
  E_ARCHIVE_PATH: EXIT.untrusted,
  E_ARCHIVE_DUPLICATE: EXIT.untrusted,
  E_ARCHIVE_LAYOUT: EXIT.untrusted,
  E_CHART_INVALID: EXIT.untrusted,
  E_CERT: EXIT.untrusted,
  E_CERT_EXPIRED: EXIT.untrusted,
  E_CERT_NOT_YET_VALID: EXIT.untrusted,
  E_CERT_CHANGED: EXIT.untrusted,

  E_SHARED_SOURCE: EXIT.decisions,
  E_OWNED_LINE: EXIT.decisions,
  E_SIDE_EFFECT: EXIT.decisions,
  E_CONVERT: EXIT.decisions,
  E_FILE_SYSTEM: EXIT.forbidden,
  E_NO_SPACE: EXIT.forbidden,
  E_SYMLINK: EXIT.forbidden,
  E_OUTSIDE: EXIT.forbidden,
  E_NOT_A_FILE: EXIT.forbidden,
  E_CHANGED: EXIT.forbidden,
  E_ALL_OR_NOTHING: EXIT.forbidden,
  E_DIRTY: EXIT.forbidden,
  E_GIT_STATE: EXIT.forbidden,
  E_LOCKED: EXIT.forbidden,
  E_JOURNAL: EXIT.forbidden,
  E_EXISTS: EXIT.forbidden,
  E_CACHE_CORRUPT: EXIT.forbidden,
  E_PLAINTEXT_IN_GIT: EXIT.forbidden,
  E_CLUSTER_MOVE: EXIT.forbidden,

  E_BUG: EXIT.bug,

  E_CANCELLED: EXIT.cancelled,
} as const satisfies Record<string, ExitCode>;

/** From harmless to grave. */
const GRAVITY: readonly ExitCode[] = [
  EXIT.done,
  EXIT.findings,
  EXIT.decisions,
  EXIT.usage,
  EXIT.upstream,
  EXIT.forbidden,
  EXIT.untrusted,
  EXIT.cancelled,
  EXIT.bug,
];

/** A run over many things ends with the code of the worst of them. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return codes.toSorted((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0] ?? EXIT.done;
}

export type ErrorCode = keyof typeof ERROR_CODES;

/** The exit code of an error by its code; that of a bug for a code that there is not. */
export function exitOfCode(code: string): ExitCode {
  return Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code as ErrorCode] : EXIT.bug;
}

/** An answer that a run needs and nobody can be asked for. */
export type MissingAnswer = { flag: string; choices?: readonly string[]; suggestion?: string };

export type UserErrorOptions = {
  /** The next step, as an imperative sentence or a command to run. */
  hint?: string | Text;
  /** What the error is about: a path, a chart, a host. Already free of credentials. */
  subject?: string;
  /** E_MISSING: every flag that would answer; an argument is named `<name>`. */
  missing?: readonly MissingAnswer[];
  /** The flag of the question whose answer is refused, where it is known. */
  flag?: string;
  cause?: unknown;
};

/**
 * A failure that the user can act on: what happened, where, and what to do next. Everything else that is
 * thrown is a bug of ours and ends with exit code 70.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: ErrorCode;
  /** The next step, in English. */
  readonly hint: string | undefined;
  /** What happened and what to do next, in every language. */
  readonly texts: { readonly message: Text; readonly hint: Text | undefined };
  readonly subject: string | undefined;
  readonly missing: readonly MissingAnswer[];
  readonly flag: string | undefined;

  constructor(code: ErrorCode, message: string | Text, options: UserErrorOptions = {}) {
    const texts = {
      message: asText(message),
      hint: options.hint === undefined ? undefined : asText(options.hint),
    };
    super(texts.message.en, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.hint = texts.hint?.en;
    this.texts = texts;
    this.subject = options.subject;
    this.missing = options.missing ?? [];
    this.flag = options.flag;
  }

  get exit(): ExitCode {
    return ERROR_CODES[this.code];
  }
}

/**
 * What ended one of several pieces of work, as its own failure, so that the others go on: whatever was thrown, a bug of ours
 * included. A run that is cancelled ends as a whole.
 * @throws what was given, where the run was cancelled
 */
export function ownFailure(error: unknown): UserError {
  const isCancelled = error instanceof Error && error.name === 'AbortError';
  if (isCancelled || (error instanceof UserError && error.code === 'E_CANCELLED')) throw error;
  if (error instanceof UserError) return error;
  if (systemCode(error) !== undefined && error instanceof Error)
    return new UserError('E_FILE_SYSTEM', error.message, { cause: error });
  const [first = '', place = ''] = (error instanceof Error ? (error.stack ?? '') : String(error)).split('\n');
  return new UserError('E_BUG', `a bug of slipway: ${first}`, {
    hint: `Report this with ${place.trim()}`,
    cause: error,
  });
}

function asText(text: string | Text): Text {
  return typeof text === 'string' ? untranslated(text) : text;
}

/** The system error code (`ENOENT`, `EACCES` …) of whatever was thrown, if it has one. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether there is no such program, found so when it was to be started or before. */
export function isMissing(error: unknown): boolean {
  return error instanceof UserError && error.code === 'E_TOOL' && systemCode(error.cause) === 'ENOENT';
}
