import { compareApplications } from '../../repository/application-changes.ts';
import { appsIn, type ListedApplication } from '../../repository/applications.ts';
import { type DataLost, dataIn } from '../../repository/data-in.ts';
import { landingsOf } from '../../repository/landings.ts';
import { manifestsIn, type Repository } from '../../repository/model.ts';

/** An Application that goes, and what goes with it. */
export type Gone = { application: ListedApplication; lost: DataLost };

/** What is other than it was. */
export type AppsChanges = {
  appears: readonly ListedApplication[];
  /** To Argo CD another one: the old one is deleted. */
  renamed: readonly (Gone & { to: string })[];
  vanishes: readonly Gone[];
};

/** What of the Applications is other than before; of sets that cannot be told on a side nothing is said to come or go. */
export function compareApps(before: Repository, after: Repository): AppsChanges {
  const { appears, gone } = compareApplications(appsIn(before), appsIn(after));
  const was = landedIn(before);
  const all = gone.map(({ application, to, deletes }) => {
    const own = { ...was(application), deletes };
    return { application: own, lost: lostWith(before, own), to: to?.name };
  });
  return {
    appears: appears.map(landedIn(after)),
    renamed: all.flatMap(({ to, ...each }) =>
      to === undefined || to === each.application.name ? [] : [{ ...each, to }],
    ),
    vanishes: all.flatMap(({ to, ...each }) =>
      to === undefined || to === each.application.name ? [each] : [],
    ),
  };
}

/** @returns what names the cluster of an Application as the repository does, `in-cluster` included where that has a name */
export function landedIn(repository: Repository): (application: ListedApplication) => ListedApplication {
  const landing = landingsOf(repository);
  return application => ({ ...application, cluster: landing(application) });
}

const DATA = /PersistentVolumeClaim|StatefulSet|CustomResourceDefinition|Cluster/;

/** What stands in the files of its folder; what charts make is not looked at. */
function lostWith({ text, isTemplate }: Repository, { path, deletes }: ListedApplication): DataLost {
  if (path === undefined || !deletes) return { claims: [], crds: [], clusters: [] };
  const files = [...text.keys()].filter(
    file => file.startsWith(`${path}/`) && !isTemplate(file) && !/\/(?:values|charts)\//.test(file),
  );
  return dataIn(files.flatMap(file => manifestsIn(text, file, DATA)));
}
