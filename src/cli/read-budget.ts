import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** How often a chart is rendered at most, where nobody says. */
const USUAL_BUDGET = 200;

/**
 * --prove, and --budget in renderings of a chart; undefined where nothing is to be proved.
 * @throws UserError E_USAGE
 */
export function readBudget({
  values,
  switches,
}: {
  values: { budget?: string };
  switches: ReadonlySet<string>;
}): number | undefined {
  const { budget: text } = values;
  if (text !== undefined && !/^[1-9]\d{0,4}$/.test(text))
    throw new UserError('E_USAGE', say('cli.budgetNoNumber', { text }));
  if (switches.has('prove')) return text === undefined ? USUAL_BUDGET : Number(text);
  if (text === undefined) return undefined;
  throw new UserError('E_USAGE', say('cli.budgetWithoutProof'), { hint: say('cli.giveProve') });
}
