import { type Inspection, inspectBuild } from './gate/inspect-build.ts';
import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import type { RepositoryFiles } from '../system/files/files.ts';
import { cutSchemas } from '../archive/cut-schemas.ts';
import type { EngineOutput } from './engine.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';
import type { Tree } from './tree.ts';

export type Built =
  /** `cut`: schemas of charts that were not used whole, each with what it refers to. */
  | { status: 'built'; output: string; cut: readonly string[]; warnings: readonly string[] }
  /** No renderer was started. */
  | { status: 'refused'; inspection: Inspection };

/**
 * The only place that has a build made: over a tree of regular files, once everything in it that kustomize would follow
 * has passed the gate, and nothing is left to be fetched.
 * @throws UserError E_RENDER with the engine's own reason, E_OUTSIDE
 */
export async function buildTree(
  tree: Tree,
  folder: string,
  build: (files: Tree) => Promise<EngineOutput>,
): Promise<Built> {
  const { files, cut } = cutSchemas(tree);
  const inspection = await inspectBuild(async file => files.get(file), folder);
  const missing = inspection.charts.filter(
    ({ home, repo }) => repo !== undefined && !files.has(`${home}/Chart.yaml`),
  );
  const refusals = [
    ...inspection.refusals,
    ...missing.map(({ name, place }) => ({
      ...place,
      reason: say('render.helmWouldFetch', { name }),
    })),
  ];
  if (refusals.length > 0 || inspection.remote.length > 0)
    return { status: 'refused', inspection: { ...inspection, refusals } };
  return { status: 'built', ...(await build(files)), cut };
}

/** Looks at what a build of a folder on disk would do. What is no regular file counts as not there. */
export function inspectFolder(files: RepositoryFiles, folder: string): Promise<Inspection> {
  const read = async (file: string): Promise<Buffer | undefined> => {
    try {
      return await files.read(file);
    } catch (error) {
      if (error instanceof UserError && NO_FILE.has(error.code)) return undefined;
      throw error;
    }
  };
  return inspectBuild(read, folder);
}

const NO_FILE = new Set(['E_NOT_A_FILE', 'E_SYMLINK', 'E_OUTSIDE']);

function shown({ en, 'zh-CN': zh }: Text): Text {
  return { en: display(en), 'zh-CN': display(zh) };
}

/** The first thing that keeps a renderer from being started, for people; undefined if nothing does. */
export function refusalIn({ refusals, remote }: Pick<Inspection, 'refusals' | 'remote'>): Text | undefined {
  const [refusal] = refusals;
  if (refusal) {
    const subject = display(`${refusal.file}:${refusal.line}`);
    return say('text.aboutSubject', { subject, problem: shown(refusal.reason) });
  }
  const [fetched] = remote;
  if (!fetched) return undefined;
  const place = display(`${fetched.file}:${fetched.line}`);
  return say('render.hasToBeFetched', { place, address: display(fetched.address) });
}
