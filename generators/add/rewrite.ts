import { findRewrites } from '../../src/features/add/split-horizon.ts';
import { insideFrom } from '../../src/repository/kustomization-paths.ts';
import { stringsAt } from '../../src/data/fields.ts';
import { type App, appManifests } from '../../src/repository/model.ts';
import { UserError } from '../../src/errors.ts';
import type { AppContext } from '../new-app/generator.ts';
import { allGiven } from '../new-app/ask-context.ts';
import { hostNames } from '../../src/scaffold/hosts.ts';
import type { Suggestion } from '../asker.ts';
import { APP_QUESTIONS } from '../new-app/questions.ts';
import { type AdditionSpec, type Answered, askExistingApp } from './addition.ts';
import { ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add rewrite`: pods reach a host of an app by a Service, not by the load balancer outside. */
export const rewriteAddition: AdditionSpec = {
  word: 'rewrite',
  description: say('add.corednsRewriteSoPodsReach'),
  questions: [APP_QUESTIONS.host, ADD_QUESTIONS.target],
  ask: askRewrite,
};

async function askRewrite(context: AppContext): Promise<Answered> {
  const { ask, gitops } = context;
  const file = requireCoreDns(context);
  const app = await askExistingApp(context);
  const hosts = askedHosts(context, app);
  const text = gitops.repository.text.get(file) ?? '';
  const target = await ask.text(ADD_QUESTIONS.target, suggestTarget(context, findRewrites(text, file)));
  ask.requireAnswers();
  const rewrites = hosts.map(host => ({ host, target: target ?? '' }));
  return { app, request: { kind: 'rewrite', file, rewrites }, notes: [], unsealed: [], moreAnswers: [] };
}

/** Those given, else those of the app's own routes. */
function askedHosts(context: AppContext, app: App): string[] {
  const { repository, conventions } = context.gitops;
  const given = allGiven(context, 'host');
  const pattern = conventions.hostPattern(app.environment).value;
  const named = hostNames(given, { domains: conventions.domains?.value ?? [], pattern });
  const routes = appManifests(repository, app, /HTTPRoute|GRPCRoute|TLSRoute/);
  const routed = routes.flatMap(({ manifest }) => stringsAt(manifest.body, ['spec', 'hostnames']));
  const hosts = given.length > 0 ? named : [...new Set(routed)];
  if (hosts.length > 0) return hosts;
  throw new UserError('E_MISSING', say('add.hasNoRouteHostHost', { path: app.path }), {
    hint: say('add.giveHost'),
    subject: app.path,
  });
}

/** Where other hosts lead already; else the gateway's own name, which its Service may or may not bear. */
function suggestTarget(
  { gitops }: AppContext,
  known: readonly { host: string; target: string }[],
): Suggestion | undefined {
  const [first] = known;
  if (first)
    return {
      value: first.target,
      why: say('add.asFor', { host: first.host }),
      sure: true,
    };
  const gateway = gitops.conventions.gateway?.value;
  if (!gateway) return undefined;
  const why = say('add.namedGateway');
  return { value: `${gateway.name}.${gateway.namespace}.svc.cluster.local`, why, sure: false };
}

function requireCoreDns({ gitops }: AppContext): string {
  const files = gitops.repository.apps.flatMap(({ path, kustomization }) =>
    kustomization.charts.flatMap(({ name, valuesFile }) =>
      name === 'coredns' && valuesFile ? (insideFrom(path, valuesFile) ?? []) : [],
    ),
  );
  const [file] = files;
  if (file !== undefined) return file;
  throw new UserError('E_VALUE', say('add.noAppRepositoryInstallsCoredns'), {
    hint: say('add.whereCorednsConfiguredRewriteStop'),
  });
}
