import path from 'node:path';
import {
  checkSealedFile,
  filesWithSealedSecrets,
  sealedFiles,
  type SealFinding,
} from '../../sealing/check-repository.ts';
import { parseSealedSecrets } from '../../sealing/sealed-secret.ts';
import { display } from '../../text/display.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { SealInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { openSeal, openSealingCertificate, type SealRun } from './open.ts';
import { sameAgain } from '../../cli/repeat-line.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';
import { slashedPath } from '../../data/slashed-path.ts';

/** seal --check: well-formed or not. Whether the cluster can open it only the cluster knows. */
export async function runSealCheck(start: Session, input: SealInput): Promise<number> {
  const run = await openSeal(start, input, 'read');
  if (!run.gitops) throw new UserError('E_USAGE', say('seal.checkStdoutDoNotGo'));
  const { gitops } = run;
  const files = input.positionals.length > 0 ? namedFiles(run, gitops) : sealedFiles(gitops.repository);
  const keyBytes = await pinnedKeyBytes(run, gitops);
  const findings = files.flatMap(file => checkSealedFile(gitops.repository, file, keyBytes));
  const elsewhere =
    input.positionals.length > 0
      ? []
      : filesWithSealedSecrets(gitops.repository).filter(file => !files.includes(file));
  const checked = files.flatMap(file =>
    parseSealedSecrets(gitops.repository.text.get(file) ?? '', file),
  ).length;
  show(run, findings, { checked, elsewhere, keySizeCompared: keyBytes !== undefined });
  return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.done;
}

function namedFiles({ session, input }: SealRun, { files, repository }: GitopsRepository): string[] {
  return input.positionals.map(given => {
    const here = slashedPath(files.root, path.resolve(session.cwd, given));
    const found = [here, path.posix.normalize(given)].find(file => repository.text.has(file));
    if (found !== undefined) return found;
    throw new UserError('E_VALUE', say('seal.noYamlFileRepository', { given }), { subject: given });
  });
}

/** The certificate is an addition here: without a local one, its key's size is not compared. */
async function pinnedKeyBytes(
  { session, input }: SealRun,
  gitops: GitopsRepository,
): Promise<number | undefined> {
  const place = input.values['cert'] ?? gitops.configuration.sealing?.certificate;
  if (place === undefined || place.includes('://')) return undefined;
  const { certificate } = await openSealingCertificate(session, input, gitops);
  return certificate.keyBytes;
}

type Looked = {
  checked: number;
  /** Files with SealedSecrets that belong to no app. */
  elsewhere: readonly string[];
  keySizeCompared: boolean;
};

function show({ session, input }: SealRun, findings: readonly SealFinding[], looked: Looked): void {
  const { terminal, json, t } = session;
  const { checked, elsewhere, keySizeCompared } = looked;
  const count = (severity: SealFinding['severity']): number =>
    findings.filter(finding => finding.severity === severity).length;
  const summary = { checked, errors: count('error'), warnings: count('warning'), notes: count('note') };
  if (json) {
    const counted = { ...summary, notChecked: elsewhere.length, keySizeCompared };
    const end = { command: sameAgain(session, 'seal', input), next: [] };
    return terminal.data(jsonDocument(1, { findings: findings.map(findingJson), summary: counted }, end));
  }
  const colors = { error: 'red', warning: 'yellow', note: 'dim' } as const;
  const lines = findings.flatMap(({ severity, code, file, line, message, hint }) => [
    `${file}:${line}: ${terminal.style(`${severity}[${code}]`, colors[severity])} ${message}`,
    `  ${hint}`,
  ]);
  const wellFormed = say('seal.sealedsecretsErrorsWellFormedWhether', {
    checked,
    errors: summary.errors,
    value: summary.errors > 0 ? 'not all are' : 'all are',
    value2: summary.errors > 0 ? '并非全部' : '全部',
  });
  const unseen = [
    ...(elsewhere.length > 0
      ? [say('seal.filesOfNoApp', { count: elsewhere.length, first: display(elsewhere[0] ?? '') })]
      : []),
    ...(checked > 0 && !keySizeCompared ? [say('seal.keySizeNotCompared')] : []),
  ];
  const judged = checked === 0 ? say('seal.nothingChecked') : wellFormed;
  terminal.result([...lines, ...[judged, ...unseen].map(text => t(text))].join('\n'));
}

function findingJson({ code, severity, file, line, message, hint }: SealFinding) {
  return { code, severity, file, line, column: 1, message, hint, fixable: false };
}
