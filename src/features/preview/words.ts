import { say } from '../../locales/say.ts';
import { imageAt, type ImageChange } from '../../render/compare/image-changes.ts';
import type { ObjectName } from '../../render/rendered-changes.ts';
import type { RiskLevel } from '../../render/risks/risk.ts';
import type { Language, Text } from '../../text/language.ts';
import { byPile, countObjects, type Pile, type Preview } from './facts.ts';
import { type Revision, WORK_TREE } from '../../cli/revision.ts';
import type { ValueOwner } from './values-differences.ts';

/** How grave a pile is, in the colours that every view uses. */
export const TONES = {
  failure: 'red',
  decision: 'red',
  caution: 'amber',
  unknown: 'amber',
  change: 'grey',
  routine: 'green',
  unchanged: 'green',
} as const satisfies Record<Pile, 'red' | 'amber' | 'grey' | 'green'>;

export const PILE_WORDS: Record<Pile, Text> = {
  failure: say('preview.pileFailure'),
  decision: say('preview.pileDecision'),
  caution: say('preview.pileCaution'),
  unknown: say('preview.pileUnknown'),
  change: say('preview.pileChange'),
  routine: say('preview.pileRoutine'),
  unchanged: say('preview.pileUnchanged'),
};

export const LEVEL_TONES = { fatal: 'red', high: 'amber', low: 'grey' } as const satisfies Record<
  RiskLevel,
  string
>;

export const OWNER_WORDS: Record<ValueOwner, Text> = {
  ours: say('preview.ownerOurs'),
  default: say('preview.ownerDefault'),
  unknown: say('preview.ownerUnknown'),
};

/** The verdict: a sentence for each pile that has apps, the gravest first; and the pile that gives it its colour. */
export function verdictOf({ apps }: Pick<Preview, 'apps'>): { pile: Pile; sentences: Text[] } {
  const piles = byPile(apps).filter(([pile]) => pile !== 'unchanged');
  const [first] = piles;
  if (!first) return { pile: 'unchanged', sentences: [say('preview.nothing')] };
  return { pile: first[0], sentences: piles.map(([pile, own]) => VERDICTS[pile](own.length)) };
}

/** The whole verdict, as one text. */
export function verdictText(preview: Pick<Preview, 'apps'>): Text {
  const { sentences } = verdictOf(preview);
  return {
    en: sentences.map(({ en }) => en).join(' '),
    'zh-CN': sentences.map(sentence => sentence['zh-CN']).join(''),
  };
}

const VERDICTS: Record<Pile, (apps: number) => Text> = {
  failure: apps => say('preview.verdictFailure', { apps }),
  decision: apps => say('preview.verdictDecision', { apps }),
  caution: apps => say('preview.verdictCaution', { apps }),
  unknown: apps => say('preview.verdictUnknown', { apps }),
  change: apps => say('preview.verdictChange', { apps }),
  routine: apps => say('preview.verdictRoutine', { apps }),
  unchanged: () => say('preview.nothing'),
};

/** How many apps and objects differ. */
export function countsOf({ apps, untouched }: Preview): Text {
  const differing = apps.filter(({ pile }) => pile !== 'unchanged').length;
  return say('preview.counts', { apps: differing, of: apps.length + untouched, ...countObjects(apps) });
}

/** What is compared with what, with the commits. */
export function titleOf({ base, head }: Pick<Preview, 'base' | 'head'>, t: (text: Text) => string): string {
  return t(say('preview.title', { base: revisionName(base, t), head: revisionName(head, t) }));
}

const SHORT = 10;

function revisionName({ name, commit }: Revision, t: (text: Text) => string): string {
  if (name === WORK_TREE) return t(say('preview.workTree'));
  return commit === undefined ? name : `${name} (${commit.slice(0, SHORT)})`;
}

/** `Deployment web`, with the namespace in front of the name where it has one. */
export function objectWords({ kind, name, namespace }: ObjectName): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

const MASK = /••• \((?:(\d+) characters(?:, )?)?(changed)?\)/g;

/** What stands in the place of secrets, in the language of whoever reads it: `•••（12 个字符，有变化）`. */
export function maskWords(text: string, language: Language): string {
  if (language === 'en' || !text.includes('•••')) return text;
  return text.replaceAll(MASK, (_, count?: string, changed?: string) => {
    const words = [
      ...(count === undefined ? [] : [say('preview.maskedLength', { count })]),
      ...(changed === undefined ? [] : [say('preview.maskedChange')]),
    ];
    return `•••（${words.map(word => word[language]).join('，')}）`;
  });
}

/** The image on both sides; undefined where it is absent. */
export function imageSides(image: ImageChange): { before: string | undefined; after: string | undefined } {
  switch (image.kind) {
    case 'tag':
      return { before: imageAt(image.name, image.before), after: imageAt(image.name, image.after) };
    case 'moved':
      return { before: image.before, after: image.after };
    case 'added':
      return { before: undefined, after: image.after };
    case 'removed':
      return { before: image.before, after: undefined };
  }
}
