import path from 'node:path';
import { type ChangeSet, changesJson } from '../../change-set.ts';
import { CONFIGURATION_FILE } from '../../repository/configuration.ts';
import type { Text } from '../../text/language.ts';
import type { Session } from '../../cli/context.ts';
import type { OpenedCertificate } from '../../sealing/open-certificate.ts';
import type { Sealed } from '../../sealing/plan-seal.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { flagWords, slipwayLine } from '../../cli/command-line.ts';
import type { GivenFlag } from '../../cli/flags.ts';
import { commitStep, goThere, type NextStep, withoutSwitch, type WrittenTo } from '../../cli/next-steps.ts';
import type { SealRun } from './open.ts';
import { renderTree } from '../../output/preview.ts';
import { wrap } from '../../output/wrap.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';

export type SealOutcome = {
  files: WrittenTo;
  opened: OpenedCertificate;
  sealed: readonly Sealed[];
  changes: ChangeSet;
  notes: readonly Text[];
};

/** Ends a run: what was sealed with which certificate, the next step, and the line that repeats it. */
export function showSeal(run: SealRun, outcome: SealOutcome): void {
  const { session } = run;
  const end = { notes: outcome.notes, next: nextSteps(run, outcome), command: repeatSeal(run) };
  if (session.json) session.terminal.data(jsonDocument(1, bodyOf(run, outcome), end));
  else session.terminal.result([...resultLines(run, outcome), ...closingLines(session, end)]);
}

function bodyOf(run: SealRun, { files: { root }, opened, sealed, changes }: SealOutcome): object {
  const { certificate, from, pin } = opened;
  return {
    root,
    dryRun: run.session.dryRun,
    sealed,
    certificate: {
      from,
      fingerprint: certificate.fingerprint,
      notAfter: certificate.notAfter.toISOString(),
      ageDays: certificate.ageDays,
      pinned: pin ? 'now' : 'already',
    },
    changes: changesJson(changes),
  };
}

function resultLines({ session, prompts }: SealRun, { changes, sealed, opened }: SealOutcome): string[] {
  const { terminal } = session;
  return [
    ...(prompts ? [] : [...renderTree(changes, terminal), '']),
    ...certificateLines(session, opened),
    ...sealed.map(one => sealedLine(session, one)),
  ];
}

function certificateLines({ t, terminal }: Session, { certificate, from, pin }: OpenedCertificate): string[] {
  const until = certificate.notAfter.toISOString().slice(0, 10);
  const pinned = pin ? say('seal.nowPinned', { configuration_file: CONFIGURATION_FILE }) : say('seal.pinned');
  const age = say('seal.daysOld', { ageDays: certificate.ageDays });
  const valid = say('seal.validUntil', { until });
  const { columns } = terminal;
  const about = `${t(say('seal.certificate'))}: ${from}, ${t(valid)}, ${t(age)}, ${t(pinned)}`;
  return [...wrap(about, columns, { hang: '  ' }), ...fingerprintLines(certificate.fingerprint, columns)];
}

/** Whole where there is room, so that it can be compared as it is; else in lines of whole bytes. */
function fingerprintLines(fingerprint: string, columns: number): string[] {
  const whole = `  SHA-256 ${fingerprint}`;
  if (whole.length <= columns) return [whole];
  const bytes = Math.max(1, Math.floor((columns - 4) / 3));
  const parts = fingerprint.match(new RegExp(`(?:[0-9A-F]{2}:?){1,${bytes}}`, 'g')) ?? [];
  return ['  SHA-256', ...parts.map(part => `    ${part}`)];
}

function sealedLine({ t, terminal, dryRun }: Session, sealed: Sealed): string {
  return terminal.style(t(sealedText(sealed, dryRun)), 'green');
}

function sealedText({ namespace, name, scope, keys }: Sealed, dryRun: boolean): Text {
  const what = `${namespace === '' ? '' : `${namespace}/`}${name}: ${keys.join(', ')} (${scope})`;
  return dryRun ? say('seal.wouldSeal', { what }) : say('seal.sealed', { what });
}

function nextSteps(run: SealRun, { files, sealed, changes: { changes } }: SealOutcome): NextStep[] {
  const { session, input } = run;
  if (session.dryRun && changes.length > 0)
    return [{ line: repeatSeal({ ...run, input: withoutSwitch(input, 'dry-run') }) }];
  const fill = sealed.filter(({ open }) => open.length > 0).map(one => fillStep(run, one));
  const names = [...new Set(sealed.map(({ name }) => name))].join(', ');
  const commit = commitStep(
    files,
    changes.map(({ path: file }) => file),
    `feat(${sealed[0]?.namespace || 'secrets'}): seal ${names}`,
  );
  const steps = [...fill, ...commit];
  return steps.length === 0 ? [] : [...goThere(session, input, files.root), ...steps];
}

/** The certificate is named again: this run may have taken one that the repository does not name. */
function fillStep({ session, input }: SealRun, { file, open }: Sealed): NextStep {
  const certificate = input.given.filter(({ name }) => name === 'cert' || name === 'controller');
  const words = ['seal', '--into', file, ...certificate.flatMap(flag => flagWords(absolute(session, flag)))];
  return {
    text: say('seal.waitsSoNotListedUnder', { keys: open.join(', ') }),
    line: slipwayLine(session, [...words, ...(input.switches.has('from-cluster') ? ['--from-cluster'] : [])]),
  };
}

/** A certificate's file as it is found from any folder. */
function absolute({ cwd }: Session, { name, value }: GivenFlag): GivenFlag {
  return name === 'cert' && !URL.canParse(value)
    ? { name, value: path.resolve(cwd, value) }
    : { name, value };
}

/** The flags as given: no value is among them. What was answered at prompts is asked again. */
function repeatSeal({ session, input }: SealRun): string {
  return sameAgain(session, 'seal', input);
}
