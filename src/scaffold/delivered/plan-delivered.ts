import { posix } from 'node:path';
import { lockedChart } from '../../charts/chart-files.ts';
import type { Emission } from '../../deliveries/siblings/emission.ts';
import { say } from '../../locales/say.ts';
import { lockPath, renderLockEntry } from '../../repository/lock-entry.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Text } from '../../text/language.ts';
import { type AppFile, type AppTemplates, filesBeside } from '../app-files.ts';
import type { AppRequest, Landing } from '../app-request.ts';
import { emitBeside, newChart } from './land-app.ts';
import type { DeliveryTemplates } from './own-unit.ts';

export type NewDeliveryContext = {
  files: RepositoryFiles;
  gitops: GitopsRepository;
  templates: AppTemplates;
  deliveryTemplates: DeliveryTemplates;
  t(text: Text): string;
};

/** A file of the repository with its content, and why it is made. */
export type PlacedFile = AppFile;

/** The files of an app that its siblings' program installs, and the lists that take it in. */
export function deliveredFiles(
  context: NewDeliveryContext,
  app: AppRequest & { landing: Landing },
): { files: PlacedFile[]; emission: Omit<Emission, 'notes'> } {
  const { gitops, templates } = context;
  const { landing, environment, name } = app;
  const beside = landing.folder === undefined ? [] : filesBeside(app, gitops, templates);
  const emission = emitBeside(
    { repository: gitops.repository, templates: context.deliveryTemplates },
    {
      delivery: landing.delivery,
      environment,
      name,
      charts: app.source.kind === 'charts' ? app.source.charts.map(newChart) : [],
      resources: beside.filter(({ listed }) => listed).map(({ path }) => path),
    },
  );
  const why = emission.model
    ? say('scaffold.asSibling', { sibling: emission.model.standing.home })
    : say('scaffold.noSibling');
  return {
    emission,
    files: [
      ...emission.files.map(({ path, text, what }) => ({
        path,
        content: text,
        why: what === 'values' ? say('scaffold.valuesOfApp') : why,
      })),
      ...beside.map(file => ({ ...file, path: posix.join(landing.folder ?? '', file.path) })),
    ],
  };
}

/** What was pinned, where `upgrade` looks for it. */
export function deliveredLock({
  source,
  landing,
}: AppRequest): { path: string; content: string } | undefined {
  const charts = source.kind === 'charts' ? source.charts.flatMap(lockedChart) : [];
  if (!landing || charts.length === 0) return undefined;
  const place = landing.folder ?? landing.home;
  return {
    path: lockPath(place),
    content: renderLockEntry({ charts, manifests: [] }),
  };
}
