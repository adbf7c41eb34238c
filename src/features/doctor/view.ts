import { type Diagnosis, isHealthy, subjectOf, TOPICS, type Topic } from './diagnosis.ts';
import type { Text } from '../../text/language.ts';
import type { Session } from '../../cli/context.ts';
import { paint, plainText } from '../../output/spans.ts';
import { wrap } from '../../output/wrap.ts';
import { jsonDocument } from '../../cli/run-end.ts';
import { say } from '../../locales/say.ts';

export type Findings = {
  root: string | undefined;
  diagnoses: readonly Diagnosis[];
  /** The line that runs the same again. */
  command: string;
};

/** English in JSON whatever the language: programs compare it. */
export function showDoctor({ terminal, json, t }: Session, { root, diagnoses, command }: Findings): void {
  if (json) {
    const found = diagnoses.map(({ topic, status, subject, message, hint }) => ({
      topic,
      status,
      subject: subjectOf({ subject }).en,
      message: message.en,
      ...(hint ? { hint: hint.en } : {}),
    }));
    const healthy = isHealthy(diagnoses);
    const unread = diagnoses.flatMap(({ unread: own = [] }) => own);
    const body = { root: root ?? null, healthy, diagnoses: found, unread };
    return terminal.data(jsonDocument(1, body, { command, next: [] }));
  }
  const blocks = TOPICS.flatMap(topic => {
    const own = diagnoses.filter(diagnosis => diagnosis.topic === topic);
    if (own.length === 0) return [];
    return [[terminal.style(t(TITLES[topic]), 'bold'), ...own.flatMap(renderDiagnosis)].join('\n')];
  });
  terminal.result([...blocks, summary()].join('\n\n'));

  function renderDiagnosis({ status, subject, message, hint }: Diagnosis): string[] {
    const { sign, color } = SIGNS[status];
    const spans = [{ text: sign, format: color }, ` ${t(subjectOf({ subject }))}: ${t(message)}`];
    const lines = paint(wrap(plainText(spans), terminal.columns, { hang: '  ' }), spans, terminal.style);
    const next = hint && status !== 'ok' ? wrap(t(hint), terminal.columns - 4) : [];
    return [...lines, ...next.map(line => `    ${line}`)];
  }

  function summary(): string {
    const problems = diagnoses.filter(({ status }) => status === 'problem').length;
    // Of chart repositories a note says that they were not asked.
    const isUnseen = diagnoses.some(
      ({ topic, status, unread = [] }) => unread.length > 0 || (topic === 'charts' && status === 'note'),
    );
    if (problems === 0 && isUnseen) return terminal.style(t(say('doctor.allReadWell')), 'yellow');
    if (problems === 0) return terminal.style(t(say('doctor.allWell')), 'green');
    return terminal.style(t(say('doctor.problems', { problems })), 'red');
  }
}

const SIGNS = {
  ok: { sign: '✓', color: 'green' },
  note: { sign: '!', color: 'yellow' },
  problem: { sign: '✗', color: 'red' },
} as const satisfies Record<Diagnosis['status'], { sign: string; color: 'green' | 'yellow' | 'red' }>;

const TITLES = {
  tools: say('doctor.tools'),
  renderers: say('doctor.renderers'),
  credentials: say('doctor.credentials'),
  repository: say('doctor.repository'),
  charts: say('doctor.chartRepositories'),
  sealing: say('doctor.sealingCertificate'),
  conventions: say('doctor.conventionsTheirEvidence'),
  leftovers: say('doctor.leftoversInterruptedRuns'),
} as const satisfies Record<Topic, Text>;
