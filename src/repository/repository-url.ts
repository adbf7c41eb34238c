import { UserError } from '../errors.ts';
import { display } from '../text/display.ts';
import type { Text } from '../text/language.ts';
import { say } from '../locales/say.ts';

const MAX_LENGTH = 2048;
const SCHEME = /^(?:https?|oci):\/\/(?=[^/?#])/;
// What URL parsers silently drop, encode or turn around.
const AMBIGUOUS = /[\u0000-\u0020\u007f-\u00a0\\]/;

/** Why a text cannot be the address of a chart repository; undefined if it can. The answer repeats nothing of the text. */
export function repositoryUrlProblem(url: string): Text | undefined {
  if (url.length > MAX_LENGTH) return say('repository.longerThanCharacters', { max_length: MAX_LENGTH });
  if (AMBIGUOUS.test(url)) return say('repository.holdsSpaceAnotherCharacterNo');
  if (!SCHEME.test(url)) return say('repository.doesNotBeginHttpsHttp');
  // Of `oci:` a URL parser knows no rules of its own.
  const asHttp = url.replace(/^oci:/, 'https:');
  if (!URL.canParse(asHttp)) return say('repository.cannotReadUrl');
  const { username, password } = new URL(asHttp);
  if (username !== '' || password !== '') return say('repository.holdsLoginWhichEverybodyWho');
  return undefined;
}

/**
 * The address of a repository, as it is.
 * @throws UserError E_REPOSITORY, without the address: it may hold a password
 */
export function requireRepositoryUrl(url: string, chart: string): string {
  const problem = repositoryUrlProblem(url);
  if (problem === undefined) return url;
  throw new UserError(
    'E_REPOSITORY',
    say('repository.repositoryNoAddress', { chart: display(chart), problem }),
    {
      hint: say('repository.writeHttpsHostPathOci'),
      subject: display(chart),
    },
  );
}
