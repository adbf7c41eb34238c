import { type Applications, applicationsOf, type ListedApplication } from '../../repository/applications.ts';
import { type DataLost, dataIn } from '../../repository/data-in.ts';
import type { PlacedManifest } from '../../repository/deployments.ts';
import { deployingIn, manifestsIn, type Repository } from '../../repository/model.ts';

/** An Application that goes, and what goes with it. */
export type Gone = { application: ListedApplication; lost: DataLost };

/** What is other than it was. */
export type AppsChanges = {
  appears: readonly ListedApplication[];
  /** To Argo CD another one: the old one is deleted. */
  renamed: readonly (Gone & { to: string })[];
  vanishes: readonly Gone[];
};

/** The Applications of a repository. */
export function appsIn({ text, isTemplate, sets }: Repository): Applications {
  const deploying = [...text.keys()].flatMap((file): PlacedManifest[] =>
    isTemplate(file) ? [] : deployingIn(text, file),
  );
  return applicationsOf(deploying, sets);
}

/** What of the Applications is other than before; of sets that cannot be told on a side nothing is said to come or go. */
export function compareApps(before: Repository, after: Repository): AppsChanges {
  const [old, fresh] = [appsIn(before), appsIn(after)];
  const untold = new Set([...old.unknown, ...fresh.unknown].map(({ set }) => set));
  const isSaid = ({ set }: ListedApplication): boolean => set === undefined || !untold.has(set);
  const [known, now] = [old, fresh].map(({ applications }) => new Set(applications.map(idOf)));
  const appeared = fresh.applications.filter(each => isSaid(each) && !known?.has(idOf(each)));
  const gone = old.applications.filter(each => isSaid(each) && !now?.has(idOf(each)));
  const byPlace = new Map(appeared.map(each => [placeOf(each), each]));
  const named = new Map(gone.flatMap(each => renaming(each, byPlace.get(placeOf(each)))));
  const isNew = new Set(named.values());
  return {
    appears: appeared.filter(each => !isNew.has(each)),
    renamed: gone.flatMap(application => {
      const to = named.get(application)?.name;
      return to === undefined ? [] : [{ application, to, lost: lostWith(before, application) }];
    }),
    vanishes: gone
      .filter(each => !named.has(each))
      .map(application => ({ application, lost: lostWith(before, application) })),
  };
}

function renaming(
  old: ListedApplication,
  fresh: ListedApplication | undefined,
): [ListedApplication, ListedApplication][] {
  return fresh ? [[old, fresh]] : [];
}

function idOf({ instance = '', name }: ListedApplication): string {
  return `${instance}/${name}`;
}

/** What it deploys, and where to. */
function placeOf({ path, cluster, namespace }: ListedApplication): string {
  return JSON.stringify([path, cluster, namespace]);
}

const DATA = /PersistentVolumeClaim|StatefulSet|CustomResourceDefinition/;

/** What stands in the files of its folder; what charts make is not looked at. */
function lostWith({ text, isTemplate }: Repository, { path, deletes }: ListedApplication): DataLost {
  if (path === undefined || !deletes) return { claims: [], crds: [] };
  const files = [...text.keys()].filter(
    file => file.startsWith(`${path}/`) && !isTemplate(file) && !/\/(?:values|charts)\//.test(file),
  );
  return dataIn(files.flatMap(file => manifestsIn(text, file, DATA)));
}
