import { say } from '../../../locales/say.ts';
import { servedVersionsOf } from '../../../repository/served-versions.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import type { AppFacts } from '../facts/app-facts.ts';
import { chartsOnlyObjects } from '../facts/charts-objects.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';

/** The API server answers 404 for a version that the definition of a kind does not serve, and the sync fails. */
export const kindNotServed: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.kindNotServed'),
  check: facts => [
    ...facts.objects
      .filter(({ listed }) => listed)
      .flatMap(object => judge(facts, object, object.at('apiVersion'))),
    ...chartsOnlyObjects(facts).flatMap(({ object, place }) => judge(facts, object, place)),
  ],
};

type Api = { apiVersion: string; kind: string; name: string };

/** A kind that no definition here speaks of may come with the cluster. */
function judge({ served }: AppFacts, object: Api, place: SourceLocation): Diagnostic[] {
  const { apiVersion, kind, name } = object;
  const versions = servedVersionsOf(served, object);
  const [newest] = versions ?? [];
  if (newest === undefined || versions?.includes(apiVersion)) return [];
  const all = versions?.join(', ') ?? '';
  return [
    {
      ...place,
      message: say('rules.versionNotServed', { kind, name, apiVersion, versions: all }),
      hint: say('rules.useServed', { newest }),
    },
  ];
}
