import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Text } from '../../text/language.ts';
import { matchesText } from '../../values/answer-patterns.ts';
import { readAnswerMap } from '../../values/read-answers.ts';
import type { Danger } from './dangers.ts';
import type { FieldOf, ReadApp, Settings, ConvertTarget } from './model.ts';

/** What a person has to accept before it is written. */
export type ConversionDecision = { id: string; why: Text; remedy: Text | undefined; accepted: boolean };

/** What each delivery can say. */
const SAYS: Record<ConvertTarget, readonly (keyof Settings)[]> = {
  kustomize: ['crds', 'hooks', 'tests', 'kubeVersion', 'apiVersions'],
  flux: ['crds', 'hooks', 'tests', 'skipsSchema', 'createsNamespace'],
  argo: ['crds', 'kubeVersion', 'apiVersions', 'skipsSchema', 'createsNamespace'],
};

/** The fields that the new delivery cannot say, each once. */
function lossesOf({ said, others, settings }: ReadApp, target: ConvertTarget): FieldOf[] {
  const unsaid = said.filter(({ setting }) => !SAYS[target].includes(setting) && isSet(settings, setting));
  return [...unsaid, ...others];
}

/** A setting that says what is so anyway is none to lose. */
function isSet(settings: Settings, setting: keyof Settings): boolean {
  const value = settings[setting];
  if (setting === 'hooks') return value === false;
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** Every decision of a run; what the words accept, by id or by a pattern of one, is decided. */
export function decisionsOf(
  app: ReadApp,
  {
    target,
    dangers,
    hooks,
    accepted,
  }: {
    target: ConvertTarget;
    dangers: readonly Danger[];
    hooks: readonly string[];
    accepted: readonly string[];
  },
): ConversionDecision[] {
  const open: Omit<ConversionDecision, 'accepted'>[] = [
    ...lossesOf(app, target).map(field => ({
      id: `lost:${field.object}:${field.path}`,
      why: say('convert.lost', {
        path: display(field.path),
        object: display(field.object),
        file: display(field.file),
      }),
      remedy: undefined,
    })),
    ...hooks.map(hook => ({
      id: `hook:${hook}`,
      why: say(target === 'flux' ? 'convert.hookByHelm' : 'convert.hookByArgo', { hook: display(hook) }),
      remedy: undefined,
    })),
    ...dangers
      .filter(({ level }) => level === 'fatal')
      .map(({ id, fact, remedy }) => ({ id, why: fact, remedy })),
  ];
  const once = new Map(open.map(each => [each.id, each]));
  return [...once.values()].map(each => ({
    ...each,
    accepted: accepted.some(word => word === each.id || matchesText(word, each.id)),
  }));
}

/**
 * What `--accept` names and what a file answers with `accept`.
 * @throws UserError E_VALUE naming the id
 */
export function acceptedIn(
  words: readonly string[],
  answers: { text: string; file: string } | undefined,
): string[] {
  if (!answers) return [...words];
  const { text, file } = answers;
  const given = Object.entries(readAnswerMap(text, file)).map(([id, answer]) => {
    if (answer === 'accept') return id;
    throw new UserError('E_VALUE', say('convert.takesAccept', { file, id: display(id) }), { subject: id });
  });
  return [...words, ...given];
}
