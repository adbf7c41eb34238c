import path from 'node:path';
import type { Configuration } from '../repository/configuration.ts';
import {
  MAX_CERTIFICATE_BYTES,
  parseSealingCertificate,
  requirePinned,
  type SealingCertificate,
} from './certificate.ts';
import { displayUrl } from '../text/display.ts';
import { UserError } from '../errors.ts';
import type { Http } from '../system/http/http.ts';
import { readInputFile } from '../system/files/input-file.ts';
import { type Controller, fetchClusterCertificate } from '../system/tools/kubectl.ts';
import { say } from '../locales/say.ts';
import { isBelow, slashedPath } from '../data/slashed-path.ts';

export type CertificateRequest = {
  /** `--cert`: a file or an https URL. */
  given: string | undefined;
  /** `--from-cluster` */
  controller: Controller | undefined;
  /** `--trust-new-cert` */
  trusted: string | undefined;
  sealing: Configuration['sealing'];
  /** The repository's root, where paths of its configuration start. */
  root: string | undefined;
};

export type CertificateContext = {
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  cwd: string;
  now: Date;
  /** Opened only for a URL. */
  http(url: string): Promise<Pick<Http, 'get'>>;
};

export type OpenedCertificate = {
  certificate: SealingCertificate;
  /** Where it came from, as a person calls it. */
  from: string;
  /** What the repository should write down: nothing if it pins this one already. */
  pin: { fingerprint: string; certificate: string | undefined } | undefined;
};

/**
 * Gets and judges the sealing certificate: `--cert`, the cluster, SEALED_SECRETS_CERT, then the repository's configuration.
 * @throws UserError E_NO_CERT, E_CERT*, E_CERT_CHANGED
 */
export async function openCertificate(
  context: CertificateContext,
  request: CertificateRequest,
): Promise<OpenedCertificate> {
  const { bytes, from, place } = await fetchCertificate(context, request);
  const certificate = parseSealingCertificate(bytes, from, context.now);
  const { sealing, trusted } = request;
  requirePinned(certificate, sealing?.fingerprint, trusted);
  const isPinned = sealing?.fingerprint !== undefined && trusted === undefined;
  const known = sealing?.certificate ?? place;
  return {
    certificate,
    from,
    pin: isPinned
      ? undefined
      : { fingerprint: certificate.fingerprint, certificate: sealing?.certificate ? undefined : known },
  };
}

type Fetched = {
  bytes: Buffer;
  from: string;
  /** How the repository may name it: a URL, or a path in it. */
  place: string | undefined;
};

async function fetchCertificate(context: CertificateContext, request: CertificateRequest): Promise<Fetched> {
  const { given, controller, sealing, root } = request;
  const { env, signal, cwd } = context;
  if (given !== undefined) return readPlace(context, given, { base: cwd, root });
  if (controller) {
    const from = `the cluster (${controller.namespace}/${controller.name})`;
    return { bytes: await fetchClusterCertificate(controller, { env, signal }), from, place: undefined };
  }
  const fromEnv = env['SEALED_SECRETS_CERT'];
  if (fromEnv) return readPlace(context, fromEnv, { base: cwd, root });
  if (sealing?.certificate) return readPlace(context, sealing.certificate, { base: root ?? cwd, root });
  throw new UserError('E_NO_CERT', say('sealing.thereNoCertificateSeal'), {
    hint: say('sealing.giveCertFileHttpsFrom'),
  });
}

async function readPlace(
  context: CertificateContext,
  place: string,
  { base, root }: { base: string; root: string | undefined },
): Promise<Fetched> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return fetchUrl(context, place);
  const file = path.resolve(base, place);
  const bytes = await readInputFile({
    path: file,
    name: `the certificate ${place}`,
    maxBytes: MAX_CERTIFICATE_BYTES,
  });
  const isOwn = root !== undefined && isBelow(root, file);
  return { bytes, from: place, place: isOwn ? slashedPath(root, file) : undefined };
}

async function fetchUrl({ http }: CertificateContext, url: string): Promise<Fetched> {
  const from = displayUrl(url);
  if (!URL.canParse(url))
    throw new UserError('E_CERT', say('sealing.cannotReadUrl', { from }), {
      hint: say('sealing.giveHttpsUrlFile'),
    });
  if (!url.startsWith('https://'))
    throw new UserError('E_CERT', say('sealing.noHttpsUrlSoAnybody', { from }), {
      hint: say('sealing.giveHttpsUrlFile'),
    });
  // Nobody else may answer for the host that a person named.
  const { get } = await http(url);
  const { body } = await get({ url, limit: MAX_CERTIFICATE_BYTES, redirects: 0 });
  const { username, search } = new URL(url);
  return { bytes: body, from, place: username === '' && search === '' ? url : undefined };
}
