import { kindOfRef, parseGitUrl } from '../../../charts/git-url.ts';
import { say } from '../../../locales/say.ts';
import { display } from '../../../text/display.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';

const LISTS = new Set<unknown>(['resources', 'bases', 'components']);

/** What a branch holds is another thing tomorrow, and nobody sees the change in this repository. */
export const remoteRef: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.remoteBaseIsPinned'),
  check: ({ kustomizations }) =>
    kustomizations.flatMap(({ references, at }) =>
      references
        .filter(({ steps }) => LISTS.has(steps[0]))
        .flatMap(({ steps, value }): Diagnostic[] => {
          const git = parseGitUrl(value);
          const kind = git ? kindOfRef(git.ref) : 'other';
          if (!git || kind === 'other' || kind === 'commit') return [];
          const name = display(git.repository);
          const message =
            git.ref === undefined
              ? say('rules.remoteBaseHasNoRef', { name })
              : say('rules.remoteBaseOfBranch', { name, ref: display(git.ref) });
          return [{ ...at(...steps), message, hint: say('rules.nameTagOrCommit') }];
        }),
    ),
};
