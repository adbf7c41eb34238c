import { posix } from 'node:path';
import { stringOf, valueAt } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import { isCapiCluster, isProviderIdentity } from '../../repository/capi.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { renderTemplate, type Template } from '../../repository/templates.ts';
import type { Text } from '../../text/language.ts';
import { editYaml, type YamlEdit } from '../../yaml/edit.ts';
import { readDocuments } from '../../yaml/read.ts';
import type { AppTemplates } from '../app-files.ts';
import { type PlacedSecret, placeSecrets, type WantedSecret } from '../place-secret.ts';
import { renderSecret } from '../secret-file.ts';
import type { FilledTemplate, TemplateObject, TemplateSecret } from './cluster-template.ts';

/** The templates of a cluster of a ClusterClass. */
export const CAPI_TEMPLATES = ['cluster.yaml', 'identity.yaml', 'addons.yaml'] as const;
export type CapiTemplates = Record<(typeof CAPI_TEMPLATES)[number], Template>;

/** A chart that is installed in the cluster once it is there. */
export type Addon = {
  name: string;
  chart: string;
  repo: string;
  version: string;
  namespace: string;
  wave: number;
  values: readonly string[];
};

/** What a cluster is made of: of a class, or out of a template. */
export type ClusterPlan = {
  folder: string;
  name: string;
  /** Where its objects go; undefined where they say so themselves. */
  namespace: string | undefined;
  parts: FilledTemplate;
  addons: readonly Addon[];
};

type Context = {
  gitops: GitopsRepository;
  templates: Pick<AppTemplates, 'kustomization.yaml' | 'resources/namespace.yaml'> &
    Parameters<typeof renderSecret>[1];
  capiTemplates: CapiTemplates;
  /** Whether Flux deploys the folder, which asks for another word than Argo CD. */
  isFlux: boolean;
};

export type ClusterFile = { path: string; text: string; why: Text };
export type ClusterApp = {
  kustomization: string;
  files: readonly ClusterFile[];
  secrets: readonly PlacedSecret[];
};

/** The folder of a cluster: guarded against deletion, with the credentials of its provider as stubs. */
export function clusterApp(context: Context, plan: ClusterPlan): ClusterApp {
  const { folder, parts, namespace } = plan;
  const secrets = placeSecrets(context.gitops, folder, wantedOf(parts.secrets, namespace));
  const resources = resourcesOf(context, plan);
  const stubs = secrets.map((placed, index) => ({
    path: placed.path,
    text: stubOf(context, placed, parts.secrets[index]),
    why: placed.why,
  }));
  const listed = [
    ...resources.map(({ path }) => path),
    ...secrets.flatMap(({ path, listed: isListed }) => (isListed ? [path] : [])),
  ].map(file => posix.relative(folder, file));
  const kustomization = kustomizationOf(context, namespace, listed);
  const path = posix.join(folder, 'kustomization.yaml');
  const own = { path, text: kustomization, why: say('capi.listsCluster') };
  return { kustomization: path, files: [own, ...resources, ...stubs], secrets };
}

function wantedOf(secrets: readonly TemplateSecret[], namespace = ''): WantedSecret[] {
  return secrets.map(({ name, namespace: own, keys }) => ({ name, keys, namespace: own ?? namespace }));
}

/** Sealed for good, a Secret keeps the labels that Cluster API finds it by, and stays until the cluster is gone. */
function stubOf(context: Context, placed: PlacedSecret, secret: TemplateSecret | undefined): string {
  const { path, mechanism } = placed;
  const text = renderSecret(placed, context.templates);
  const at = LABELS_AT[mechanism];
  const edits = Object.entries(secret?.labels ?? {}).map(([label, value]): YamlEdit => ({
    kind: 'put',
    path: [...at, 'labels', label],
    value,
  }));
  return guarded(context, { file: path, text: editYaml(text, path, edits) }, 'false');
}

const LABELS_AT = {
  sealed: ['spec', 'template', 'metadata'],
  external: ['spec', 'target', 'template', 'metadata'],
  sops: ['metadata'],
} as const satisfies Record<PlacedSecret['mechanism'], readonly string[]>;

/** The files in the order in which people read them; a part that is not there has none. */
function resourcesOf(context: Context, plan: ClusterPlan): ClusterFile[] {
  const { objects } = plan.parts;
  const resources = context.gitops.conventions.style.resourcesFolder.value;
  const at = (name: string): string => posix.join(plan.folder, resources, name);
  const files = [
    { path: at('namespace.yaml'), texts: namespaceTexts(context, plan), why: say('capi.keepsNamespace') },
    { path: at('cluster.yaml'), texts: clusterTexts(context, objects), why: say('capi.guardedCluster') },
    {
      path: at('identity.yaml'),
      texts: objects
        .filter(isIdentity)
        .map(({ text }) => guarded(context, { file: 'identity.yaml', text }, 'false')),
      why: say('capi.keepsIdentity'),
    },
    { path: at('addons.yaml'), texts: addonTexts(context, plan), why: say('capi.installsAddons') },
  ];
  return files
    .filter(({ texts }) => texts.length > 0)
    .map(({ path, texts, why }) => ({ path, text: texts.join('---\n'), why }));
}

function named({ body }: TemplateObject) {
  return { apiVersion: stringOf(body['apiVersion']) ?? '', kind: stringOf(body['kind']) ?? '' };
}

function isIdentity(object: TemplateObject): boolean {
  return isProviderIdentity(named(object));
}

function isNamespace(object: TemplateObject): boolean {
  return named(object).kind === 'Namespace' && named(object).apiVersion === 'v1';
}

function isAddon(object: TemplateObject): boolean {
  return named(object).apiVersion.startsWith('addons.cluster.x-k8s.io/');
}

function namespaceTexts(context: Context, { namespace, parts }: ClusterPlan): string[] {
  const own = parts.objects.filter(isNamespace);
  const isThere = own.some(({ body }) => valueAt(body, ['metadata', 'name']) === namespace);
  const made =
    namespace === undefined || isThere
      ? []
      : [renderTemplate(context.templates['resources/namespace.yaml'], { name: namespace })];
  return [...made, ...own.map(({ text }) => text)].map(text =>
    guarded(context, { file: 'namespace.yaml', text }, 'false'),
  );
}

function clusterTexts(context: Context, objects: readonly TemplateObject[]): string[] {
  return objects
    .filter(object => !isIdentity(object) && !isNamespace(object) && !isAddon(object))
    .map(object =>
      isCapiCluster(named(object))
        ? guarded(context, { file: 'cluster.yaml', text: object.text }, 'confirm')
        : object.text,
    );
}

function addonTexts({ capiTemplates }: Context, { name, parts, addons }: ClusterPlan): string[] {
  const own = parts.objects.filter(isAddon).map(({ text }) => text);
  if (addons.length === 0) return own;
  const view = addons.map(addon => ({ ...addon, release: addon.name }));
  return [...own, renderTemplate(capiTemplates['addons.yaml'], { cluster: name, addons: view })];
}

const OPTIONS = ['metadata', 'annotations', 'argocd.argoproj.io/sync-options'];
const PRUNE = ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune'];

/** Adds the words that keep an object from being deleted; what it says already stays. */
function guarded(
  { isFlux }: Context,
  { file, text }: { file: string; text: string },
  level: 'confirm' | 'false',
): string {
  if (isFlux) return editYaml(text, file, [{ kind: 'put', path: PRUNE, value: 'disabled' }]);
  const [body] = readDocuments(text, file);
  const said = (stringOf(valueAt(body, OPTIONS)) ?? '').split(',').filter(option => option.trim() !== '');
  const missing = ['Prune', 'Delete'].filter(
    way => !said.some(option => [`${way}=confirm`, `${way}=false`].includes(option.trim())),
  );
  const value = [...said, ...missing.map(way => `${way}=${level}`)].join(',');
  return editYaml(text, file, [{ kind: 'put', path: OPTIONS, value }]);
}

function kustomizationOf(
  { gitops, templates }: Context,
  namespace: string | undefined,
  resources: readonly string[],
): string {
  const { sectionOrder, listIndent } = gitops.conventions.style;
  const items = resources.map(file => ({ lines: [file] }));
  const sections = sectionOrder.value.map(key => ({
    key,
    comment:
      key === 'namespace' && namespace === undefined
        ? 'No namespace here: the objects of the template say their own.'
        : '',
    value: key === 'namespace' ? (namespace ?? '') : '',
    indent: key === 'namespace' ? '' : ' '.repeat(listIndent[key].value),
    items: key === 'resources' ? items : [],
  }));
  const view = { sections, patches: [], chartHome: '', patchFiles: [] };
  return renderTemplate(templates['kustomization.yaml'], view);
}
