import { X509Certificate } from 'node:crypto';
import type { Text } from '../language.ts';
import type { Diagnosis } from './diagnosis.ts';

const DAY_MS = 86_400_000;
/** The controller makes a new key every 30 days, and keeps the old ones. */
const OLD_DAYS = 60;
const SOON_DAYS = 30;

const FETCH: Text = {
  en: 'fetch the current one: kubeseal --fetch-cert, or slipway seal --from-cluster',
  'zh-CN': '获取当前证书：kubeseal --fetch-cert，或 slipway seal --from-cluster',
};

export type CertificateFile = {
  /** Where it came from. */
  name: string;
  text: string;
  /** What the repository pins, if it does. */
  fingerprint: string | undefined;
};

/** Judges the certificate that Secrets are sealed with: whether it is one, its validity, its age, and the pin. */
export function diagnoseCertificate({ name, text, fingerprint }: CertificateFile, now: Date): Diagnosis {
  const problem = (message: Text, hint: Text = FETCH): Diagnosis => ({
    topic: 'sealing',
    status: 'problem',
    subject: name,
    message,
    hint,
  });
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return problem(PRIVATE_KEY, ROTATE);
  const certificate = parse(text);
  if (!certificate) return problem({ en: 'holds no certificate', 'zh-CN': '不含证书' });
  const { from, to } = { from: new Date(certificate.validFrom), to: new Date(certificate.validTo) };
  if (to < now) return problem({ en: `expired on ${day(to)}`, 'zh-CN': `已于 ${day(to)} 过期` });
  if (from > now) return problem({ en: `is valid only from ${day(from)}`, 'zh-CN': `${day(from)} 起才有效` });
  if (fingerprint !== undefined && plain(fingerprint) !== plain(certificate.fingerprint256))
    return problem({
      en: `its fingerprint is ${certificate.fingerprint256}, and the repository pins another`,
      'zh-CN': `其指纹为 ${certificate.fingerprint256}，与仓库固定的不同`,
    });
  return diagnoseAge(name, { from, to, now });
}

const PRIVATE_KEY = { en: 'holds a private key', 'zh-CN': '含有私钥' };
const ROTATE = {
  en: 'whoever has it opens every secret: remove it and rotate the key in the cluster',
  'zh-CN': '持有它的人可解密所有 Secret：移除并在集群中轮换密钥',
};

function parse(text: string): X509Certificate | undefined {
  const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(text)?.[0];
  if (block === undefined) return undefined;
  try {
    return new X509Certificate(block);
  } catch (error) {
    // What OpenSSL cannot read is no certificate, whatever its reason.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function diagnoseAge(name: string, { from, to, now }: { from: Date; to: Date; now: Date }): Diagnosis {
  const age = Math.floor((now.getTime() - from.getTime()) / DAY_MS);
  const left = Math.floor((to.getTime() - now.getTime()) / DAY_MS);
  const base = { topic: 'sealing', subject: name } as const;
  const facts = `${age} days old, valid until ${day(to)}`;
  if (left < SOON_DAYS)
    return {
      ...base,
      status: 'note',
      message: { en: `expires in ${left} days, on ${day(to)}`, 'zh-CN': `${left} 天后（${day(to)}）过期` },
      hint: FETCH,
    };
  if (age > OLD_DAYS)
    return {
      ...base,
      status: 'note',
      message: {
        en: `${facts}; the controller makes a new key every 30 days and still opens what this one seals`,
        'zh-CN': `已有 ${age} 天，有效期至 ${day(to)}；控制器每 30 天生成新密钥，旧证书加密的内容仍可解密`,
      },
      hint: FETCH,
    };
  return { ...base, status: 'ok', message: { en: facts, 'zh-CN': `已有 ${age} 天，有效期至 ${day(to)}` } };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(/[^0-9A-Fa-f]/g, '').toUpperCase();
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
