import type { Revision } from '../../cli/revision.ts';
import { jsonDocument, type RunEnd } from '../../cli/run-end.ts';
import type { Session } from '../../cli/context.ts';
import { omitUndefined } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Line } from '../../output/lay-out.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import type { Applications, ListedApplication } from '../../repository/applications.ts';
import type { AppsChanges, Gone } from './compare.ts';

/** What is there, and against a base what changes. */
export type AppsView = Applications & { changes?: AppsChanges & { base: Revision } };

/** What `apps --json` prints. */
export function appsJson({ applications, unknown, changes }: AppsView, end: RunEnd): string {
  const body = {
    applications: applications.map(asJson),
    unknown: unknown.map(({ set, file, why }) => ({ set, file, why: why.en })),
    ...(changes && {
      changes: {
        base: omitUndefined(changes.base),
        appears: changes.appears.map(asJson),
        renamed: changes.renamed.map(({ to, ...gone }) => ({ ...goneAsJson(gone), to })),
        vanishes: changes.vanishes.map(goneAsJson),
      },
    }),
  };
  return jsonDocument(1, body, end);
}

function asJson({ name, namespace, cluster, path, from, set }: ListedApplication) {
  return omitUndefined({ name, namespace, cluster, path, from, set });
}

function goneAsJson({ application, lost }: Gone) {
  return { ...asJson(application), deletes: application.deletes, ...lost };
}

/** What a person reads. */
export function appsLines({ applications, unknown, changes }: AppsView, { t, terminal }: Session): Line[] {
  const shown = (each: ListedApplication): string =>
    `  ${display(each.name)}  ${terminal.style(placeLine(each), 'dim')}`;
  const gone = ({ application, lost }: Gone, to?: string): string => {
    const name = display(to === undefined ? application.name : `${application.name} → ${to}`);
    return `  ${name}  ${terminal.style(t(lossLine(application, lost)), 'yellow')}`;
  };
  const part = (title: Text, lines: readonly string[]): Line[] =>
    lines.length === 0 ? [] : ['', terminal.style(t(title), 'bold'), ...lines];
  return [
    terminal.style(t(say('apps.count', { count: applications.length })), 'bold'),
    ...applications.map(shown),
    ...part(
      say('apps.untold'),
      unknown.map(({ set, file, why }) => `  ${display(`${set} (${file})`)}: ${t(why)}`),
    ),
    ...(changes
      ? [
          ...part(say('apps.appears'), changes.appears.map(shown)),
          ...part(
            say('apps.renamed'),
            changes.renamed.map(each => gone(each, each.to)),
          ),
          ...part(
            say('apps.vanishes'),
            changes.vanishes.map(each => gone(each)),
          ),
        ]
      : []),
  ];
}

function placeLine({ cluster, namespace, path, from }: ListedApplication): string {
  const place = [cluster, namespace].flatMap(each => each ?? []).join('/');
  return display([place, path, from].flatMap(each => each || []).join(' · '));
}

function lossLine({ deletes }: ListedApplication, { claims, crds, clusters }: Gone['lost']): Text {
  if (!deletes) return say('apps.keeps');
  const named = [
    ...clusters.map(name => `Cluster ${name}`),
    ...claims.map(name => `PersistentVolumeClaim ${name}`),
    ...crds.map(name => `CRD ${name}`),
  ];
  return named.length === 0
    ? say('apps.deletes')
    : say('apps.deletesData', { data: display(named.join(', ')) });
}
