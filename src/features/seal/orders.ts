import { append } from '../../data/append.ts';
import { askKeys, askSources, type SourceContext } from '../../../generators/seal/ask-sources.ts';
import { gatherValues, type ValueContext, type ValueSource } from '../../../generators/seal/open-values.ts';
import type { Text } from '../../text/language.ts';
import { parseObjectName, parseSecretKey } from '../../repository/names.ts';
import type { PlainSecret } from '../../sealing/plain-secret.ts';
import { parseScope } from '../../sealing/scope.ts';
import { openKeys, type SealedSecret } from '../../sealing/sealed-secret.ts';
import { requireScope, type SealTarget } from '../../sealing/seal-target.ts';
import { parseFromFile, parseGenerate, requireSealable } from '../../sealing/secret-values.ts';
import { UserError } from '../../errors.ts';
import type { SealInput } from './flags.ts';
import type { SealOrder } from '../../sealing/plan-seal.ts';
import { readPlainSecrets } from '../../sealing/open-plain-secrets.ts';
import type { SealRun } from './open.ts';
import { askStub, givenNamespace, type Into, readInto, targetOf } from './place.ts';
import { say } from '../../locales/say.ts';

/** What this run seals, values included: manifests, or single keys from flags or from a person. */
export async function takeOrders(run: SealRun, note: (text: Text) => void): Promise<SealOrder[]> {
  const { input } = run;
  const sources = givenSources(input);
  if (input.positionals.length > 0 && sources.length > 0)
    throw new UserError('E_USAGE', say('seal.manifestSingleKeysCannotSealed'), {
      hint: say('seal.runOnceEach'),
    });
  const into = await readInto(run);
  if (input.positionals.length > 0) return manifestOrders(run, into, note);
  return [await keyOrder(run, { into, sources, note })];
}

/** The sources that flags name, in their order. */
function givenSources({ given }: Pick<SealInput, 'given'>): ValueSource[] {
  return given.flatMap(({ name, value }): ValueSource[] => {
    if (name === 'key') return [{ from: 'person', key: parseSecretKey(value) }];
    if (name === 'from-file') return [{ from: 'file', ...parseFromFile(value) }];
    return name === 'generate' ? [{ from: 'random', ...parseGenerate(value) }] : [];
  });
}

async function manifestOrders(
  run: SealRun,
  into: Into | undefined,
  note: (text: Text) => void,
): Promise<SealOrder[]> {
  const { session, input } = run;
  const context = { cwd: session.cwd, stdin: process.stdin, signal: session.signal };
  const secrets: PlainSecret[] = [];
  for (const file of input.positionals) append(secrets, await readPlainSecrets(context, file));
  if (into && secrets.length > 1)
    throw new UserError('E_USAGE', say('seal.intoTakesOneSecretThere', { count: secrets.length }), {
      hint: say('seal.leaveIntoOutEachGoes'),
    });
  for (const value of secrets.flatMap(({ values }) => [...values.values()])) session.secrets.hide(value);
  return secrets.map(secret => manifestOrder(run, { secret, into, note }));
}

function manifestOrder(
  run: SealRun,
  { secret, into, note }: { secret: PlainSecret; into: Into | undefined; note: (text: Text) => void },
): SealOrder {
  const { input } = run;
  const namespace = secret.namespace ?? givenNamespace(run);
  const target = targetOf(run, { name: into?.text === undefined ? secret.name : undefined, namespace, into });
  const name = target.existing?.name ?? secret.name;
  if (name !== secret.name) note(renamedNote(secret.name, name));
  const keys = [...secret.values.keys()];
  const asked = askedScope(input);
  const scope = requireScope(target, { asked, annotated: secret.annotatedScope, keys });
  requireSealable(secret.values, { allowEmpty: input.switches.has('allow-empty') });
  return { secret: { ...secret, name }, target, scope };
}

async function keyOrder(
  run: SealRun,
  request: { into: Into | undefined; sources: ValueSource[]; note: (text: Text) => void },
): Promise<SealOrder> {
  const { session, input, prompts } = run;
  const { into, note } = request;
  const name = input.values['name'] === undefined ? undefined : parseObjectName(input.values['name']);
  const target = targetOf(run, { name, namespace: givenNamespace(run), into: into ?? (await askStub(run)) });
  const asking = prompts && { prompts, t: session.t };
  const sources = request.sources.length > 0 ? request.sources : await askAll(asking, target);
  const keys = sources.map(({ key }) => key);
  const scope = requireScope(target, { asked: askedScope(input), annotated: 'strict', keys });
  const allowEmpty = input.switches.has('allow-empty');
  const values = await gatherValues({ ...valueContext(run, note), allowEmpty }, sources);
  requireSealable(values, { allowEmpty });
  return { secret: newSecret(target, { name, type: input.values['type'], values }), target, scope };
}

function newSecret(
  { existing, identity }: SealTarget,
  {
    name,
    type = 'Opaque',
    values,
  }: { name: string | undefined; type: string | undefined; values: Map<string, Buffer> },
): PlainSecret {
  return {
    name: existing?.name ?? name ?? identity.name,
    namespace: identity.namespace,
    labels: {},
    annotations: {},
    annotatedScope: 'strict',
    type,
    immutable: false,
    values,
  };
}

function valueContext({ session, input, prompts }: SealRun, note: (text: Text) => void): ValueContext {
  return {
    prompts,
    stdin: process.stdin,
    cwd: session.cwd,
    trimNewline: input.switches.has('trim-newline'),
    allowEmpty: input.switches.has('allow-empty'),
    hide: value => session.secrets.hide(value),
    note,
    t: session.t,
  };
}

function askedScope({ values }: SealInput) {
  return values['scope'] === undefined ? undefined : parseScope(values['scope']);
}

async function askAll(
  asking: SourceContext | undefined,
  { existing, file }: SealTarget,
): Promise<ValueSource[]> {
  const open = existing ? openKeys(existing) : [];
  if (!asking) throw nothingToSeal(file, open);
  const keys = open.length > 0 ? open : await askExisting(asking, existing);
  const sources = await askSources(asking, keys);
  if (sources.length > 0) return sources;
  throw new UserError('E_CANCELLED', say('seal.cancelled'));
}

async function askExisting(asking: SourceContext, existing: SealedSecret | undefined): Promise<string[]> {
  const { prompts, t } = asking;
  if (!existing || existing.values.length === 0) return askKeys(asking);
  const other = t(say('seal.anotherKey'));
  const choices = existing.values.map(({ key }) => ({ value: key, name: key }));
  const message = t(say('seal.whichValueNew'));
  const key = await prompts.select({ message, choices: [...choices, { value: '', name: other }] });
  return key === '' ? askKeys(asking) : [key];
}

function nothingToSeal(file: string, open: readonly string[]): UserError {
  const keys = open.length > 0 ? `; ${file} waits for ${open.join(', ')}` : '';
  const [key = '<key>'] = open;
  return new UserError('E_MISSING', say('seal.nothingNamedSeal', { keys }), {
    hint: say('seal.giveManifestStandardInputFrom', { key }),
  });
}

function renamedNote(from: string, to: string): Text {
  return say('seal.valuesSecretGoIntoSealedsecret', { from, to });
}
