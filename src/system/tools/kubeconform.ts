import { realpath } from 'node:fs/promises';
import { displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { parseJson } from '../../data/json.ts';
import { type ProgramResult, runProgram } from './process.ts';
import { findSandbox } from './sandbox.ts';
import { inTemporaryFolder } from '../files/temporary-folder.ts';
import { makeFolders } from '../files/make-folders.ts';
import { say } from '../../locales/say.ts';

/** An object that does not follow its schema. */
type InvalidObject = { kind: string; name: string; reason: string };

export type Validation = {
  invalid: InvalidObject[];
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

/** Whether no schema has to be fetched. Kubeconform takes what begins with `http` for an address, and `default` is one. */
export function hasLocalSchemas(env: KubeconformOptions['env']): boolean {
  const places = (env['SLIPWAY_KUBECONFORM_SCHEMAS'] ?? 'default').split(',');
  return places.every(place => place !== 'default' && !/^https?:/i.test(place));
}

/**
 * Checks a stream of objects with kubeconform; kinds without a schema pass. SLIPWAY_KUBECONFORM_SCHEMAS names places of
 * schemas, separated by commas, in kubeconform's own form.
 * @throws UserError E_TOOL if it cannot be run, or says nothing that can be read
 */
export async function validateObjects(manifests: string, options: KubeconformOptions): Promise<Validation> {
  const { command } = options;
  // Kinds become part of a schema's path or address.
  if (ODD_KIND.test(manifests)) return { invalid: [], unchecked: 'an apiVersion or a kind is not a name' };
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
        reason: reasonOf(validationErrors, msg),
      })),
    unchecked: resources.find(({ status }) => status === 'statusError')?.msg.slice(0, MAX_REASON),
  };
}

async function runKubeconform(manifests: string, options: KubeconformOptions): Promise<ProgramResult> {
  const { command, env, cache, signal } = options;
  if (cache !== undefined) await makeFolders(cache);
  const schemas = (env['SLIPWAY_KUBECONFORM_SCHEMAS'] ?? 'default').split(',');
  const isLocal = hasLocalSchemas(env);
  const sandbox = isLocal ? await findSandbox(env) : undefined;
  return inTemporaryFolder('slipway-kubeconform-', async home =>
    runProgram({
      command,
      args: [
        '-strict',
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

/** https://github.com/yannh/kubeconform: only what is not valid is listed. */
type Report = {
  resources?: {
    kind: string;
    name: string;
    status: string;
    msg: string;
    validationErrors?: { path: string; msg: string }[];
  }[];
};

function reasonOf(errors: { path: string; msg: string }[] | undefined, message: string): string {
  const [first, ...more] = errors ?? [];
  if (!first) return message.slice(0, MAX_REASON);
  return `${first.path} ${first.msg}${more.length > 0 ? ` (+${more.length})` : ''}`
    .trim()
    .slice(0, MAX_REASON);
}
