import { recordsAt, valueAt } from '../../data/fields.ts';

/** An Application that a set makes; texts that nobody can tell here are left out of it. */
export type MadeApplication = {
  body: Readonly<Record<string, unknown>>;
  /** Why texts are left out, by their paths, `spec.source.path`. */
  open: ReadonlyMap<string, string>;
  /** Of open texts that end with one variable, the folder around it: `overlays/{{name}}`, where a cluster has the name. */
  around: ReadonlyMap<string, string>;
};

const NOTHING: ReadonlyMap<string, string> = new Map();

/** An Application as somebody wrote it: nothing of it is open. */
export function asWritten(body: Readonly<Record<string, unknown>>): MadeApplication {
  return { body, open: NOTHING, around: NOTHING };
}

/**
 * What an Application deploys, and where that stands: what is hydrated counts before `sources`, and those before `source`.
 * @param application the Application, or the template of a set
 */
export function deployedSources(application: unknown): { at: string; source: unknown }[] {
  const dry = valueAt(application, ['spec', 'sourceHydrator', 'drySource']);
  if (dry !== undefined) return [{ at: 'spec.sourceHydrator.drySource', source: dry }];
  const several = recordsAt(application, ['spec', 'sources']);
  if (several.length > 0) return several.map((source, index) => ({ at: `spec.sources.${index}`, source }));
  return [{ at: 'spec.source', source: valueAt(application, ['spec', 'source']) }];
}

/** What an ApplicationSet makes; with `refused` Argo CD makes nothing of it, and this says why. */
export type Expansion = {
  applications: readonly MadeApplication[];
  refused?: string;
  /** Generators of which only a cluster or a service knows what they give. */
  open: readonly string[];
};

/** The path of what a patch leaves open. */
export const PATCH = 'templatePatch';

/** Why a text of an Application is not told: it is open, or a patch that names such a field is. */
export function openAt({ open }: Pick<MadeApplication, 'open'>, path: string): string | undefined {
  return open.get(path) ?? open.get(`${PATCH}.${path.slice(path.lastIndexOf('.') + 1)}`);
}
