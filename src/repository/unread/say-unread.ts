import { display } from '../../text/display.ts';
import { joinTexts, type Text } from '../../text/language.ts';
import { say } from '../../locales/say.ts';
import type { ChartPlaceKind } from './chart-places.ts';
import { HELM_TEMPLATE, type Unread } from './unread.ts';

/** "0 of 69 charts read: 69 HelmReleases (first: apps/web.yaml:1) are not understood." Undefined where nothing is left. */
export function sayUnread(unread: readonly Unread[], read: number): Text | undefined {
  if (unread.length === 0) return undefined;
  const left = unread.reduce((sum, { count }) => sum + count, 0);
  const kinds = unread.map(each =>
    say('repository.unreadKind', { what: wordsOf(each), first: display(each.first) }),
  );
  return say('repository.chartsRead', { read, all: read + left, left, kinds: joinTexts(kinds, ', ') });
}

/** "69 HelmReleases are not understood", of one kind. */
export function sayUnreadKind(unread: Unread): Text {
  return say('repository.kindNotUnderstood', { what: wordsOf(unread), count: unread.count });
}

function wordsOf({ kind, source, count }: Unread): Text {
  if (source === HELM_TEMPLATE) return say('repository.unreadInTemplate', { count, kind });
  if (source !== undefined) return say('repository.unreadOfSource', { count, kind, source });
  const words = WORDS[kind];
  return words ? words(count) : say('repository.unreadObjects', { count, kind });
}

/** What is no kind of object. */
const WORDS: Partial<Record<ChartPlaceKind, (count: number) => Text>> = {
  helmCharts: count => say('repository.unreadHelmCharts', { count }),
  'Chart.yaml': count => say('repository.unreadDependencies', { count }),
  'fleet.yaml': count => say('repository.unreadInFile', { count, kind: 'fleet.yaml' }),
  helmfile: count => say('repository.unreadInFile', { count, kind: 'helmfile' }),
  helm_release: count => say('repository.unreadTerraform', { count }),
  unreadable: count => say('repository.unreadFiles', { count }),
  script: count => say('repository.unreadCommands', { count }),
};
