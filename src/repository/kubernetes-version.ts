/**
 * A version of Kubernetes as people and their files write it (`1.34`, `v1.34.2`, `v1.34.2+k3s1`), as Helm takes it: `v1.34.2`.
 * Undefined for what is none. A number has lost a zero: 1.3 may have been 1.30.
 */
export function parseKubernetesVersion(value: unknown): string | undefined {
  const [, minor, patch = '0'] =
    (typeof value === 'string' &&
      /^v?1\.(\d{1,3})(?:\.(\d{1,3}))?(?:[-+][0-9A-Za-z.+-]{1,60})?$/.exec(value)) ||
    [];
  return minor === undefined ? undefined : `v1.${minor}.${patch}`;
}
