import { display } from '../../text/display.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import type { Unread } from './unread.ts';

/** "0 of 69 charts read: 69 HelmReleases (first: apps/web.yaml:1) are not understood." Undefined where nothing is left. */
export function sayUnread(unread: readonly Unread[], read: number): Text | undefined {
  if (unread.length === 0) return undefined;
  const left = unread.reduce((sum, { count }) => sum + count, 0);
  const kinds = unread.map(each =>
    say('repository.unreadKind', { what: wordsOf(each), first: display(each.first) }),
  );
  return say('repository.chartsRead', { read, all: read + left, left, kinds: joinTexts(kinds, ', ') });
}

function wordsOf({ kind, count }: Unread): Text {
  switch (kind) {
    case 'helmCharts':
      return say('repository.unreadHelmCharts', { count });
    case 'Chart.yaml':
      return say('repository.unreadDependencies', { count });
    case 'fleet.yaml':
    case 'helmfile':
      return say('repository.unreadInFile', { count, kind });
    case 'helm_release':
      return say('repository.unreadTerraform', { count });
    case 'script':
      return say('repository.unreadCommands', { count });
    default:
      return say('repository.unreadObjects', { count, kind });
  }
}
