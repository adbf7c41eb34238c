import type { AppFacts, OddFile } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import type { Text } from '../../../text/language.ts';
import { say } from '../../../locales/say.ts';

const KINDS = {
  link: say('rules.symbolicLink'),
  special: say('rules.noRegularFile'),
  'too-big': say('rules.tooLargeRead'),
  unreadable: say('rules.cannotRead'),
  'lfs-pointer': say('rules.pointerGitLfsNotContent'),
  'not-text': say('rules.noUtf8Text'),
} as const satisfies Record<OddFile['kind'], Text>;

/** Argo CD refuses links that lead out of a repository; slipway follows none. */
export const oddFile: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.appConsistsPlainTextFiles'),
  check: facts => [
    ...facts.oddFiles.filter(odd => isMissed(facts, odd)).map(oddDiagnostic),
    ...valuesFilesThatAreNoMap(facts),
  ],
};

/** A link that no kustomization leads to is for people (a page), or for a chart, and helm follows it: only manifests count. */
function isMissed({ folder, kustomizations }: AppFacts, { file, kind }: OddFile): boolean {
  const isManifest = /\.ya?ml$/.test(file) && !/\/(?:charts|crds|files|templates)\//.test(file);
  if (kind !== 'link' || file === folder || isManifest) return true;
  const paths = kustomizations.flatMap(({ references }) => references.map(({ path }) => path ?? ''));
  return paths.some(path => path === file || path.startsWith(`${file}/`));
}

function oddDiagnostic({ file, kind, detail }: OddFile): Diagnostic {
  return {
    file,
    line: 1,
    column: 1,
    message: say('rules.oddFile', { kinds: KINDS[kind], detail }),
    hint: say('rules.putPlainFilePlace'),
  };
}

/** Helm refuses these, and kustomize may take the chart's defaults instead. */
function valuesFilesThatAreNoMap({ valuesFiles, yaml }: AppFacts): Diagnostic[] {
  return [...valuesFiles].flatMap(file => {
    if (yaml(file)?.holdsMap(0) !== false) return [];
    return [
      {
        file,
        line: 1,
        column: 1,
        message: say('rules.holdsValuesNoMap'),
        hint: say('rules.writeValuesKeyValue'),
      },
    ];
  });
}
