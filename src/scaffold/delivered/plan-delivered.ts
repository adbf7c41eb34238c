import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { lockedChart } from '../../charts/chart-files.ts';
import { stringOf, valueAt } from '../../data/fields.ts';
import type { Emission } from '../../deliveries/siblings/emission.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { lockPath, renderLockEntry } from '../../repository/lock-entry.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { requireYaml } from '../../yaml/read.ts';
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
      ...emission.files.map(({ path, text, what }) => {
        const place = { path, why: what === 'values' ? say('scaffold.valuesOfApp') : why };
        const before = gitops.repository.text.get(path);
        const isShared = emission.model?.documents.some(({ file }) => file === path) === true;
        return before !== undefined && isShared
          ? { ...place, content: withDocuments(before, text, path), entry: true }
          : { ...place, content: text };
      }),
      ...beside.map(file => ({ ...file, path: posix.join(landing.folder ?? '', file.path) })),
    ],
  };
}

/**
 * The text of a file that holds documents of several apps, with those of one more at its end.
 * @throws UserError E_APP_EXISTS for an object that it holds otherwise; E_YAML_* for what is no YAML
 */
function withDocuments(before: string, text: string, path: string): string {
  const known = requireYaml(before, path).documents;
  const added = requireYaml(text, path).documents;
  const there = added.flatMap(each => known.find(other => identityOf(other) === identityOf(each)) ?? []);
  if (there.length > 0 && isDeepStrictEqual(there, [...added])) return before;
  const [first] = there;
  if (first !== undefined)
    throw new UserError(
      'E_APP_EXISTS',
      say('scaffold.heldOtherwise', { path: display(path), object: display(identityOf(first)) }),
      { hint: say('scaffold.changeItThere'), subject: path, flag: 'name' },
    );
  const isOpen = /(?:^|\n)---[ \t]*\r?\n*$/.test(before);
  const end = before === '' || before.endsWith('\n') ? '' : '\n';
  const joined = `${end}${isOpen ? '' : '---\n'}${text.replace(/^---[^\S\n]*\n/, '')}`;
  return before + (before.includes('\r\n') ? joined.replaceAll('\n', '\r\n') : joined);
}

function identityOf(document: unknown): string {
  const [kind, namespace, name] = [['kind'], ['metadata', 'namespace'], ['metadata', 'name']].map(
    path => stringOf(valueAt(document, path)) ?? '',
  );
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
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
