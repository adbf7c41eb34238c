import { CONFIGURATION_FILE } from '../repository/configuration.ts';
import { editYaml, type YamlEdit } from '../yaml/edit.ts';

/**
 * The repository's configuration with the fingerprint of the certificate in use, and where it is if that is still
 * open; every other byte of the file stays.
 */
export function pinCertificate(
  text: string | undefined,
  pin: { fingerprint: string; certificate: string | undefined },
): string {
  const { fingerprint, certificate } = pin;
  const fields = { ...(certificate === undefined ? {} : { certificate }), fingerprint };
  const edits = Object.entries(fields).map(([key, value]): YamlEdit => ({
    kind: 'put',
    path: ['sealing', key],
    value,
  }));
  return editYaml(text ?? '', CONFIGURATION_FILE, edits);
}
