import path from 'node:path';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { appAround } from '../../repository/model.ts';
import { sealedFiles } from '../../sealing/check-repository.ts';
import type { SealRun } from './open.ts';

/**
 * Refuses to seal where secrets are kept another way and nothing opens a SealedSecret: neither is one there, nor does anybody name
 * a certificate.
 * @throws UserError E_SECRET, saying what fits instead
 */
export function requireSealing({ session, input, gitops }: SealRun): void {
  if (!gitops || namesCertificate(session.env, input, gitops)) return;
  if (sealedFiles(gitops.repository).length > 0) return;
  const learned = gitops.conventions.secrets(folderOf(input.values['into'], gitops));
  const mechanism = learned?.value.mechanism ?? 'sealed';
  if (!learned || mechanism === 'sealed') return;
  const { evidence } = learned;
  const problem = { sops: 'seal.keptBySops', external: 'seal.keptInStore' } as const;
  throw new UserError('E_SECRET', say(problem[mechanism], { evidence }), {
    hint:
      mechanism === 'sops'
        ? say('seal.encryptWithSops', { file: input.values['into'] ?? '<file>' })
        : say('seal.addExternalSecret', { store: learned.value.external.store?.name ?? 'the store' }),
  });
}

function namesCertificate(
  env: SealRun['session']['env'],
  { values, switches }: SealRun['input'],
  { configuration }: GitopsRepository,
): boolean {
  return (
    values['cert'] !== undefined ||
    switches.has('from-cluster') ||
    Boolean(env['SEALED_SECRETS_CERT']) ||
    configuration.sealing?.certificate !== undefined
  );
}

function folderOf(into: string | undefined, { repository }: GitopsRepository): string {
  const file = path.posix.normalize(into ?? '');
  return appAround(repository.apps, file)?.path ?? '';
}
