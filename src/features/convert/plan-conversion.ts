import { posix } from 'node:path';
import type { ChangeSet } from '../../change-set.ts';
import { type ChartUse, versionKind } from '../../deliveries/chart-use.ts';
import { findUses } from '../../deliveries/find-uses.ts';
import { readKustomizations } from '../../deliveries/kustomizations.ts';
import { readValuesText } from '../../deliveries/read-values-text.ts';
import { isSameData } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { isKustomization } from '../../repository/kustomization.ts';
import type { Repository } from '../../repository/model.ts';
import { parseRepository } from '../../repository/parse-repository.ts';
import { display } from '../../text/display.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { mergeMaps } from '../../values/merge-maps.ts';
import { changesBetween, isManifestText } from './draft.ts';
import { refuseField } from './fields-beside.ts';
import type { DraftFiles, ReadApp, RefusedField, ConvertTarget, WrittenApp } from './model.ts';
import { layerTexts } from './read-layers.ts';
import { type WriteContext, writeApp } from './write-app.ts';

/** An app as it will be: what is written, where it stands, and the repository around it. */
export type Conversion = { changes: ChangeSet; written: WrittenApp; after: Repository };

export type ConvertContext = WriteContext & {
  before: DraftFiles;
  environments: readonly string[] | undefined;
  t(text: Text): string;
};

/**
 * Plans an app's way to another delivery, and looks whether it says the same there: chart, version, release and values.
 * @throws UserError E_CONVERT where it does not, E_APP_EXISTS, E_VALUE, E_YAML_*
 */
export function planConversion(context: ConvertContext, app: ReadApp, target: ConvertTarget): Conversion {
  const draft: DraftFiles = new Map(context.before);
  const written = writeApp(context, draft, { app, target });
  const changes = changesBetween(context.before, draft, {
    t: context.t,
    why: say('convert.becomes', { name: display(app.name), target }),
  });
  const text = new Map([...draft].map(([path, content]) => [path, content.toString()] as const));
  const after = parseRepository(text, context.environments);
  const unlisted = unlistedFiles(after, app, written);
  if (unlisted.length > 0) throw cannotConvert(app, target, unlisted);
  requireSame(after, app, target);
  return { changes, written, after };
}

/** What is written and no kustomization would take: nothing would deploy it, and nobody need notice. */
function unlistedFiles(
  after: Repository,
  { kustomization, use }: ReadApp,
  { emitted, folder }: WrittenApp,
): RefusedField[] {
  const { at, listers, around } = readKustomizations(after);
  const isInside = (file: string): boolean => folder !== undefined && file.startsWith(`${folder}/`);
  // A folder without a kustomization is deployed whole by Flux.
  const whole = kustomization === undefined && use.delivery === 'flux' ? [...after.text.keys()] : [];
  const beside = whole.filter(
    file =>
      isInside(file) &&
      /\.ya?ml$/.test(file) &&
      !isKustomization(file) &&
      isManifestText(after.text.get(file) ?? ''),
  );
  return [...new Set([...emitted, ...beside])].flatMap(file => {
    const list = isInside(file) ? around(file) : at(posix.dirname(file));
    if (list === undefined || listers(file).length > 0) return [];
    const about = { file: list.file, object: file, path: 'resources' };
    return [refuseField(about, say('convert.unlisted'), say('convert.listItFirst'))];
  });
}

function requireSame(after: Repository, app: ReadApp, target: ConvertTarget): void {
  const { chart, release } = app;
  const found = findUses(after).filter(
    use => use.delivery === target && use.name === chart.name && use.release.name === release.name,
  );
  const isRight = found.some(
    use =>
      sourceOf(use.source) === sourceOf(chart.repo) &&
      use.version.text === chart.version &&
      versionKind(use.version.text) === 'exact' &&
      use.release.namespace === release.namespace &&
      isSameData(
        valuesOf(after, use),
        mergedOf(
          app.layers.map(({ text }) => text),
          use.id,
        ),
      ),
  );
  if (isRight) return;
  throw new UserError('E_CONVERT', say('convert.otherMeaning', { name: display(app.name), target }), {
    hint: say('convert.reportIt'),
    subject: app.app.path,
  });
}

/** A slash at the end says nothing. */
function sourceOf(url: string | undefined): string | undefined {
  return url?.replace(/(?<!\/)\/+$/, '');
}

function valuesOf(repository: Repository, use: ChartUse): unknown {
  const { layers, refusals } = layerTexts(repository, use);
  return refusals.length > 0
    ? undefined
    : mergedOf(
        layers.map(({ text }) => text),
        use.id,
      );
}

function mergedOf(texts: readonly string[], name: string): Record<string, unknown> {
  return texts.map(text => readValuesText(text, name) ?? {}).reduce(mergeMaps, {});
}

/** The error of an app that says what its new delivery cannot: each by its name, with what to do first. */
export function cannotConvert(
  { app }: ReadApp,
  target: ConvertTarget,
  refusals: readonly RefusedField[],
): UserError {
  const each = refusals.map(({ file, object, path, reason }) =>
    say('convert.refused', {
      place: display([object, path].filter(word => word !== '').join(': ')),
      file: display(file),
      reason,
    }),
  );
  const next = [...new Map(refusals.map(({ next: step }) => [step.en, step])).values()];
  return new UserError(
    'E_CONVERT',
    say('convert.cannot', { app: display(app.path), target, reasons: joinTexts(each, '; ') }),
    {
      hint: joinTexts(next, ' '),
      subject: app.path,
    },
  );
}
