import { say } from '../../../locales/say.ts';
import { append } from '../../../data/append.ts';
import { type Applying, ASSUMED_APPLYING } from '../../../repository/applying.ts';
import type { Manifest } from '../../../repository/manifest.ts';
import { type ApiServer, dryRun } from '../../../system/tools/cluster.ts';
import type { KubectlOptions } from '../../../system/tools/kubectl.ts';
import type { Text } from '../../../text/language.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { ClusterVerdict, RefusedBy } from '../facts/rendered-facts.ts';
import { hidingSecrets, toldOfSecret } from './secret-words.ts';
import { inNamespace, isReplaced, notAmong, type Sent, sentObjects, streamOf } from './sent-objects.ts';
import { absentNamespacesIn, type Said, saidOf, warningsIn } from './verdict.ts';

/** What came of asking; what a server said of Secrets is not to be kept. */
type Judged = { verdict: ClusterVerdict; isOfSecrets: boolean };

export type DryRunAsking = KubectlOptions & { server: ApiServer };

/** Where objects of a namespace that is not there yet are judged: every cluster has it. */
const STAND_IN = 'default';

/**
 * What the API server says of an app's objects, applied as whoever syncs it would. All are asked about at once, and those
 * that are not accepted one by one, so that each gets its own answer.
 * @throws UserError E_TOOL where kubectl takes too long
 */
export async function judgeApp(asking: DryRunAsking, app: AppPlace, output: string): Promise<Judged> {
  const applying = app.applying ?? ASSUMED_APPLYING;
  const all = sentObjects(output).map(sent => placed(sent, app));
  const [asked, replaced] = split(all, ({ manifest }) => !applying.replaces && !isReplaced(manifest));
  const hide = hidingSecrets(all);
  const run = {
    asking,
    applying,
    namespace: app.deployedTo?.namespace ?? STAND_IN,
    warnings: new Set<string>(),
  };
  const answers = new Map<Sent, Said>();
  await askTogether(run, asked, answers);
  const absent = absentIn(answers);
  const homeless = [...answers].flatMap(([sent, { kind }]) => (kind === 'absent-namespace' ? [sent] : []));
  for (const sent of homeless) answers.delete(sent);
  await askTogether(
    run,
    homeless.map(sent => inNamespace(sent, STAND_IN)),
    answers,
  );
  const found = sorted(answers, hide);
  const verdict = {
    ...found,
    objects: asked.length,
    absentNamespaces: absent.map(hide),
    warnings: [...run.warnings].map(hide),
    notJudged: [
      ...replaced.map(({ manifest }) => notJudged(manifest, say('cluster.replaced'))),
      ...found.notJudged,
    ],
  };
  const isOfSecrets = [...answers.keys(), ...(run.warnings.size > 0 ? asked : [])].some(holdsSecret);
  return { verdict, isOfSecrets };
}

function holdsSecret({ secrets }: Sent): boolean {
  return secrets.length > 0;
}

/** Flux puts everything into the namespace that it is told; cluster-scoped objects have none, as written. */
function placed(sent: Sent, { deployedTo }: AppPlace): Sent {
  const to = deployedTo?.wins === true ? deployedTo.namespace : undefined;
  const own = sent.manifest.namespace;
  return to === undefined || own === undefined || own === to ? sent : inNamespace(sent, to);
}

type Run = { asking: DryRunAsking; applying: Applying; namespace: string; warnings: Set<string> };

/** Objects that name their namespace, and the others: kubectl takes both kinds in one call only where all are in one place. */
async function askTogether(run: Run, sent: readonly Sent[], answers: Map<Sent, Said>): Promise<void> {
  const [named, unnamed] = split(sent, ({ manifest }) => manifest.namespace !== undefined);
  const known = new Map<string, Said>();
  for (const group of [named, unnamed].filter(each => each.length > 0)) {
    const { code, stdout, stderr } = await ask(run, group);
    for (const warning of warningsIn(stderr)) run.warnings.add(warning);
    for (const namespace of absentNamespacesIn(stderr)) {
      const key = group === named ? namespace : '';
      known.set(`in ${key}`, { kind: 'absent-namespace', namespace });
    }
    const left = code === 0 ? [] : notAmong(group, stdout.toString('utf8'));
    for (const each of left) {
      const said = await askAlone({ run, known, whole: { group, stderr } }, each);
      if (said) answers.set(each, said);
    }
  }
}

type Alone = { run: Run; known: Map<string, Said>; whole: { group: readonly Sent[]; stderr: string } };

/** What holds for every object of its kind, or of its namespace, is asked once. Undefined for one that is accepted by itself. */
async function askAlone({ run, known, whole }: Alone, sent: Sent): Promise<Said | undefined> {
  const { apiVersion, kind, namespace = '', body } = sent.manifest;
  const keys = [`${apiVersion} ${kind} ${namespace}`, `in ${namespace}`];
  const before = keys.flatMap(key => known.get(key) ?? [])[0];
  if (before) return before;
  const stderr = whole.group.length === 1 ? whole.stderr : await errorOf(run, sent);
  if (stderr === undefined) return undefined;
  const said = saidOf(stderr, body);
  if (said.kind === 'absent-namespace') known.set(keys[1] ?? '', said);
  if (said.kind === 'unknown-kind' || said.kind === 'not-judged') known.set(keys[0] ?? '', said);
  return said;
}

async function errorOf(run: Run, sent: Sent): Promise<string | undefined> {
  const { code, stderr } = await ask(run, [sent]);
  return code === 0 ? undefined : stderr;
}

function ask({ asking, applying, namespace }: Run, group: readonly Sent[]) {
  const isNamed = group.every(({ manifest }) => manifest.namespace !== undefined);
  const place = isNamed ? undefined : namespace;
  return dryRun({ manifests: streamOf(group), namespace: place, ...applying }, asking.server, asking);
}

function sorted(
  answers: ReadonlyMap<Sent, Said>,
  hide: (text: string) => string,
): Pick<ClusterVerdict, 'refused' | 'unknown' | 'notJudged'> {
  const refused: ClusterVerdict['refused'][number][] = [];
  const unknown: ClusterVerdict['unknown'][number][] = [];
  const left: ClusterVerdict['notJudged'][number][] = [];
  for (const [sent, said] of answers) {
    const { apiVersion, kind, name } = sent.manifest;
    const told = (reason: string, path: readonly Step[] = []) =>
      holdsSecret(sent) ? toldOfSecret({ path, reason }, hide) : hidden({ path, reason }, hide);
    if (said.kind === 'refused')
      refused.push({ kind, name, by: saidBy(said.by, hide), ...told(said.reason, said.path) });
    else if (said.kind === 'unknown-kind')
      unknown.push({ apiVersion, kind, name, reason: hide(said.reason) });
    else append(left, [{ ...notJudged(sent.manifest, why(said, { told, hide })), ...lacking(said) }]);
  }
  return { refused, unknown, notJudged: left };
}

function hidden({ path, reason }: { path: readonly Step[]; reason: string }, hide: (text: string) => string) {
  return { path: path.map(step => (typeof step === 'string' ? hide(step) : step)), reason: hide(reason) };
}

function saidBy(by: RefusedBy, hide: (text: string) => string): RefusedBy {
  return by.kind === 'server' ? by : { ...by, name: hide(by.name) };
}

function lacking(said: Said): { lacks?: 'right' } {
  return said.kind === 'not-judged' && said.missing === 'right' ? { lacks: 'right' } : {};
}

type Telling = { told(reason: string): { reason: string | Text }; hide(text: string): string };

function why(said: Exclude<Said, { kind: 'refused' | 'unknown-kind' }>, { told, hide }: Telling): Text {
  if (said.kind === 'absent-namespace')
    return say('cluster.absentNamespace', { namespace: hide(said.namespace) });
  const { reason } = told(said.reason);
  const name = hide(said.name);
  if (said.missing === 'right') return say('cluster.noRight', { reason });
  if (said.missing === 'webhook') return say('cluster.webhookSilent', { name, reason });
  return said.missing === 'dry-run'
    ? say('cluster.notDryRun', { name })
    : say('cluster.noAnswer', { reason });
}

function notJudged({ kind, name }: Manifest, reason: Text): ClusterVerdict['notJudged'][number] {
  return { kind, name, reason };
}

function absentIn(answers: ReadonlyMap<Sent, Said>): string[] {
  const found = [...answers.values()].flatMap(said =>
    said.kind === 'absent-namespace' ? [said.namespace] : [],
  );
  return [...new Set(found)];
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter(item => !isFirst(item))];
}
