import { type ChangeSet, changesJson } from '../../change-set.ts';
import { CONFIGURATION_FILE } from '../../repository/configuration.ts';
import type { Text } from '../../text/language.ts';
import type { Session } from '../../cli/context.ts';
import type { OpenedCertificate } from '../../sealing/open-certificate.ts';
import type { Sealed } from '../../sealing/plan-seal.ts';
import { repeatLine } from '../../cli/repeat-line.ts';
import { commandLine } from '../../cli/command-line.ts';
import type { SealRun } from './open.ts';
import { renderTree } from '../../output/preview.ts';
import { closingLines, jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';

export type SealOutcome = {
  root: string;
  opened: OpenedCertificate;
  sealed: readonly Sealed[];
  changes: ChangeSet;
  notes: readonly Text[];
};

/** Ends a run: what was sealed with which certificate, the next step, and the line that repeats it. */
export function showSeal(run: SealRun, outcome: SealOutcome): void {
  const { session } = run;
  const { changes, sealed, notes } = outcome;
  const end = { notes, next: nextSteps(changes, sealed), command: repeatSeal(run) };
  if (session.json) session.terminal.result(jsonDocument(1, bodyOf(run, outcome), end));
  else session.terminal.result([...resultLines(run, outcome), ...closingLines(session, end)].join('\n'));
}

function bodyOf(run: SealRun, { root, opened, sealed, changes }: SealOutcome): object {
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
  const { terminal, t } = session;
  return [
    ...(prompts ? [] : [...renderTree(changes, terminal), '']),
    ...certificateLines(session, opened),
    ...sealed.map(one => terminal.style(t(sealedText(one, session.dryRun)), 'green')),
  ];
}

function certificateLines({ t }: Session, { certificate, from, pin }: OpenedCertificate): string[] {
  const until = certificate.notAfter.toISOString().slice(0, 10);
  const pinned = pin ? say('seal.nowPinned', { configuration_file: CONFIGURATION_FILE }) : say('seal.pinned');
  const age = say('seal.daysOld', { ageDays: certificate.ageDays });
  const valid = say('seal.validUntil', { until });
  return [
    `${t(say('seal.certificate'))}: ${from}, ${t(valid)}, ${t(age)}, ${t(pinned)}`,
    `  SHA-256 ${certificate.fingerprint}`,
  ];
}

function sealedText({ namespace, name, scope, keys }: Sealed, dryRun: boolean): Text {
  const what = `${namespace === '' ? '' : `${namespace}/`}${name}: ${keys.join(', ')} (${scope})`;
  return dryRun ? say('seal.wouldSeal', { what }) : say('seal.sealed', { what });
}

function nextSteps({ changes }: ChangeSet, sealed: readonly Sealed[]): Text[] {
  const waiting = sealed.filter(({ open }) => open.length > 0);
  const fill = waiting.map(({ file, open }): Text => {
    const command = commandLine(['slipway', 'seal', '--into', file]);
    const keys = open.join(', ');
    return say('seal.waitsSoNotListedUnder', { command, keys });
  });
  const paths = changes.map(({ path }) => path);
  const names = [...new Set(sealed.map(({ name }) => name))].join(', ');
  const subject = `feat(${sealed[0]?.namespace || 'secrets'}): seal ${names}`;
  const commit = commandLine(['git', 'add', ...paths]) + ` && git commit -m "${subject}"`;
  return [...fill, ...(paths.length > 0 ? [{ en: commit, 'zh-CN': commit }] : [])];
}

/** The flags as given: no value is among them. What was answered at prompts is asked again. */
function repeatSeal({ input }: SealRun): string {
  return repeatLine(['seal', ...input.positionals], input, {
    switches: ['from-cluster', 'trim-newline', 'allow-empty'],
  });
}
