import type { Text } from '../../text/language.ts';
import { UserError } from '../../errors.ts';
import { display } from '../../text/display.ts';
import {
  parseSealingCertificate,
  requirePinned,
  type SealingCertificate,
} from '../../sealing/certificate.ts';
import type { Diagnosis } from './diagnosis.ts';
import { say } from '../../locales/say.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

const FETCH = say('doctor.fetchCurrentOneKubesealFetch');

export type CertificateFile = {
  /** Where it came from. */
  name: string;
  bytes: Uint8Array;
  /** What the repository pins, if it does. */
  fingerprint: string | undefined;
};

/** Judges the certificate that Secrets are sealed with, as seal will: its validity, its age, and the pin. */
export function diagnoseCertificate({ name, bytes, fingerprint }: CertificateFile, now: Date): Diagnosis {
  try {
    const certificate = parseSealingCertificate(bytes, name, now);
    requirePinned(certificate, fingerprint, undefined);
    return describeAge(name, certificate, now);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint = FETCH } = error.texts;
    return {
      topic: 'sealing',
      status: 'problem',
      subject: name,
      message: withoutSubject(message, `${display(name)} `),
      hint,
    };
  }
}

function describeAge(name: string, { notAfter, ageDays, notes }: SealingCertificate, now: Date): Diagnosis {
  const base = { topic: 'sealing', subject: name } as const;
  const left = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  const until = notAfter.toISOString().slice(0, 10);
  if (left < SOON_DAYS)
    return {
      ...base,
      status: 'note',
      message: say('doctor.expiresDays', { left, until }),
      hint: FETCH,
    };
  const [note] = notes;
  if (note) return { ...base, status: 'note', message: note, hint: FETCH };
  return {
    ...base,
    status: 'ok',
    message: say('doctor.daysOldValidUntil', { ageDays, until }),
  };
}

/** Where no certificate is configured. */
export const NO_CERTIFICATE: Diagnosis = {
  topic: 'sealing',
  status: 'note',
  subject: 'sealing.certificate',
  message: say('doctor.notConfigured'),
  hint: say('doctor.slipwaySealThenNeedsCert'),
};

/** The report names the file already. */
function withoutSubject({ en, 'zh-CN': zh }: Text, prefix: string): Text {
  const cut = (text: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text);
  return { en: cut(en), 'zh-CN': cut(zh) };
}
