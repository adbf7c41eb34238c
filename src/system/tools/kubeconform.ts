import { realpath } from 'node:fs/promises';
import { displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { parseJson } from '../../data/json.ts';
import { type ProgramResult, runProgram } from './process.ts';
import { hasLocalSchemas, schemaPlaces } from './schema-places.ts';
import { findSandbox } from './sandbox.ts';
import { inTemporaryFolder } from '../files/temporary-folder.ts';
import { makeFolders } from '../files/make-folders.ts';
import { say } from '../../locales/say.ts';

/** An object that does not follow its schema. */
type InvalidObject = {
  kind: string;
  name: string;
  /** The way to what is wrong: `/spec/replicas`; '' where the whole object is. */
  path: string;
  reason: string;
};

export type Validation = {
  invalid: InvalidObject[];
  /** Objects of kinds that no schema is of. */
  skipped: { apiVersion: string; kind: string; name: string }[];
  /** Why some objects could not be checked, if so: no schema could be fetched, most of all. */
  unchecked: string | undefined;
};

export type KubeconformOptions = {
  command: string;
  env: Record<string, string | undefined>;
  /** Where schemas are kept from run to run. */
  cache: string | undefined;
  signal: AbortSignal;
};

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT_BYTES = 64 << 20;
const MEMORY_MIB = 1024;

/**
 * Checks a stream of objects with kubeconform; kinds without a schema pass. SLIPWAY_KUBECONFORM_SCHEMAS names places of
 * schemas, separated by commas, in kubeconform's own form.
 * @throws UserError E_TOOL if it cannot be run, or says nothing that can be read
 */
export async function validateObjects(manifests: string, options: KubeconformOptions): Promise<Validation> {
  const { command } = options;
  // Kinds become part of a schema's path or address.
  if (ODD_KIND.test(manifests))
    return { invalid: [], skipped: [], unchecked: 'an apiVersion or a kind is not a name' };
  const result = await runKubeconform(manifests, options);
  const report = parseJson(result.stdout.toString('utf8')) as Report | undefined;
  if (report?.resources === undefined && result.code !== 0)
    throw new UserError(
      'E_TOOL',
      say('text.aboutSubject', {
        subject: command,
        problem: displayBlock(result.stderr).trim().slice(0, MAX_REASON),
      }),
      {
        subject: command,
      },
    );
  const resources = report?.resources ?? [];
  return {
    invalid: resources
      .filter(({ status }) => status === 'statusInvalid')
      .map(({ kind, name, msg, validationErrors }) => ({
        kind,
        name,
        ...causeOf(msg, validationErrors),
      })),
    skipped: resources
      .filter(({ status }) => status === 'statusSkipped')
      .map(({ kind, name, version }) => ({ apiVersion: version, kind, name })),
    unchecked: resources.find(({ status }) => status === 'statusError')?.msg.slice(0, MAX_REASON),
  };
}

async function runKubeconform(manifests: string, options: KubeconformOptions): Promise<ProgramResult> {
  const { command, env, cache, signal } = options;
  if (cache !== undefined) await makeFolders(cache);
  const schemas = schemaPlaces(env);
  const isLocal = hasLocalSchemas(env);
  const sandbox = isLocal ? await findSandbox(env) : undefined;
  return inTemporaryFolder('slipway-kubeconform-', async home =>
    runProgram({
      command,
      args: [
        '-strict',
        '-verbose',
        '-ignore-missing-schemas',
        '-output',
        'json',
        ...schemas.flatMap(schema => ['-schema-location', schema]),
        ...(cache === undefined ? [] : ['-cache', cache]),
      ],
      kind: isLocal ? 'renderer' : 'fetcher',
      env,
      set: { HOME: home },
      cwd: home,
      box: sandbox?.boxFor(cache === undefined ? home : await realpath(cache)),
      input: manifests,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_OUTPUT_BYTES,
      memoryMib: MEMORY_MIB,
      signal,
    }),
  );
}

/** In the block style that renderers write. */
const ODD_KIND =
  /^(?:kind: (?!["']?[A-Za-z0-9]+["']?[ \t\r]*$)|apiVersion: (?!["']?[A-Za-z0-9.-]+(?:\/[A-Za-z0-9.-]+)?["']?[ \t\r]*$))/m;

const MAX_REASON = 300;

/** https://github.com/yannh/kubeconform, with all that it looked at. */
type Report = {
  resources?: {
    kind: string;
    name: string;
    version: string;
    status: string;
    msg: string;
    validationErrors?: { path: string; msg: string }[];
  }[];
};

/**
 * The first of the deepest causes, and how many more there are. Kubeconform lists the outermost ones alone
 * (`/spec validation failed`); what they come from stands in its message, one more level deep each time.
 */
function causeOf(
  message: string,
  errors: { path: string; msg: string }[] | undefined,
): Pick<InvalidObject, 'path' | 'reason'> {
  const deepest = deepestIn(message);
  const [first, ...more] = deepest.length > 0 ? deepest : (errors ?? []);
  if (!first) return { path: '', reason: message.slice(0, MAX_REASON) };
  const others = more.length > 0 ? ` (+${more.length})` : '';
  return { path: first.path, reason: `${first.path} ${first.msg}${others}`.trim().slice(0, MAX_REASON) };
}

const CAUSE = /[\n ]( {0,80})- at '([^']*)': /g;

/** The causes that no deeper one follows. Lines of the message come joined by a blank. */
function deepestIn(message: string): { path: string; msg: string }[] {
  const found = [...message.matchAll(CAUSE)];
  return found.flatMap((match, index) => {
    const [whole, indent = '', at = ''] = match;
    const next = found[index + 1];
    const isOuter = (next?.[1] ?? '').length > indent.length;
    const end = match.index + whole.length;
    return isOuter ? [] : [{ path: at, msg: message.slice(end, next?.index).trim() }];
  });
}
