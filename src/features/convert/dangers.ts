import { stringsAt, valueAt } from '../../data/fields.ts';
import { readDeliveries } from '../../deliveries/read-deliveries.ts';
import { say } from '../../locales/say.ts';
import type { Repository } from '../../repository/model.ts';
import { manifestsIn } from '../../repository/model.ts';
import { syncedBy } from '../../repository/synced-by.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { ReadApp, ConvertTarget, WrittenApp } from './model.ts';
import { isSuspended } from './read-flux.ts';

/**
 * What the cluster makes of the files: fatal deletes what runs, and is taken only by whoever says so; high is to be read before the
 * merge.
 */
export type Danger = { id: string; level: 'fatal' | 'high'; fact: Text; remedy: Text };

type About = {
  before: Repository;
  after: Repository;
  app: ReadApp;
  written: WrittenApp;
  target: ConvertTarget;
};

/** What Flux and Argo CD delete once the old object is gone, and what the new one meets in the cluster. */
export function dangersOf(about: About): Danger[] {
  return [...whatDeletes(about), ...whoDelivers(about), ...whoBearsTheName(about), ...whatAdopts(about)];
}

function danger(id: string, level: Danger['level'], fact: Text, remedy: Text): Danger {
  return { id: `cluster:${id}`, level, fact, remedy };
}

function whatDeletes({ before, app }: About): Danger[] {
  if (app.use.delivery === 'flux') return uninstalls(before, app);
  if (app.use.delivery === 'argo') return cascades(app);
  const { syncers } = syncedBy(before, app.folder);
  const pruning = syncers.filter(({ kind, name, file }) =>
    manifestsIn(before.text, file, /Application(?:Set)?|Kustomization/).some(
      each => each.kind === kind && each.name === name && prunes(each.kind, each.body),
    ),
  );
  return pruning
    .slice(0, 1)
    .map(({ kind, name }) =>
      danger(
        `prunes:${kind}/${name}`,
        'fatal',
        say('convert.pruned', { name: display(`${kind} ${name}`) }),
        kind === 'Kustomization' ? say('convert.disablePruneFlux') : say('convert.disablePruneArgo'),
      ),
    );
}

function prunes(kind: string, body: unknown): boolean {
  if (kind === 'Kustomization') return valueAt(body, ['spec', 'prune']) === true;
  const path = kind === 'ApplicationSet' ? ['spec', 'template', 'spec'] : ['spec'];
  return valueAt(body, [...path, 'syncPolicy', 'automated', 'prune']) === true;
}

/** A HelmRelease that goes is uninstalled, unless it is suspended, or nobody prunes it. */
function uninstalls(before: Repository, { object, use }: ReadApp): Danger[] {
  if (!object) return [];
  const builders = readDeliveries(before).buildersOf(object.at.file);
  const isKept =
    valueAt(object.body, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune']) === 'disabled';
  const pruning = builders.find(({ spec }) => spec['prune'] === true);
  if (isKept || isSuspended(object) || (builders.length > 0 && !pruning)) return [];
  const name = display(`HelmRelease ${object.name}`);
  return [
    danger(
      `uninstalls:HelmRelease/${object.name}`,
      pruning ? 'fatal' : 'high',
      say('convert.uninstalls', { name, release: display(use.release.name) }),
      say('convert.suspendFirst', { name: display(object.name) }),
    ),
  ];
}

/** An Application with the finalizer takes along what it made; without, what it made stays and is nobody's. */
function cascades({ object }: ReadApp): Danger[] {
  if (!object) return [];
  const finalizers = stringsAt(object.body, ['metadata', 'finalizers']);
  const isCascading = finalizers.some(each => each.startsWith('resources-finalizer.argocd.argoproj.io'));
  const name = display(object.name);
  return isCascading
    ? [
        danger(
          `cascades:Application/${object.name}`,
          'fatal',
          say('convert.cascades', { name }),
          say('convert.dropFinalizer', { name }),
        ),
      ]
    : [
        danger(
          `orphans:Application/${object.name}`,
          'high',
          say('convert.orphans', { name }),
          say('convert.adoptThem'),
        ),
      ];
}

/** Flux does not inflate `helmCharts`; and what two deliver, both fight over. */
function whoDelivers({ after, written, target, app }: About): Danger[] {
  const { folder } = written;
  if (folder === undefined) return [];
  const { syncers } = syncedBy(after, folder);
  const [flux] = syncers.filter(({ kind }) => kind === 'Kustomization');
  if (target === 'kustomize' && flux)
    return [
      danger(
        `not-inflated:Kustomization/${flux.name}`,
        'fatal',
        say('convert.notInflated', { name: display(`Kustomization ${flux.name}`) }),
        say('convert.argoInflates'),
      ),
    ];
  const others = syncers.filter(({ file }) => file !== written.at);
  const [other] = others;
  if (target !== 'argo' || !other || app.use.delivery === 'argo') return [];
  const name = `${other.kind}/${other.name}`;
  return [
    danger(
      `twice:${name}`,
      'fatal',
      say('convert.twice', { name: display(name), folder }),
      say('convert.leaveOut'),
    ),
  ];
}

/** Two Applications of one name are one to Argo CD: each run of the one undoes the other. */
function whoBearsTheName({ after, written, target }: About): Danger[] {
  if (target !== 'argo') return [];
  const all = readDeliveries(after).objects.filter(
    ({ kind, group }) => kind === 'Application' && group === 'argoproj.io',
  );
  const own = all.find(({ at }) => at.file === written.at);
  const twin = all.find(
    each => own && each !== own && each.name === own.name && each.namespace === own.namespace,
  );
  if (!twin) return [];
  const places = { name: display(twin.name), file: display(twin.at.file) };
  return [
    danger(
      `name-taken:Application/${twin.name}`,
      'fatal',
      say('convert.nameTaken', places),
      say('convert.renameFirst'),
    ),
  ];
}

/** Helm does not take over what another made, unless it is told. */
function whatAdopts({ target, app }: About): Danger[] {
  if (target !== 'flux') return [];
  return [
    danger(
      `adopts:${app.release.name}`,
      'high',
      say('convert.helmOwns', { release: display(app.release.name) }),
      say('convert.labelThem', {
        release: display(app.release.name),
        namespace: display(app.release.namespace),
      }),
    ),
  ];
}
