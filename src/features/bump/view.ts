import { type ChangeSet, changesJson } from '../../change-set.ts';
import type { Session } from '../../cli/context.ts';
import { commitStep, goThere, type NextStep, withoutSwitch } from '../../cli/next-steps.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import type { UsingApp } from '../../deliveries/chart-use.ts';
import { versionText } from '../../deliveries/images/image-place.ts';
import { type ImageVersion, lastPartOf } from '../../repository/image.ts';
import { say } from '../../locales/say.ts';
import { display, inCommit } from '../../text/display.ts';
import { maskedChange } from '../../render/compare/masks.ts';
import type { BumpInput } from './flags.ts';
import type { BumpedImage } from './plan-bump.ts';

/** What a run did. */
export type ShownBump = {
  app: UsingApp;
  images: readonly BumpedImage[];
  changes: ChangeSet;
  committed: boolean;
  input: BumpInput;
  isInGit: boolean;
  root: string;
};

/** What the commit is called. */
export function bumpSubject({ app, images }: Pick<ShownBump, 'app' | 'images'>): string {
  const moved = images
    .filter(({ status }) => status === 'bumped')
    .map(
      ({ name, to }) => `${inCommit(lastPartOf(name))} ${inCommit(to.tag ?? (to.digest ?? '').slice(0, 19))}`,
    );
  const place = app.environment === '' || app.environment === '.' ? '' : ` in ${inCommit(app.environment)}`;
  return `chore(${inCommit(app.name)}): image ${moved.join(', ')}${place}`;
}

/** Ends a run: what decides now, what that changed in what is rendered, and what follows. */
export function showBump(bump: ShownBump, session: Session): void {
  const { terminal, json } = session;
  const command = sameAgain(session, 'bump', bump.input);
  const end = { notes: bump.images.flatMap(({ notes }) => notes), next: nextSteps(bump, session), command };
  if (json) terminal.data(jsonDocument(1, bodyOf(bump, session), end));
  else
    terminal.result([
      ...bump.images.flatMap(image => imageLines(image, session)),
      ...closingLines(session, { next: end.next }),
    ]);
}

function bodyOf({ app, images, changes, committed, root }: ShownBump, { dryRun }: Session): object {
  return {
    app: app.path,
    root,
    dryRun,
    committed,
    images: images.map(({ name, from, to, status, places, proof }) => ({
      name,
      from: versionJson(from),
      to: versionJson(to),
      status,
      places,
      proof:
        proof.status === 'rendered'
          ? { status: proof.status, changed: proof.changed.map(changeJson), also: proof.also.map(changeJson) }
          : { status: proof.status, reason: proof.reason.en },
    })),
    changes: changesJson(changes),
  };
}

function versionJson(version: ImageVersion | undefined): object {
  return { ...(version?.tag && { tag: version.tag }), ...(version?.digest && { digest: version.digest }) };
}

type Changed = Extract<BumpedImage['proof'], { status: 'rendered' }>['changed'][number];

function changeJson({ object, field }: Changed): object {
  return { ...object, ...(field && { field: maskedChange(field, object.kind) }) };
}

function imageLines(
  { name, from, to, status, places, proof, notes }: BumpedImage,
  session: Session,
): string[] {
  const { t, terminal, dryRun } = session;
  const image = display(name);
  const [old, fresh] = [display(shortOf(from)), display(shortOf(to))];
  const files = places.map(({ file }) => display(file)).join(', ');
  const done = dryRun
    ? say('bump.wouldBump', { image, old, fresh, files })
    : say('bump.bumped', { image, old, fresh, files });
  const head = status === 'same' ? t(say('bump.same', { image, fresh })) : terminal.style(t(done), 'green');
  const proved =
    proof.status === 'rendered'
      ? say(proof.also.length > 0 ? 'bump.provedMore' : 'bump.proved', { count: proof.changed.length })
      : say('bump.notProved', { reason: proof.reason });
  const tone = proof.status === 'rendered' ? 'dim' : 'yellow';
  return [
    head,
    ...(status === 'same' ? [] : [`  ${terminal.style(t(proved), tone)}`]),
    ...notes.map(note => `  ${terminal.style(t(say('cli.note', { text: note })), 'yellow')}`),
  ];
}

function shortOf(version: ImageVersion | undefined): string {
  return version === undefined ? '–' : versionText(version).replace(/^:/, '') || '–';
}

function nextSteps(bump: ShownBump, session: Session): NextStep[] {
  const { changes, committed, input, isInGit, root } = bump;
  if (changes.changes.length === 0) return [];
  if (session.dryRun) return [{ line: sameAgain(session, 'bump', withoutSwitch(input, 'dry-run')) }];
  if (committed) return [];
  const paths = changes.changes.map(({ path }) => path);
  const steps = commitStep({ isInGit }, paths, bumpSubject(bump));
  return steps.length === 0 ? [] : [...goThere(session, input, root), ...steps];
}
