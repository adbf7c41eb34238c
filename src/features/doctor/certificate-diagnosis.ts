import { UserError } from '../../errors.ts';
import { display } from '../../text/display.ts';
import { untranslated } from '../../text/language.ts';
import {
  parseSealingCertificate,
  requirePinned,
  type SealingCertificate,
} from '../../sealing/certificate.ts';
import type { Diagnosis } from './diagnosis.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

const FETCH = {
  en: 'fetch the current one: kubeseal --fetch-cert, or slipway seal --from-cluster',
  'zh-CN': '获取当前证书：kubeseal --fetch-cert，或 slipway seal --from-cluster',
};

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
    const prefix = `${display(name)} `;
    const said = error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
    const hint = error.hint === undefined ? FETCH : untranslated(error.hint);
    return { topic: 'sealing', status: 'problem', subject: name, message: untranslated(said), hint };
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
      message: { en: `expires in ${left} days, on ${until}`, 'zh-CN': `${left} 天后（${until}）过期` },
      hint: FETCH,
    };
  const [note] = notes;
  if (note) return { ...base, status: 'note', message: note, hint: FETCH };
  return {
    ...base,
    status: 'ok',
    message: {
      en: `${ageDays} days old, valid until ${until}`,
      'zh-CN': `已有 ${ageDays} 天，有效期至 ${until}`,
    },
  };
}

/** Where no certificate is configured. */
export const NO_CERTIFICATE: Diagnosis = {
  topic: 'sealing',
  status: 'note',
  subject: 'sealing.certificate',
  message: { en: 'not configured', 'zh-CN': '未配置' },
  hint: {
    en: 'slipway seal then needs --cert or --from-cluster; name the file in .slipway/config.yaml',
    'zh-CN': 'slipway seal 需要 --cert 或 --from-cluster；可在 .slipway/config.yaml 中写明证书文件',
  },
};
