import { availableParallelism } from 'node:os';
import { displayBlock } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import { chartFiles, type HelmTemplate } from '../tools/helm.ts';
import type { RendererAnswer, Cluster, Engines, Job, Request } from './protocol.ts';
import { createWorkers } from './workers.ts';
import { sha256Of } from '../../data/digest.ts';
import { say } from '../../locales/say.ts';

export type RendererOptions = Cluster & {
  /** The program: see findRenderer. */
  program: string;
  signal: AbortSignal;
  /** How many jobs at a time; one per processor. */
  workers?: number;
  /** What one process may hold. */
  memoryMiB?: number;
  /** How long one job may take. */
  timeLimitMs?: number;
};

/** Manifests, and what was not done as helm would: a values schema that refers to other documents. */
type Built = { manifests: string; warnings: readonly string[] };

/** Helm's and Kustomize's engines in processes of their own, without files, network, environment or programs. */
export type Renderer = {
  /** @throws UserError E_TOOL if the program cannot be started, or does not say it */
  engines(): Promise<Engines>;
  /**
   * Builds a folder as `kustomize build --enable-helm --load-restrictor LoadRestrictionsNone` does. The files are all that the
   * app is made of, by path from the root of the repository, its charts' included.
   * @throws UserError E_RENDER with the engine's reason
   */
  build(files: ReadonlyMap<string, Uint8Array>, folder: string, cluster?: Cluster): Promise<Built>;
  /**
   * Renders a chart as `helm template --include-crds` does.
   * @throws UserError E_RENDER with the engine's reason
   */
  template(request: HelmTemplate, cluster?: Cluster): Promise<Built>;
  /** Ends its processes. Jobs that are still there fail. */
  close(): void;
};

const MEMORY_MIB = 384;
const TIME_LIMIT_MS = 60_000;
const MAX_REASON = 600;
/** A build that ends two processes may itself be why the machine ends them; what asks for versions never is. */
const RETRIES = { render: 1, engines: 4 };

/** A request, and the contents that it names. */
type Contents = Pick<Job, 'request' | 'blobs'>;

/** Opens the renderer. Its processes start with the first jobs, and end with `close` or with this process. */
export function createRenderer(options: RendererOptions): Renderer {
  const { program, signal, memoryMiB = MEMORY_MIB, timeLimitMs: timeLimit = TIME_LIMIT_MS } = options;
  const workers = createWorkers({
    program,
    memoryMiB,
    signal,
    count: options.workers ?? availableParallelism(),
  });
  const names = contentNames();
  const run = async (what: string, subject: string, job: Contents): Promise<RendererAnswer> => {
    const { kubeVersion, apiVersions } = options;
    const request = { kubeVersion, apiVersions, ...definedOf(job.request) };
    const answer = await workers.do({ ...job, request, timeLimit, retries: RETRIES.render });
    return succeeded(what, subject, answer);
  };
  return {
    async engines() {
      const job = {
        request: { op: 'engines' },
        blobs: new Map(),
        timeLimit,
        retries: RETRIES.engines,
      } as const;
      return enginesOf(program, await workers.do(job));
    },
    async build(files, folder, cluster = {}) {
      const { names: byPath, blobs } = names(files);
      const request: Request = { op: 'build', files: byPath, folder, ...cluster };
      const { manifests = '', warnings = [] } = await run('kustomize build', folder, { request, blobs });
      return { manifests, warnings };
    },
    async template(request, cluster = {}) {
      const job = templateJob(request, cluster, await chartOf(request), names);
      const { manifests = '', warnings = [] } = await run('helm template', request.release, job);
      return { manifests, warnings };
    },
    close: workers.close,
  };
}

const ARCHIVE = 'chart.tgz';
const VALUES = 'values.yaml';

async function chartOf({ chart }: HelmTemplate): Promise<ReadonlyMap<string, Uint8Array>> {
  return 'archive' in chart ? new Map([[ARCHIVE, chart.archive]]) : chartFiles(chart);
}

function templateJob(
  { release, namespace, chart, values }: HelmTemplate,
  cluster: Cluster,
  files: ReadonlyMap<string, Uint8Array>,
  nameOf: ReturnType<typeof contentNames>,
): Contents {
  const ofChart = nameOf(files);
  const ofValues = nameOf(new Map([[VALUES, values]]));
  const place = 'archive' in chart ? { archive: ofChart.names[ARCHIVE] ?? '' } : { files: ofChart.names };
  const request = {
    op: 'template',
    release,
    namespace,
    ...place,
    values: [ofValues.names[VALUES] ?? ''],
  } as const;
  return {
    request: { ...request, values: [...request.values], ...cluster },
    blobs: new Map([...ofChart.blobs, ...ofValues.blobs]),
  };
}

/** Without the fields that are undefined, which would hide what they are laid over. */
function definedOf(request: Request): Request {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as Request;
}

function enginesOf(program: string, { engines, error }: RendererAnswer): Engines {
  if (engines) return engines;
  const reason = error
    ? say('system.renderStepFailed', { what: program, message: reasonOf(error.message) })
    : say('system.doesNotSayWhichEngines', { program });
  throw new UserError('E_TOOL', reason, { subject: program });
}

function succeeded(what: string, subject: string, answer: RendererAnswer): RendererAnswer {
  if (!answer.error) return answer;
  throw new UserError(
    'E_RENDER',
    say('system.renderStepFailed', { what, message: reasonOf(answer.error.message) }),
    {
      subject,
    },
  );
}

/** The beginning and the end of a long reason: kustomize says where first, and why last. */
function reasonOf(message: string): string {
  const text = displayBlock(message).trim();
  if (text.length <= MAX_REASON) return text;
  return `${text.slice(0, MAX_REASON / 2)} … ${text.slice(-MAX_REASON / 2)}`;
}

type NamedContents = {
  /** The SHA-256 of each file. */
  names: Record<string, string>;
  /** Each content once. */
  blobs: Map<string, Uint8Array>;
};

/** Names contents by their SHA-256. Bytes that were seen before, as the same object, are not hashed again. */
function contentNames(): (files: ReadonlyMap<string, Uint8Array>) => NamedContents {
  const known = new WeakMap<Uint8Array, string>();
  return files => {
    const blobs = new Map<string, Uint8Array>();
    const names = [...files].map(([file, content]): [string, string] => {
      const name = known.get(content) ?? sha256Of(content);
      known.set(content, name);
      blobs.set(name, content);
      return [file, name];
    });
    return { names: Object.fromEntries(names), blobs };
  };
}
