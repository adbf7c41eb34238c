import path from 'node:path';
import type { Configuration } from '../../domain/configuration.ts';
import { diagnoseCertificate, NO_CERTIFICATE } from '../../domain/doctor/certificate-diagnosis.ts';
import type { Diagnosis } from '../../domain/doctor/diagnosis.ts';
import { same } from '../../domain/language.ts';
import { displayUrl } from '../../display.ts';
import { UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../io/files.ts';
import type { Http } from '../../io/http.ts';

export type SealingContext = {
  files: RepositoryFiles;
  sealing: Configuration['sealing'];
  now: Date;
  offline: boolean;
  http(url: string): Pick<Http, 'get'>;
};

const MAX_CERTIFICATE_BYTES = 64 * 1024;

/** The certificate that the repository names, wherever it is. */
export async function lookAtSealing(context: SealingContext): Promise<Diagnosis[]> {
  const { sealing, now, offline } = context;
  const place = sealing?.certificate;
  if (place === undefined) return [NO_CERTIFICATE];
  const isUrl = /^https?:\/\//.test(place);
  const name = isUrl ? displayUrl(place) : place;
  const base = { topic: 'sealing', subject: name } as const;
  if (isUrl && offline)
    return [
      { ...base, status: 'note', message: { en: 'not asked (--offline)', 'zh-CN': '未询问（--offline）' } },
    ];
  try {
    const text = isUrl ? await fetchText(context, place) : await readText(context, place);
    return [diagnoseCertificate({ name, text, fingerprint: sealing?.fingerprint }, now)];
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const hint = error.hint ?? 'Name another in .slipway/config.yaml.';
    return [{ ...base, status: 'problem', message: same(error.message), hint: same(hint) }];
  }
}

async function fetchText({ http }: SealingContext, url: string): Promise<string> {
  const { body } = await http(url).get({ url, limit: MAX_CERTIFICATE_BYTES });
  return body.toString('latin1');
}

/** Paths of the configuration start at the repository's root. */
async function readText({ files }: SealingContext, place: string): Promise<string> {
  const bytes = await files.read(path.posix.normalize(place));
  if (bytes !== undefined) return bytes.toString('latin1');
  throw new UserError('E_CONFIG', 'there is no such file', {
    hint: 'Fetch the certificate into it: kubeseal --fetch-cert, or name another in .slipway/config.yaml.',
  });
}
