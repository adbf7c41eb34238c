import path from 'node:path';
import { UserError } from '../../src/errors.ts';
import { say } from '../../src/locales/say.ts';
import {
  classCluster,
  classesOf,
  type KnownClass,
  parsePool,
  type Pool,
} from '../../src/scaffold/capi/class-cluster.ts';
import type { CapiTemplates, ClusterPlan } from '../../src/scaffold/capi/cluster-app.ts';
import {
  allVariables,
  clustersOf,
  fillTemplate,
  isCredential,
  namespacesIn,
  templateVariables,
} from '../../src/scaffold/capi/cluster-template.ts';
import { display } from '../../src/text/display.ts';
import { nearest } from '../../src/text/nearest.ts';
import { allGiven } from '../new-app/ask-context.ts';
import type { AppContext } from '../new-app/generator.ts';
import { requireOnce } from '../clashes.ts';
import type { Question } from '../question.ts';
import { CAPI_QUESTIONS, parseVariable } from './capi-questions.ts';
import { openClusterTemplate } from './open-capi.ts';

type Asked = { name: string; app: string; capiTemplates: CapiTemplates };
type Parts = Pick<ClusterPlan, 'namespace' | 'parts'>;

/** What the cluster is made of: a class, or the objects of a template. Undefined where an answer is missing. */
export async function askParts(context: AppContext, asked: Asked): Promise<Parts | undefined> {
  const file = context.ask.given(CAPI_QUESTIONS.template);
  return file === undefined ? ofClass(context, asked) : ofTemplate(context, asked, file);
}

async function ofClass(context: AppContext, { name, app, capiTemplates }: Asked): Promise<Parts | undefined> {
  const { ask, gitops } = context;
  const classes = classesOf(gitops.repository);
  const className = await askClass(context, classes);
  const known = classes.find(each => each.name === className);
  const version = await ask.text(CAPI_QUESTIONS.kubernetes);
  const controlPlane = await ask.text(CAPI_QUESTIONS.controlPlane);
  const workers = await askWorkers(context);
  if (className === undefined || version === undefined || controlPlane === undefined || !workers)
    return undefined;
  ask.requireAnswers();
  const variables = variablesGiven(context);
  const identity = identityOf(known, variables);
  const request = { name, namespace: app, className, known, version, controlPlane: Number(controlPlane) };
  const parts = classCluster({ ...request, workers, variables, identity }, capiTemplates);
  return { namespace: app, parts };
}

async function askClass({ ask }: AppContext, classes: readonly KnownClass[]): Promise<string | undefined> {
  const choices = classes.map(({ name }) => ({ value: name, name }));
  return choices.length === 0 ? ask.text(CAPI_QUESTIONS.class) : ask.choose(CAPI_QUESTIONS.class, choices);
}

async function askWorkers(context: AppContext): Promise<Pool[] | undefined> {
  const given = allGiven(context, 'workers').map(poolOf);
  requireOnce(
    'workers',
    given.map(({ name }) => name),
  );
  if (given.length > 0) return given;
  const answer = await context.ask.text(CAPI_QUESTIONS.workers);
  return answer === undefined ? undefined : [poolOf(answer)];
}

function poolOf(text: string): Pool {
  return parsePool(/^\d+$/.test(text) ? `md-0=${text}` : text);
}

function variablesGiven(context: AppContext): Map<string, string> {
  const given = allGiven(context, 'var').map(parseVariable);
  requireOnce(
    'var',
    given.map(([name]) => name),
  );
  return new Map(given);
}

const AZURE = { tenantId: 'AZURE_TENANT_ID', clientId: 'AZURE_CLIENT_ID' };

/** Azure's is the one that stands beside its cluster; what it asks for is no variable of the class. */
function identityOf(known: KnownClass | undefined, variables: Map<string, string>) {
  const [tenantId, clientId] = [variables.get(AZURE.tenantId), variables.get(AZURE.clientId)];
  variables.delete(AZURE.tenantId);
  variables.delete(AZURE.clientId);
  if (tenantId !== undefined && clientId !== undefined) return { tenantId, clientId };
  const isAzure = known?.infrastructure?.startsWith('Azure') === true || (tenantId ?? clientId) !== undefined;
  if (!isAzure) return undefined;
  const lacking = Object.entries({ [AZURE.tenantId]: tenantId, [AZURE.clientId]: clientId })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  throw new UserError('E_MISSING', say('capi.variablesMissing', { names: lacking.join(', ') }), {
    hint: say('capi.giveVariables'),
    missing: lacking.map(name => ({ flag: 'var', choices: [`${name}=…`] })),
  });
}

/** The variables that clusterctl fills in from its own flags. */
const FROM_FLAGS: readonly [string, Question][] = [
  ['KUBERNETES_VERSION', CAPI_QUESTIONS.kubernetes],
  ['CONTROL_PLANE_MACHINE_COUNT', CAPI_QUESTIONS.controlPlane],
  ['WORKER_MACHINE_COUNT', CAPI_QUESTIONS.workers],
];

async function ofTemplate(
  context: AppContext,
  { name, app }: Asked,
  file: string,
): Promise<Parts | undefined> {
  const text = await openClusterTemplate(file);
  const title = path.basename(file);
  const variables = templateVariables(text, title);
  const known = allVariables(text, title);
  // A template has one count for all.
  requireOnce(
    'workers',
    allGiven(context, 'workers').map(() => 'WORKER_MACHINE_COUNT'),
  );
  const values = new Map([['CLUSTER_NAME', name], ['NAMESPACE', app], ...variablesGiven(context)]);
  for (const [variable, question] of FROM_FLAGS) {
    const isOpen =
      variables.some(each => each.name === variable && !each.hasDefault) && !values.has(variable);
    const answer = isOpen ? await context.ask.text(question) : context.ask.given(question);
    if (answer === undefined) continue;
    if (!known.has(variable)) throw dropped(question.flag, variable, title);
    values.set(variable, answer.replace(/^[^=]*=/, ''));
  }
  requireKnown(
    allGiven(context, 'var').map(each => parseVariable(each)[0]),
    known,
    title,
  );
  context.ask.requireAnswers();
  const parts = fillTemplate(text, values, title);
  requireCluster(clustersOf(parts), name, title);
  const said = [...namespacesIn(parts)].filter(each => each !== 'default');
  const namespace = said.length > 1 ? undefined : (said[0] ?? app);
  return { namespace, parts };
}

function dropped(flag: string, variable: string, title: string): UserError {
  return new UserError(
    'E_VALUE',
    say('capi.flagWithoutVariable', { flag, variable, title: display(title) }),
    {
      hint: say('capi.editTemplate'),
    },
  );
}

/** @throws UserError E_SECRET for a credential, E_VALUE for a variable that the template does not have */
function requireKnown(given: readonly string[], known: ReadonlySet<string>, title: string): void {
  const secret = given.find(isCredential);
  if (secret !== undefined)
    throw new UserError('E_SECRET', say('capi.credentialGiven', { name: display(secret) }), {
      hint: say('capi.credentialHint'),
    });
  const odd = given.find(name => !known.has(name));
  if (odd === undefined) return;
  const near = nearest(odd, [...known]);
  throw new UserError('E_VALUE', say('capi.noSuchVariable', { name: display(odd), title: display(title) }), {
    hint: near
      ? say('cli.didYouMeanWord', { near })
      : say('capi.variablesOf', { names: [...known].map(display).join(', ') }),
  });
}

function requireCluster(names: readonly string[], name: string, title: string): void {
  if (names.length === 0)
    throw new UserError('E_VALUE', say('capi.noCluster', { title: display(title) }), {
      hint: say('capi.templateForm'),
    });
  if (!names.includes(name))
    throw new UserError(
      'E_VALUE',
      say('capi.otherName', { title: display(title), names: names.map(display).join(', ') }),
      {
        hint: say('capi.takeItsName', { name: display(names[0] ?? '') }),
      },
    );
}
