import { IMAGE_PREFIX_FILE } from '../../src/features/init/root-files.ts';
import { askGitops, askLayout, askPromotion, askStyle } from './ask-style.ts';
import {
  AGENT_RIGHTS,
  type CiSystem,
  CI_SYSTEMS,
  INFRASTRUCTURE,
  type InitRequest,
} from '../../src/features/init/init-request.ts';
import type { KnownAnswer, KnownAnswers } from '../../src/features/init/known-answers.ts';
import {
  chooseLanguage,
  type Language,
  LANGUAGES,
  untranslated,
  type Text,
} from '../../src/text/language.ts';
import { UserError } from '../../src/errors.ts';
import { appManifests } from '../../src/repository/model.ts';
import type { GitopsRepository } from '../../src/repository/read-repository.ts';
import { mainOf } from '../../src/scaffold/app-request.ts';
import type { Asker, Suggestion } from '../asker.ts';
import { REPOSITORY_QUESTIONS as QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** What the questions of init go by. */
export type InitFacts = {
  ask: Asker;
  gitops: GitopsRepository;
  known: KnownAnswers;
  /** URL of git's remote origin, if Argo CD can read it as it is. */
  remote: string | undefined;
  /** The CI that the repository has files of. */
  ci: CiSystem | undefined;
  /** Into how many shards its files share the check. */
  shards: { value: string; why: Text } | undefined;
  /** Of this run. */
  language: Language;
  /** How other machines get this slipway, if that is known. */
  package: { value: string; why: Text } | undefined;
  t(text: Text): string;
};

/** @throws UserError E_MISSING with every flag that is still open where nobody can be asked */
export async function askRepository(facts: InitFacts): Promise<InitRequest> {
  const { ask } = facts;
  const gitops = askGitops(facts);
  if (gitops === 'flux') requireNoPolicy(facts);
  const layout = askLayout(facts, gitops);
  const style = askStyle(facts, { gitops, layout });
  const environments = await ask.text(QUESTIONS.environments, suggestEnvironments(facts, { gitops, layout }));
  const repoUrl = await ask.text(QUESTIONS.repoUrl, suggestRepoUrl(facts));
  const domains = await ask.text(QUESTIONS.domains, suggestDomains(facts));
  const gateway = await askGateway(facts);
  const gatewayApi = gitops === 'flux' ? requireChartsApi(facts) : await askGatewayApi(facts);
  const mirror = gitops === 'flux' ? requireNoMirror(facts) : await askMirror(facts);
  const email = await ask.text(QUESTIONS.email, fromFile(facts.known.email) ?? DEFAULTS.none);
  const ci = await ask.choose(QUESTIONS.ci, choices(CI_SYSTEMS), suggestCi(facts, repoUrl));
  const from = await askPackage(facts, ci);
  const onRemoval =
    gitops === 'flux'
      ? undefined
      : await ask.choose(
          QUESTIONS.onRemoval,
          removalChoices(facts),
          fromFile(facts.known.onRemoval) ?? DEFAULTS.keep,
        );
  const promotion = askPromotion(facts, { gitops, layout, environments: split(environments), repoUrl });
  const language = await ask.choose(QUESTIONS.language, choices(LANGUAGES), suggestLanguage(facts));
  ask.requireAnswers();
  const names = split(environments);
  return {
    gitops,
    layout,
    style,
    environments: names,
    repoUrl: repoUrl ?? '',
    domains: split(domains),
    hostPatterns: hostPatterns(names, facts),
    gateway: gatewayNamed(gateway ?? '', facts),
    gatewayApi: gatewayApi === 'cluster' ? 'cluster' : 'chart',
    imagePrefix: prefixThrough(mirror ?? '', facts),
    email: email || undefined,
    ci: CI_SYSTEMS.find(system => system === ci) ?? 'none',
    shards: askShards(facts, ci),
    promotion,
    agents: AGENT_RIGHTS.find(rights => rights === ask.given(QUESTIONS.agents)) ?? 'none',
    language: chooseLanguage(language, {}),
    onRemoval: onRemoval === 'delete' ? 'delete' : 'keep',
    package: from || undefined,
  };
}

function askGatewayApi(facts: InitFacts): Promise<string | undefined> {
  const suggestion = fromFile(facts.known.gatewayApi) ?? DEFAULTS.chart;
  return facts.ask.choose(QUESTIONS.gatewayApi, gatewayApiChoices(facts), suggestion);
}

/** @throws UserError E_VALUE: nothing takes single CRDs out of what a HelmRelease installs */
function requireChartsApi({ ask }: InitFacts): undefined {
  if (ask.given(QUESTIONS.gatewayApi) !== 'cluster') return;
  throw new UserError('E_VALUE', say('init.gatewayApiNotForFlux'), { hint: say('init.skipCrdsByHand') });
}

/** @throws UserError E_VALUE: kustomize does not see the images of a HelmRelease */
function requireNoMirror({ ask }: InitFacts): string {
  const given = ask.given(QUESTIONS.mirror);
  if (given === undefined || given === '') return '';
  throw new UserError('E_VALUE', say('init.mirrorNotForFlux'), { hint: say('init.mirrorOnNodes') });
}

/** @throws UserError E_USAGE: what Flux removes with an app is the business of its Kustomization */
function requireNoPolicy({ ask }: InitFacts): void {
  const { flag } = QUESTIONS.onRemoval;
  if (ask.given(QUESTIONS.onRemoval) === undefined) return;
  throw new UserError('E_USAGE', say('ask.flagsClash', { flag, other: 'gitops flux' }), {
    hint: say('ask.leaveOneOut'),
    subject: `--${flag}`,
  });
}

const DEFAULTS = {
  environments: byDefault('production,dev'),
  gateway: byDefault('envoy-gateway'),
  none: byDefault(''),
  keep: byDefault('keep'),
  chart: byDefault('chart'),
};

function byDefault(value: string): Suggestion {
  return { value, why: say('init.default'), sure: true };
}

function seen(value: string, evidence: Text): Suggestion {
  return { value, why: evidence, sure: true };
}

function fromFile(answer: KnownAnswer | undefined): Suggestion | undefined {
  return answer && seen(answer.value, untranslated(answer.where));
}

/** With Flux they lie under `apps/`, beside what all clusters need. */
function suggestEnvironments(
  { gitops: { configuration, conventions } }: InitFacts,
  { gitops, layout }: Pick<InitRequest, 'gitops' | 'layout'>,
): Suggestion {
  const { value: known, evidence } = conventions.environments;
  const value = layout === 'overlays' ? known.filter(name => name !== INFRASTRUCTURE) : known;
  const names = gitops === 'flux' ? value.flatMap(name => /^apps\/([^/]+)$/.exec(name)?.[1] ?? []) : value;
  // Nobody put those that are found in an order; Argo CD itself goes into the first.
  const main = mainOf(names);
  const ordered = configuration.environments ? names : [main, ...names.filter(name => name !== main)];
  return names.length > 0 ? seen(ordered.join(','), evidence) : DEFAULTS.environments;
}

function suggestRepoUrl({ known, remote }: InitFacts): Suggestion | undefined {
  return (
    fromFile(known.repoUrl) ??
    (remote === undefined ? undefined : seen(remote, untranslated('git remote origin')))
  );
}

function suggestDomains({ gitops }: InitFacts): Suggestion | undefined {
  const { domains } = gitops.conventions;
  return domains && seen(domains.value.join(','), domains.evidence);
}

function askGateway({ ask, gitops }: InitFacts): Promise<string | undefined> {
  const { gateway } = gitops.conventions;
  return ask.text(QUESTIONS.gateway, gateway ? seen(gateway.value.name, gateway.evidence) : DEFAULTS.gateway);
}

function askMirror({ ask, gitops }: InitFacts): Promise<string | undefined> {
  const { imagePrefix } = gitops.conventions;
  return ask.text(
    QUESTIONS.mirror,
    imagePrefix ? seen(imagePrefix.value.mirror, imagePrefix.evidence) : DEFAULTS.none,
  );
}

/** Without CI the hook may run what is on PATH; CI has to install something, and nobody but a person knows what it may trust. */
async function askPackage(
  { ask, package: known }: InitFacts,
  ci: string | undefined,
): Promise<string | undefined> {
  if (known) return ask.text(QUESTIONS.package, { ...known, sure: true });
  return ci === undefined || ci === 'none' ? ask.given(QUESTIONS.package) : ask.text(QUESTIONS.package);
}

/**
 * Only where it is asked for, and as the files of CI have it already.
 * @throws UserError E_USAGE where no CI could share anything
 */
function askShards({ ask, shards: known }: InitFacts, ci: string | undefined): number {
  const { flag } = QUESTIONS.shards;
  const given = ask.given(QUESTIONS.shards);
  if (ci !== 'none')
    return Number(given ?? (known && ask.decide(QUESTIONS.shards, known.value, known.why)) ?? 1);
  if (given === undefined) return 1;
  throw new UserError('E_USAGE', say('ask.flagsClash', { flag, other: 'ci none' }), {
    hint: say('ask.leaveOneOut'),
    subject: `--${flag}`,
  });
}

function suggestCi({ ci }: InitFacts, repoUrl: string | undefined): Suggestion {
  if (ci !== undefined) return seen(ci, say('init.itsFilesExist'));
  const host = /(github|gitlab)/.exec(repoUrl ?? '')?.[1];
  return host === undefined ? byDefault('none') : seen(host, say('init.urlSays', { host }));
}

function suggestLanguage({ gitops, language }: InitFacts): Suggestion {
  const configured = gitops.configuration.language;
  if (configured !== undefined) return seen(configured, untranslated('.slipway/config.yaml'));
  return { value: language, why: say('init.languageRun'), sure: true };
}

function choices(values: readonly string[]): { value: string; name: string }[] {
  return values.map(value => ({ value, name: value }));
}

function removalChoices({ t }: InitFacts): { value: string; name: string }[] {
  return [
    {
      value: 'keep',
      name: t(say('init.staysWrongMoveGitDeletes')),
    },
    { value: 'delete', name: t(say('init.deletedVolumesToo')) },
  ];
}

function gatewayApiChoices({ t }: InitFacts): { value: string; name: string }[] {
  return [
    { value: 'chart', name: t(say('init.chartBringsGatewayApi')) },
    { value: 'cluster', name: t(say('init.clusterHasGatewayApi')) },
  ];
}

function split(answer: string | undefined): string[] {
  return (answer ?? '').split(',').filter(word => word !== '');
}

/** Beyond the first environment, one label below the domain too: the wildcard certificate covers it. */
function hostPatterns(environments: readonly string[], { gitops }: InitFacts): Record<string, string> {
  const configured = gitops.configuration.hostPatterns ?? {};
  return Object.fromEntries(
    environments.map((name, index) => [
      name,
      configured[name] ??
        configured[`apps/${name}`] ??
        (index === 0 ? '{app}.{domain}' : `{app}-${name}.{domain}`),
    ]),
  );
}

function gatewayNamed(name: string, { gitops }: InitFacts): InitRequest['gateway'] {
  const known = gitops.conventions.gateway?.value;
  if (known?.name !== name)
    return { name, namespace: name, sectionName: undefined, passthrough: PASSTHROUGH };
  const { namespace, sectionName } = known;
  // Routes name a Gateway that nobody has made: it is made now.
  const passthrough = known.passthrough ?? (hasGateway(gitops) ? undefined : PASSTHROUGH);
  return { name, namespace, sectionName, passthrough };
}

/** The listener for TLS of a Gateway that init makes. */
const PASSTHROUGH = 'tls-passthrough';

function hasGateway({ repository }: GitopsRepository): boolean {
  return repository.apps.some(app =>
    appManifests(repository, app, /Gateway/).some(({ manifest }) => manifest.kind === 'Gateway'),
  );
}

function prefixThrough(mirror: string, { gitops }: InitFacts): InitRequest['imagePrefix'] {
  const file = gitops.conventions.imagePrefix?.value.file ?? IMAGE_PREFIX_FILE;
  return mirror === '' ? undefined : { mirror, file };
}
