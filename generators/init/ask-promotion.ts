import { forgeOf } from '../../src/features/init/promotion-resources.ts';
import type { InitRequest } from '../../src/features/init/init-request.ts';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import type { Asker } from '../asker.ts';
import { REPOSITORY_QUESTIONS as QUESTIONS } from './questions.ts';

type Promoted = Pick<InitRequest, 'gitops' | 'layout'> & {
  environments: readonly string[];
  repoUrl: string | undefined;
};

/**
 * Only where it is asked for: it needs a controller, and tokens that may write.
 * @throws UserError E_USAGE with Flux and with overlays, E_VALUE for one environment, and for a forge that init does not know
 */
export function promotionOf(
  { ask }: { ask: Asker },
  { gitops, layout, environments, repoUrl = '' }: Promoted,
): InitRequest['promotion'] {
  const { flag } = QUESTIONS.promotion;
  if (ask.given(QUESTIONS.promotion) !== 'promoter') return 'none';
  const other = gitops === 'flux' ? 'gitops flux' : layout === 'overlays' ? 'layout overlays' : undefined;
  if (other !== undefined)
    throw new UserError('E_USAGE', say('ask.flagsClash', { flag, other }), {
      hint: say('ask.leaveOneOut'),
      subject: `--${flag}`,
    });
  if (environments.length < 2)
    throw new UserError('E_VALUE', say('init.promotionNeedsTwo'), {
      hint: say('init.nameEnvironments'),
      flag,
    });
  if (repoUrl !== '' && forgeOf(repoUrl) === undefined)
    throw new UserError('E_VALUE', say('init.promotionForge'), { hint: say('init.promotionByHand'), flag });
  return 'promoter';
}
