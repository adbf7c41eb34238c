import type { AppContext } from '../../../../generators/new-app/generator.ts';
import type { ChangeSet } from '../../../change-set.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import { CONFIGURATION_FILE } from '../../../repository/configuration.ts';
import type { Drafts } from '../../../repository/drafts.ts';
import type { Template } from '../../../repository/templates.ts';
import type { ClusterTemplates } from '../../../scaffold/cluster-files.ts';
import type { Text } from '../../../text/language.ts';
import { editYaml } from '../../../yaml/edit.ts';

/** The templates of `init` that a cluster is made of as well. */
export const SHARED_TEMPLATES = [
  'argo-cd/appproject.yaml',
  'argo-cd/repository-sealedsecret.yaml',
  'flux/apps.yaml',
  'flux/infrastructure.yaml',
  'flux/list.yaml',
] as const;

export type ClusterContext = AppContext & {
  clusterTemplates: ClusterTemplates;
  shared: Record<(typeof SHARED_TEMPLATES)[number], Template>;
  /** The schema of a cluster's file, for editors. */
  schema: string;
};

/** What a cluster is, as it was asked for. */
export type ClusterRequest = {
  name: string;
  controlledBy: string;
  labels: readonly { key: string; value: string }[];
  group: string | undefined;
  /** Where its API server is reached. */
  server: string | undefined;
  /** The folder of the apps of its tenants, which an Argo CD of its own deploys. */
  tenants: string | undefined;
};

/** Something to be done by hand, once the files are there: a sentence, or lines for a shell. */
type ClusterStep = { text: Text; lines: readonly (readonly string[])[] };

export type PlannedCluster = {
  changes: ChangeSet;
  /** What was chosen here, and could be chosen otherwise. */
  notes: readonly Text[];
  /** Files that wait for their values. */
  stubs: readonly string[];
  steps: readonly ClusterStep[];
};

/** Files under way. */
export type ClusterWriting = {
  context: ClusterContext;
  request: ClusterRequest;
  drafts: Drafts;
  notes: Text[];
  stubs: string[];
  steps: ClusterStep[];
};

type NewFile = { path: string; text: string; why: Text };

/**
 * Writes a file of the cluster's own; the same again changes nothing.
 * @throws UserError E_EXISTS for another one of that name
 */
export async function putFile({ context: { t }, drafts }: ClusterWriting, file: NewFile): Promise<void> {
  const before = await drafts.read(file.path);
  if (before !== undefined && before !== file.text) throw clusterTaken(file.path);
  await drafts.write({ ...file, why: t(file.why) });
}

/** Writes a file that several clusters share: one that is there is somebody's, and stays. */
export async function shareFile(writing: ClusterWriting, file: NewFile): Promise<boolean> {
  if ((await writing.drafts.read(file.path)) !== undefined) return false;
  await putFile(writing, file);
  return true;
}

/** @returns what refuses another cluster, or another file, of a name */
export function clusterTaken(path: string): UserError {
  return new UserError('E_EXISTS', say('scaffold.thereAlreadyOtherContent', { path }), {
    hint: say('add.clusterOtherName'),
    subject: path,
  });
}

/** Where the configuration names the environments, a folder of apps that is new is one of them. */
export async function addEnvironment(
  { context, drafts }: ClusterWriting,
  environment: string,
): Promise<void> {
  const { configuration } = context.gitops;
  if (!configuration.environments || configuration.environments.includes(environment)) return;
  const text = await drafts.read(CONFIGURATION_FILE);
  if (text === undefined) return;
  const edited = editYaml(text, CONFIGURATION_FILE, [
    { kind: 'add', path: ['environments'], items: [environment] },
  ]);
  const why = context.t(say('add.clusterEnvironment', { environment }));
  await drafts.write({ path: CONFIGURATION_FILE, text: edited, why });
}
