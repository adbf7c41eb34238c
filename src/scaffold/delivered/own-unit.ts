import { posix } from 'node:path';
import { childrenIn } from '../../deliveries/argo/app-of-apps.ts';
import type { EmittedDelivery } from '../../deliveries/emit.ts';
import type { FluxEmitting } from '../../deliveries/flux/emit.ts';
import { writtenDocuments } from '../../deliveries/siblings/documents.ts';
import type { Part, Unit, UnitDocument } from '../../deliveries/siblings/unit.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import type { Manifest } from '../../repository/manifest.ts';
import { KUSTOMIZATION_FILES } from '../../repository/kustomization.ts';
import { appManifests, manifestsIn, type Repository } from '../../repository/model.ts';
import { renderTemplate, type Template } from '../../repository/templates.ts';

/** The templates of `templates/delivery/`: an app as slipway writes it where a repository shows none of that kind. */
export const DELIVERY_TEMPLATES = [
  'flux/kustomization.yaml',
  'flux/namespace.yaml',
  'flux/helmrelease.yaml',
  'flux/ocirepository.yaml',
  'flux/helmrepository.yaml',
  'argo/application.yaml',
  'umbrella/Chart.yaml',
] as const;
type Name = (typeof DELIVERY_TEMPLATES)[number];
export type DeliveryTemplates = Record<Name, Template>;

type Place = { repository: Repository; templates: DeliveryTemplates; group: string; name: string };

/** An app of that name as a sibling of its own, to be filled in like any other. */
export function ownUnit(place: Place, delivery: EmittedDelivery): Unit {
  const { group, name } = place;
  const isFile = delivery === 'argo';
  // Below a root an Application stands where that one looks for it.
  const around = (isFile ? childrenIn(place.repository)[0]?.folder : undefined) ?? group;
  const home = posix.join(around, isFile ? `${name}.yaml` : name);
  return {
    delivery,
    standing: { group, name, home },
    documents: FILES[delivery].flatMap(([part, template, file]) =>
      documentsOf(place, template, part, isFile ? home : posix.join(home, file)),
    ),
    values: VALUES[delivery](home),
    chart: { name: '', version: '', source: undefined },
    source: { kind: delivery === 'flux' ? 'OCIRepository' : 'http', isOwn: true },
    namespace: name,
    folder: delivery === 'flux' ? home : undefined,
    listings: listingsOf({ ...place, group: around }, home),
  };
}

const FILES: Record<EmittedDelivery, readonly (readonly [Part, Name, string])[]> = {
  flux: [
    ['release', 'flux/helmrelease.yaml', 'helmrelease.yaml'],
    ['source', 'flux/ocirepository.yaml', 'ocirepository.yaml'],
    ['kustomization', 'flux/kustomization.yaml', 'kustomization.yaml'],
    ['namespace', 'flux/namespace.yaml', 'namespace.yaml'],
  ],
  argo: [['application', 'argo/application.yaml', 'application.yaml']],
  umbrella: [['chart', 'umbrella/Chart.yaml', 'Chart.yaml']],
};

const VALUES: Record<EmittedDelivery, (home: string) => Unit['values']> = {
  flux: () => ({ style: 'map', file: undefined }),
  argo: () => ({ style: 'map', file: undefined }),
  umbrella: home => ({ style: 'file', file: posix.join(home, 'values.yaml') }),
};

/** The sources as slipway writes them, for a repository whose siblings have the other kind. */
export function ownSources(place: Place): FluxEmitting['sources'] {
  const one = (template: Name): UnitDocument => {
    const [document] = documentsOf(place, template, 'source', '');
    if (!document) throw new Error(`${template} holds no source`);
    return document;
  };
  return { HelmRepository: one('flux/helmrepository.yaml'), OCIRepository: one('flux/ocirepository.yaml') };
}

function documentsOf(
  { repository, templates, name }: Place,
  template: Name,
  part: Part,
  file: string,
): UnitDocument[] {
  const view = { name, project: projectOf(repository), argoNamespace: argoNamespaceOf(repository) };
  const documents = writtenDocuments(renderTemplate(templates[template], view)) ?? [];
  return documents.map((document, index) => ({ ...document, part, file, index }));
}

/** Where a kustomization of the folder lists what stands in it. */
function listingsOf({ repository, group }: Place, home: string): Unit['listings'] {
  const file = KUSTOMIZATION_FILES.map(name => posix.join(group, name)).find(path =>
    repository.text.has(path),
  );
  return file === undefined ? [] : [{ file, entry: posix.relative(group, home) }];
}

/** The project that Applications of the repository are in. */
function projectOf(repository: Repository): string {
  const [first] = applicationsIn(repository).flatMap(({ body }) =>
    [
      ['spec', 'project'],
      ['spec', 'template', 'spec', 'project'],
    ].flatMap(path => stringOf(valueAt(body, path)) ?? []),
  );
  return first === undefined || /[{}$<]/.test(first) ? 'default' : first;
}

/** Where Argo CD looks for Applications: as they say themselves, or as the app says that brings them. */
function argoNamespaceOf(repository: Repository): string {
  const written = applicationsIn(repository).find(({ namespace }) => namespace !== undefined)?.namespace;
  const home = repository.apps.find(
    app =>
      app.kustomization.namespace !== undefined && appManifests(repository, app, APPLICATIONS).length > 0,
  );
  return written ?? home?.kustomization.namespace ?? 'argocd';
}

const APPLICATIONS = /Application(?:Set)?/;

function applicationsIn({ text, isTemplate }: Repository): Manifest[] {
  return [...text.keys()]
    .filter(file => !isTemplate(file))
    .flatMap(file => manifestsIn(text, file, APPLICATIONS));
}
