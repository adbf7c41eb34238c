import { posix } from 'node:path';
import { changesJson } from '../../change-set.ts';
import { display } from '../../text/display.ts';
import type { Session } from '../../cli/context.ts';
import {
  commitStep,
  goThere,
  type NextStep,
  sealStep,
  withoutSwitch,
  type WrittenTo,
} from '../../cli/next-steps.ts';
import { repeatLine } from '../../cli/repeat-line.ts';
import { renderPreview } from '../../output/preview.ts';
import type { Builder, FluxEffects } from './flux-effects.ts';
import type { Moving } from './moving.ts';
import { buildLines, buildsJson } from '../../cli/build-before-writing.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';

const SHOWN_MENTIONS = 20;

/** What a person must know before saying yes: what moves, what the cluster deletes, what cannot be opened any more. */
export function renderEffects(moving: Moving, session: Session): string {
  const { plan } = moving;
  const { t, terminal } = session;
  const { from, to } = places(moving);
  const files = say('move.files', { count: plan.moved.length });
  const edits = plan.edits.changes.length > 0 ? [renderPreview(plan.edits, terminal.aside), ''] : [];
  return [
    terminal.style(`${from} → ${to} (${t(files)})`, 'bold'),
    ...edits,
    ...clusterLines(moving, session),
    ...sealLines(moving, session),
    ...mentionLines(moving, session),
  ].join('\n');
}

function places({ request: { home, to } }: Moving): { from: string; to: string } {
  return { from: home.folder, to: `${to.environment}/${to.name}` };
}

function clusterLines({ cluster, request }: Moving, { t, terminal }: Session): string[] {
  const { app } = request;
  if (cluster.flux) return fluxLines(cluster.flux, { cluster, request }, { t, terminal });
  if (cluster.follows)
    return [t(say('move.applicationFollows', { name: display(app.deployed?.by.name ?? '') }))];
  if (!cluster.synced && cluster.unseen) return [t(cluster.unseen)];
  if (!cluster.synced) return [t(say('move.argoCdDoesNotSync', { environment: app.environment }))];
  if (cluster.preserved && cluster.children.length > 0)
    return cluster.children.map(child => t(childLine(child)));
  if (cluster.preserved) return [t(say('move.applicationGoesObjectsStayPreserveresourcesondeletion'))];
  const head = say('move.argoCdDeletesApplicationObjects', {
    name: display(cluster.application),
    count: cluster.objects.length,
  });
  const lost = say('move.lostGoodDataEverythingInside');
  const unseen = say('move.whateverChartsRender', { unseen: cluster.unseen ?? '' });
  return [
    t(head),
    ...cluster.objects.map(object => `  ${terminal.style('-', 'red')} ${display(object)}`),
    ...(cluster.unseen === undefined ? [] : [`  ${t(unseen)}`]),
    ...(cluster.lost.length > 0
      ? [terminal.style(`${t(lost)}: ${display(cluster.lost.join(', '))}`, 'red')]
      : []),
    ...(cluster.kept.length > 0
      ? [`${t(say('move.keptDeleteFalse'))}: ${display(cluster.kept.join(', '))}`]
      : []),
  ];
}

/** One that a root brings, and that is deleted without a finalizer, leaves what it made. */
function childLine({ name, becomes }: Moving['cluster']['children'][number]): Text {
  return becomes === undefined
    ? say('move.childGoes', { name: display(name) })
    : say('move.childBecomes', { name: display(name), becomes: display(becomes) });
}

type Screen = Pick<Session, 't' | 'terminal'>;

/** Flux deletes what a Kustomization that prunes no longer builds; a release that goes is uninstalled. */
function fluxLines(
  { stays, leaves, arrives }: FluxEffects,
  { cluster, request }: Pick<Moving, 'cluster' | 'request'>,
  { t, terminal }: Screen,
): string[] {
  const shown = ({ name, file }: Builder): string => display(`${name} (${file})`);
  const { renamed } = request;
  const pruning = leaves.filter(({ prunes }) => prunes);
  const objects = cluster.objects.map(object => `  ${terminal.style('-', 'red')} ${display(object)}`);
  return [
    ...stays.map(own => t(say('move.fluxStillBuilds', { builder: shown(own) }))),
    ...(renamed && stays.some(({ prunes }) => prunes)
      ? [t(say('move.fluxMovesNamespace', { from: renamed.from, to: renamed.to })), ...objects]
      : []),
    ...leaves
      .filter(({ prunes }) => !prunes)
      .map(own => t(say('move.fluxLeavesObjects', { builder: shown(own) }))),
    ...pruning.map(own => terminal.style(t(say('move.fluxPrunes', { builder: shown(own) })), 'red')),
    ...(pruning.length > 0 ? objects : []),
    ...arrives.map(own => t(say('move.fluxBuildsInstead', { builder: shown(own) }))),
    ...(arrives.length > 0 && pruning.length > 0 ? [t(say('move.fluxKeepFirst'))] : []),
    ...[...stays, ...leaves]
      .filter(({ suspended }) => suspended)
      .map(own => t(say('move.fluxSuspended', { builder: shown(own) }))),
    ...(pruning.length > 0 && cluster.kept.length > 0
      ? [`${t(say('move.keptDeleteFalse'))}: ${display(cluster.kept.join(', '))}`]
      : []),
  ];
}

function sealLines({ plan: { broken } }: Moving, { t, terminal }: Session): string[] {
  if (broken.length === 0) return [];
  const head = say('move.theseValuesMustSealedAgain');
  return [
    terminal.style(t(head), 'yellow'),
    ...broken.map(
      ({ namespace, name, scope, keys }) => `  ${namespace}/${name}: ${keys.join(', ')} (${scope})`,
    ),
  ];
}

function mentionLines({ plan: { mentions } }: Moving, { t }: Session): string[] {
  if (mentions.length === 0) return [];
  const more = mentions.length - SHOWN_MENTIONS;
  return [
    t(say('move.linesStillSpeakOldPlace')),
    ...mentions
      .slice(0, SHOWN_MENTIONS)
      .map(({ file, line, text }) => `  ${file}:${line}: ${display(text).slice(0, 120)}`),
    ...(more > 0 ? [`  … ${more}`] : []),
  ];
}

/** Ends a run: what moved, and the next steps. */
export function showMove(moving: Moving, session: Session, files: WrittenTo): void {
  const { terminal, json } = session;
  const end = { next: nextSteps(moving, session, files), command: repeatMove(moving, session) };
  if (json) terminal.data(jsonDocument(1, bodyOf(moving, session, files.root), end));
  else terminal.result([resultLine(moving, session), ...closingLines(session, end)]);
}

function bodyOf(moving: Moving, session: Session, root: string): object {
  const { plan, cluster } = moving;
  const { objects, lost, kept, unseen, flux } = cluster;
  const isDeleted = deletes(moving);
  const { preserved, synced } = cluster;
  return {
    ...places(moving),
    root,
    dryRun: session.dryRun,
    changes: changesJson(plan.changes),
    builds: buildsJson(moving.builds),
    cluster: {
      deletes: isDeleted ? objects : [],
      lost: isDeleted ? lost : [],
      kept: synced && preserved ? objects : kept,
      ...(unseen === undefined ? {} : { unseen: unseen.en }),
      ...(flux ? { flux } : {}),
    },
    reseal: plan.broken,
    mentions: plan.mentions,
  };
}

/** Whether the cluster deletes what the app runs. */
function deletes({ cluster, request }: Moving): boolean {
  const { synced, preserved, follows, flux } = cluster;
  if (!flux) return synced && !preserved && !follows;
  return (
    flux.leaves.some(({ prunes }) => prunes) ||
    (request.renamed !== undefined && flux.stays.some(({ prunes }) => prunes))
  );
}

function resultLine(moving: Moving, session: Session): string {
  const { t, terminal, dryRun } = session;
  const { from, to } = places(moving);
  const done = dryRun ? say('move.wouldMove', { from, to }) : say('move.moved', { from, to });
  const line = terminal.style(t(done), 'green');
  return [line, ...buildLines(moving.builds, session)].join('\n');
}

function nextSteps(moving: Moving, session: Session, files: WrittenTo): NextStep[] {
  const { plan, request, tracked, removed, input, configuration } = moving;
  if (session.dryRun)
    return [{ line: repeatMove({ ...moving, input: withoutSwitch(input, 'dry-run') }, session) }];
  const { from, to } = places(moving);
  const outside = plan.changes.changes
    .filter(({ path, action }) => action !== 'delete' || removed.includes(path))
    .map(({ path }) => path)
    .filter(path => !path.startsWith(`${from}/`) && !path.startsWith(`${to}/`));
  const subject =
    posix.basename(from) === request.to.name
      ? `move to ${request.to.environment}`
      : `rename to ${request.to.name}`;
  const steps = [
    ...plan.broken.map(({ file }) => sealStep(session, configuration, file)),
    ...commitStep(
      files,
      ['--all', ...(tracked ? [from] : []), to, ...outside],
      `chore(${request.app.name}): ${subject}`,
    ),
  ];
  return steps.length === 0 ? [] : [...goThere(session, input, files.root), ...steps];
}

/** Nobody is asked again. */
function repeatMove({ command, input }: Moving, session: Session): string {
  const given = input.given.filter(({ name }) => name !== 'to');
  const isDry = input.switches.has('dry-run');
  const switches = new Set([...input.switches, ...(isDry ? [] : ['yes'])]);
  return repeatLine(session, { words: command, given, switches });
}
