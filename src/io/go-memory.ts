/**
 * helm and kustomize live for tenths of a second, a good part of which goes into collecting garbage: they may hold more of it,
 * up to a limit. What the user set stands. https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export function withGoMemory(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return { GOGC: '400', GOMEMLIMIT: '256MiB', ...env };
}
