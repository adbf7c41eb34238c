import { forgeOf } from '../../src/features/init/promotion-resources.ts';
import type { KnownAnswers } from '../../src/features/init/known-answers.ts';
import type { InitRequest } from '../../src/features/init/init-request.ts';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import { readDeliveries } from '../../src/deliveries/read-deliveries.ts';
import { overlayLayout } from '../../src/repository/conventions/layout.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import { untranslated } from '../../src/text/language.ts';
import type { Asker } from '../asker.ts';
import { REPOSITORY_QUESTIONS as QUESTIONS } from './questions.ts';

type InitFacts = { ask: Asker; gitops: GitopsRepository };

/** Argo CD, unless somebody says otherwise or the repository has Kustomizations of Flux. */
export function askGitops({ ask, gitops: { repository } }: InitFacts): InitRequest['gitops'] {
  const given = ask.given(QUESTIONS.gitops);
  if (given !== undefined) return given === 'flux' ? 'flux' : 'argocd';
  const [build] = readDeliveries(repository).flux;
  if (!build) return 'argocd';
  ask.decide(QUESTIONS.gitops, 'flux', untranslated(build.object.at.file));
  return 'flux';
}

/** Folders, unless somebody says otherwise or the repository has overlays. @throws UserError E_USAGE for overlays of Flux */
export function askLayout(
  { ask, gitops: { repository } }: InitFacts,
  gitops: InitRequest['gitops'],
): InitRequest['layout'] {
  const given = ask.given(QUESTIONS.layout);
  if (given === 'overlays' && gitops === 'flux')
    throw new UserError('E_USAGE', say('ask.flagsClash', { flag: 'layout overlays', other: 'gitops flux' }), {
      hint: say('ask.leaveOneOut'),
      subject: '--layout',
    });
  if (given !== undefined) return given === 'overlays' ? 'overlays' : 'folders';
  const known = gitops === 'flux' ? undefined : overlayLayout(repository);
  if (!known) return 'folders';
  ask.decide(QUESTIONS.layout, 'overlays', known.why);
  return 'overlays';
}

/**
 * Sets, unless somebody says otherwise or the repository has a root that brings its Applications.
 * @throws UserError E_USAGE for a root of overlays, or of what is promoted by branches: both are patterns of sets
 */
export function askStyle(
  { ask, known: { root } }: Pick<InitFacts, 'ask'> & { known: Pick<KnownAnswers, 'root'> },
  { gitops, layout }: Pick<InitRequest, 'gitops' | 'layout'>,
): InitRequest['style'] {
  const given = ask.given(QUESTIONS.style);
  const isRooted = given === 'app-of-apps';
  const isPromoted = ask.given(QUESTIONS.promotion) === 'promoter';
  const other = layout === 'overlays' ? 'layout overlays' : isPromoted ? 'promotion promoter' : undefined;
  if (isRooted && other !== undefined)
    throw new UserError('E_USAGE', say('ask.flagsClash', { flag: 'style app-of-apps', other }), {
      hint: say('ask.leaveOneOut'),
      subject: '--style',
    });
  if (given !== undefined) return isRooted ? 'app-of-apps' : 'applicationset';
  if (!root || gitops === 'flux' || other !== undefined) return 'applicationset';
  ask.decide(QUESTIONS.style, 'app-of-apps', untranslated(root.where));
  return 'app-of-apps';
}

type Promoted = Pick<InitRequest, 'gitops' | 'layout'> & {
  environments: readonly string[];
  repoUrl: string | undefined;
};

/**
 * Only where it is asked for: it needs a controller, and tokens that may write.
 * @throws UserError E_USAGE with Flux and with overlays, E_VALUE for one environment, and for a forge that init does not know
 */
export function askPromotion(
  { ask }: Pick<InitFacts, 'ask'>,
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
