import path from 'node:path';
import type { Configuration } from '../../repository/configuration.ts';
import { diagnoseCertificate, NO_CERTIFICATE } from './certificate-diagnosis.ts';
import { MAX_CERTIFICATE_BYTES } from '../../sealing/certificate.ts';
import type { Diagnosis } from './diagnosis.ts';
import { displayUrl } from '../../text/display.ts';
import { UserError } from '../../errors.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Http } from '../../system/http/http.ts';
import { say } from '../../locales/say.ts';

export type SealingContext = {
  files: RepositoryFiles;
  sealing: Configuration['sealing'];
  now: Date;
  offline: boolean;
  http(url: string): Pick<Http, 'get'>;
};

/** The certificate that the repository names, wherever it is. */
export async function lookAtSealing(context: SealingContext): Promise<Diagnosis[]> {
  const { sealing, now, offline } = context;
  const place = sealing?.certificate;
  if (place === undefined) return [NO_CERTIFICATE];
  const isUrl = /^https?:\/\//.test(place);
  const name = isUrl ? displayUrl(place) : place;
  const base = { topic: 'sealing', subject: name } as const;
  if (isUrl && offline) return [{ ...base, status: 'note', message: say('doctor.notAskedOffline') }];
  try {
    const bytes = isUrl ? await fetchBytes(context, place) : await readBytes(context, place);
    return [diagnoseCertificate({ name, bytes, fingerprint: sealing?.fingerprint }, now)];
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const { message, hint = say('doctor.nameAnotherCertificate') } = error.texts;
    return [{ ...base, status: 'problem', message, hint }];
  }
}

async function fetchBytes({ http }: SealingContext, url: string): Promise<Uint8Array> {
  const { body } = await http(url).get({ url, limit: MAX_CERTIFICATE_BYTES });
  return body;
}

/** Paths of the configuration start at the repository's root. */
async function readBytes({ files }: SealingContext, place: string): Promise<Uint8Array> {
  const bytes = await files.read(path.posix.normalize(place));
  if (bytes !== undefined) return bytes;
  throw new UserError('E_CONFIG', say('doctor.thereNoSuchFile'), {
    hint: say('doctor.fetchCertificateIntoKubesealFetch'),
  });
}
