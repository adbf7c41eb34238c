import type { Manifest } from '../../repository/manifest.ts';
import { recordsAt, stringOf } from '../../data/fields.ts';
import { services } from '../../repository/rendered.ts';
import { type App, appManifests, type Repository } from '../../repository/model.ts';

export type LostBackend = { file: string; backend: string };

/** Service ports that an app's own routes lead to, that were rendered before and are not any more. */
export function lostBackends(
  repository: Repository,
  app: App,
  rendered: { before: readonly Manifest[]; after: readonly Manifest[] },
): LostBackend[] {
  const before = portsOf(rendered.before);
  const after = portsOf(rendered.after);
  return appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute/).flatMap(({ file, manifest }) =>
    backendsOf(manifest)
      .filter(backend => before.has(backend) && !after.has(backend))
      .map(backend => ({ file, backend })),
  );
}

function portsOf(manifests: readonly Manifest[]): Set<string> {
  return new Set(
    services(manifests).flatMap(({ name, ports }) => ports.map(({ port }) => `${name}:${port}`)),
  );
}

function backendsOf({ body }: Manifest): string[] {
  return recordsAt(body, ['spec', 'rules']).flatMap(rule =>
    recordsAt(rule, ['backendRefs']).flatMap(({ name, port }) => {
      const service = stringOf(name);
      return service !== undefined && typeof port === 'number' ? [`${service}:${port}`] : [];
    }),
  );
}
