import type { Text } from '../text/language.ts';
import { stat } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import type { Configuration } from '../repository/configuration.ts';
import type { Learned } from '../repository/conventions/learned.ts';
import { cutSchemas } from '../archive/cut-schemas.ts';
import type { CacheFiles } from '../system/cache/cache-files.ts';
import { findRenderer } from '../system/renderer/find-renderer.ts';
import type { Cluster } from '../system/renderer/protocol.ts';
import { chartFiles, type HelmTemplate } from '../system/tools/helm.ts';
import { type Built, buildTree, refusalIn } from './build-app.ts';
import { maskedText, secretTexts } from './compare/masked-text.ts';
import type { Tree } from './tree.ts';
import type { Engine, EngineVersions } from './engine.ts';
import { insideEngine } from './inside-engine.ts';
import { type Kept, type KeptRendering, openAnew, openKept, renderingKey } from './kept-renderings.ts';
import { toolsEngine } from './tools-engine.ts';

/** What chooses between the renderer inside and the tools of PATH. */
export type RendererSettings = Pick<Configuration, 'renderer' | 'helmCommand' | 'kustomizeCommand'>;

export type RenderersOptions = {
  settings: RendererSettings;
  /** The cluster that charts are rendered for. */
  cluster: Learned<Cluster>;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  cache: CacheFiles;
  /** Renderings at a time; one per processor. */
  jobs: number | undefined;
};

/** Objects as they come out, without the values of Secrets, and what was not done as in a cluster. */
export type RenderedObjects = KeptRendering;

/** What is rendered to objects. */
export type Remembering = {
  /**
   * Builds an app, as objects; equal inputs are rendered once, in later runs too.
   * @throws UserError E_RENDER with the engine's reason or the gate's, E_OUTSIDE, E_TOOL
   */
  objects(tree: Tree, folder: string): Promise<RenderedObjects>;
  /**
   * Renders a chart alone, hooks and CRDs included, with nothing that schemas refer to outside of themselves; remembered as
   * builds are.
   * @throws UserError E_RENDER with the engine's reason, E_TOOL
   */
  template(request: HelmTemplate): Promise<RenderedObjects>;
};

/** The one door to Helm and Kustomize. The gate and the cutting of schemas stand before whatever renders. */
export type Renderers = Remembering & {
  kind: Engine['kind'];
  /** Another one for another engine or cluster: what was rendered does not hold any more. */
  id: string;
  cluster: Learned<Cluster>;
  /** Undefined where no app can be built. */
  versions(): Promise<EngineVersions | undefined>;
  /** Why no chart can be rendered; undefined if it can. */
  cannotTemplate(): Promise<Text | undefined>;
  /**
   * Builds an app, as text: nothing is remembered of it.
   * @throws UserError E_RENDER with the engine's reason, E_OUTSIDE, E_TOOL
   */
  build(tree: Tree, folder: string): Promise<Built>;
  /**
   * Makes a chart ready to be rendered with many values, as text: nothing is remembered of it.
   * @throws UserError E_RENDER with the engine's reason, E_TOOL
   */
  repeated(request: Omit<HelmTemplate, 'values'>): Promise<(values: Uint8Array) => Promise<string>>;
  /** The same without anything remembered: what differs from it differs by itself. */
  anew: Remembering;
  /** Ends what was started. */
  close(): void;
};

/**
 * The renderer inside where there is one and nobody asks for tools: a named helm or kustomize and `renderer: tools` do.
 * @throws UserError E_TOOL if `renderer: inside` is set, or SLIPWAY_RENDERER names a program, and there is none
 */
export async function createRenderers(options: RenderersOptions): Promise<Renderers> {
  return renderersOf(await chooseEngine(options), options);
}

/** Where they cannot be opened: what does not render goes on, and what does ends with that error. */
export function absentRenderers(error: UserError, options: RenderersOptions): Renderers {
  const fail = async (): Promise<never> => {
    throw error;
  };
  const engine: Engine = {
    kind: 'inside',
    id: 'absent',
    versions: fail,
    cannotTemplate: async () => error.texts.message,
    build: fail,
    template: fail,
    close: () => undefined,
  };
  return renderersOf(engine, options);
}

async function chooseEngine({ settings, env, ...options }: RenderersOptions): Promise<Engine> {
  const named = withCommands(env, settings);
  const flagged = isSet(env['SLIPWAY_HELM']) || isSet(env['SLIPWAY_KUSTOMIZE']);
  const configured = settings.renderer === undefined && named !== env;
  if (flagged || configured || settings.renderer === 'tools') return toolsEngine({ ...options, env: named });
  const program = await insideProgram(env);
  if (program !== undefined) return insideEngine({ ...options, program, env });
  if (settings.renderer === 'inside')
    throw new UserError('E_TOOL', say('render.noRendererInside'), { hint: say('render.takeToolsInstead') });
  return toolsEngine({ ...options, env: named });
}

/** Both, to be compared; undefined for one that is not there. */
export async function bothRenderers(
  options: RenderersOptions,
): Promise<{ inside: Renderers | undefined; tools: Renderers }> {
  const program = await insideProgram(options.env);
  const env = withCommands(options.env, options.settings);
  return {
    inside: program === undefined ? undefined : renderersOf(insideEngine({ ...options, program }), options),
    tools: renderersOf(toolsEngine({ ...options, env }), options),
  };
}

async function insideProgram(env: RenderersOptions['env']): Promise<string | undefined> {
  const program = findRenderer(env);
  const isThere = program === undefined || (await stat(program).catch(() => undefined))?.isFile() === true;
  if (isThere) return program;
  throw new UserError('E_TOOL', say('render.rendererNotThere', { program }), {
    hint: say('render.takeToolsInstead'),
    subject: program ?? '',
  });
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

/** The very environment where nothing is configured, or where the machine names the commands itself. */
export function withCommands(
  env: RenderersOptions['env'],
  { helmCommand, kustomizeCommand }: RendererSettings,
): RenderersOptions['env'] {
  const more = {
    ...(helmCommand !== undefined && !isSet(env['SLIPWAY_HELM']) ? { SLIPWAY_HELM: helmCommand } : {}),
    ...(kustomizeCommand !== undefined && !isSet(env['SLIPWAY_KUSTOMIZE'])
      ? { SLIPWAY_KUSTOMIZE: kustomizeCommand }
      : {}),
  };
  return Object.keys(more).length > 0 ? { ...env, ...more } : env;
}

function renderersOf(engine: Engine, { cluster, cache }: RenderersOptions): Renderers {
  const id = renderingKey([engine.id, JSON.stringify(cluster.value)]);
  const build = (tree: Tree, folder: string): Promise<Built> =>
    masked(tree, () => buildTree(tree, folder, files => engine.build(files, folder, cluster.value)));
  return {
    kind: engine.kind,
    id,
    cluster,
    versions: engine.versions,
    cannotTemplate: engine.cannotTemplate,
    build,
    ...remembering({ engine, cluster, id, build }, openKept(cache)),
    anew: remembering({ engine, cluster, id, build }, openAnew(cache)),
    async repeated({ cluster: asked, chart, ...request }) {
      const { files } = cutSchemas(await chartFiles(chart));
      const own = { ...cluster.value, ...asked };
      return async values => {
        const render = () => engine.template({ ...request, chart: { files }, values, cluster: own });
        return (await masked(new Map([...files, [VALUES, values]]), render)).output;
      };
    },
    close: engine.close,
  };
}

type Making = Pick<Renderers, 'cluster' | 'id' | 'build'> & { engine: Engine };

function remembering({ engine, cluster, id, build }: Making, kept: Kept): Remembering {
  return {
    objects: (tree, folder) =>
      kept.once(renderingKey(['build', id, folder], tree), async () => {
        const built = await build(tree, folder);
        if (built.status === 'built') return built;
        const refusal = refusalIn(built.inspection) ?? '';
        throw new UserError('E_RENDER', say('render.notBuilt', { refusal }), { subject: folder });
      }),
    async template(request) {
      const { files, cut } = cutSchemas(await chartFiles(request.chart));
      const { release, namespace, values } = request;
      const own = { ...cluster.value, ...request.cluster };
      const names = ['template', id, JSON.stringify(own), release, namespace];
      const all = new Map([...files, [VALUES, values]]);
      return kept.once(renderingKey(names, all), async () => ({
        ...(await masked(all, () => engine.template({ ...request, chart: { files }, cluster: own }))),
        cut,
      }));
    },
  };
}

/** A chart's own `fail` may say what it was given: what is secret by its name stays out of the error, and of its cause. */
async function masked<T>(files: ReadonlyMap<string, Uint8Array>, render: () => Promise<T>): Promise<T> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_RENDER') throw error;
    const secrets = secretTexts(files);
    if (secrets.length === 0) throw error;
    const { message, hint } = error.texts;
    const shown = ({ en, 'zh-CN': zh }: Text): Text => ({
      en: maskedText(en, secrets),
      'zh-CN': maskedText(zh, secrets),
    });
    throw new UserError('E_RENDER', shown(message), {
      ...(hint ? { hint: shown(hint) } : {}),
      ...(error.subject === undefined ? {} : { subject: error.subject }),
    });
  }
}

/** No file of a chart is called that. */
const VALUES = '/values';
