import type { OutcomeKind } from '../../../values/plan.ts';
import type { AppReport } from '../report-facts.ts';
import { bullets, code, plain } from '../../../text/markdown.ts';
import { more, type ReportWriter } from './report-writer.ts';
import { say } from '../../../locales/say.ts';

/** What a person has to look at after the sync. */
export function watch(app: AppReport, writer: ReportWriter): string[] {
  const { t } = writer;
  const images = app.rendered?.images ?? [];
  const crds = app.rendered?.crds ?? [];
  const lost = app.rendered?.lostBackends ?? [];
  const lines = [
    ...(app.rendered ? [] : [t(say('upgrade.watchNotRendered'))]),
    ...app.charts
      .filter(({ notCompared }) => notCompared.length > 0)
      .map(({ notCompared }) =>
        t(say('upgrade.watchNotCompared', { places: notCompared.map(code).join(', ') })),
      ),
    ...app.charts
      .filter(({ crdsSkipped }) => crdsSkipped.length > 0)
      .map(({ move, crdsSkipped }) =>
        t(
          say('upgrade.watchCrdsSkipped', {
            name: plain(move.name),
            files: crdsSkipped.map(code).join(', '),
          }),
        ),
      ),
    ...app.charts
      .flatMap(({ effects }) => effects?.customisations ?? [])
      .filter(({ lostEffect }) => lostEffect)
      .map(({ path }) => t(say('proof.watchLostEffect', { path: code(path) }))),
    ...lost.map(({ file, backend }) =>
      t(say('upgrade.backendGoneWarning', { file: code(file), backend: code(backend) })),
    ),
    ...(images.some(({ kind }) => kind === 'tag' || kind === 'moved')
      ? [t(say('upgrade.podsRestartOtherImagesMirror'))]
      : []),
    ...(crds.length > 0 ? [t(say('upgrade.customResourceDefinitionsChangeLook'))] : []),
    ...(app.rendered && app.rendered.changes.removed.length > 0
      ? [t(say('upgrade.argoCdPrunesObjectsRemoved'))]
      : []),
    ...app.charts
      .filter(({ deprecated }) => deprecated)
      .map(({ move }) => t(say('upgrade.deprecatedLookSuccessor', { name: plain(move.name) }))),
    ...app.charts.flatMap(({ values }) =>
      values
        .flatMap(({ outcomes }) => outcomes)
        .filter(({ outcome }) => WATCHED.has(outcome))
        .map(({ path, outcome, to }) => watchOutcome(path, outcome, to, writer)),
    ),
  ];
  if (lines.length === 0) return [t(say('upgrade.nothingParticular'))];
  return bullets(lines, writer.detail, more(writer));
}

const WATCHED: ReadonlySet<OutcomeKind> = new Set(['moved?', 'removed-and-dead', 'deprecated']);

function watchOutcome(
  path: string,
  outcome: OutcomeKind,
  to: string | undefined,
  { t }: ReportWriter,
): string {
  if (outcome === 'moved?')
    return t(say('upgrade.mayHaveMovedSetThere', { path: code(path), to: code(to ?? '?') }));
  if (outcome === 'deprecated')
    return to === undefined
      ? t(say('upgrade.valueIsDeprecated', { path: code(path) }))
      : t(say('upgrade.valueIsDeprecatedUse', { path: code(path), to: code(to) }));
  return t(say('upgrade.keptButNothingReadsAny', { path: code(path) }));
}
