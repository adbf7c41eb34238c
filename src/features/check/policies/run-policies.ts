import { isUtf8 } from 'node:buffer';
import { isRecord } from '../../../data/fields.ts';
import { UserError } from '../../../errors.ts';
import { say } from '../../../locales/say.ts';
import type { Manifest } from '../../../repository/manifest.ts';
import type { SourceLocation } from '../../../repository/source-location.ts';
import { display } from '../../../text/display.ts';
import { type Text, untranslated } from '../../../text/language.ts';
import { lineColumn, readLocated } from '../../../yaml/read.ts';
import { type PolicyOrder, runConftest, runKyverno } from '../../../system/tools/policy-engines.ts';
import { isYaml } from '../facts/app-facts.ts';
import type { AppPlace } from '../facts/app-place.ts';
import { type Finding, toFinding } from '../finding.ts';
import type { Unusable } from '../incremental/snapshot.ts';
import { objectsOfApp, type RenderContext } from '../render/render-apps.ts';
import { reachesOut } from './rego-code.ts';
import { type PolicyReport, readConftest, readKyverno, type PolicyVerdict } from './reports.ts';

/** What was judged by the repository's own policies, for the report. */
export type PoliciesAsked = { policies: number; objects: number; notJudged: number };

/** What the policies of a repository found. */
export type JudgedByPolicies = { findings: Finding[]; asked: PoliciesAsked };

type Judging = Pick<RenderContext, 'sources'> & {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
};

/** An object, and the app that it came out of. */
type Judged = { manifest: Manifest; app: AppPlace };

/**
 * Holds the rendered objects to the policies that the repository itself declares: `policies/*.rego` by conftest, policies of
 * Kyverno and ValidatingAdmissionPolicies among the objects by kyverno. slipway brings none of its own.
 * @throws UserError E_TOOL where a program is missing: nothing is called good that nobody looked at
 */
export async function judgeByPolicies(
  context: RenderContext & Judging,
  apps: readonly AppPlace[],
): Promise<JudgedByPolicies> {
  const all: Judged[] = [];
  for (const app of apps)
    for (const manifest of await objectsOfApp(context, app)) all.push({ manifest, app });
  const { rego, refused } = await regoIn(context);
  const declared = all.filter(({ manifest }) => isPolicy(manifest));
  const verdicts = [...(await byConftest(context, rego, all)), ...(await byKyverno(context, declared, all))];
  const found: Finding[] = refused.map(refusedPolicy);
  for (const verdict of verdicts) found.push(await findingOf(context, verdict, all));
  const policies = rego.size + refused.length + declared.length;
  return {
    findings: found,
    asked: { policies, objects: all.length, notJudged: verdicts.filter(isLeft).length + refused.length },
  };
}

function isLeft({ isSkipped }: PolicyVerdict): boolean {
  return isSkipped;
}

const REGO = /^policies\/(?:[^/]{1,200}\/){0,8}[^/]{1,200}\.rego$/;

/** Tests of policies are no policies. */
async function regoIn({ sources }: Judging): Promise<{ rego: Map<string, string>; refused: string[] }> {
  const files = [...sources.snapshot.files.keys()].filter(
    file => REGO.test(file) && !file.endsWith('_test.rego'),
  );
  const contents = await sources.snapshot.read(files);
  const texts = [...contents].filter(([, content]) => isUtf8(content));
  const odd = files.find(file => !texts.some(([each]) => each === file));
  if (odd !== undefined) throw notRun(odd, whyUnread(sources.snapshot.unusable(odd)));
  const all = texts.map(([file, content]): [string, string] => [file, content.toString('utf8')]);
  const refused = all.flatMap(([file, text]) => (reachesOut(text) ? [file] : []));
  return { rego: new Map(all.filter(([file]) => !refused.includes(file))), refused };
}

function refusedPolicy(file: string): Finding {
  return toFinding('policy:not-run', 'error', {
    file,
    line: 1,
    column: 1,
    message: say('policies.reachesOut'),
    hint: say('policies.mendThis'),
  });
}

function whyUnread(unusable: Unusable | undefined): Text {
  return unusable?.kind === 'link' ? say('policies.isLink') : say('policies.unreadable');
}

function notRun(file: string, reason: ReturnType<typeof say>): UserError {
  return new UserError('E_VALUE', say('text.aboutSubject', { subject: display(file), problem: reason }), {
    hint: say('policies.notRunHint'),
    subject: file,
  });
}

async function byConftest(
  context: Judging,
  rego: ReadonlyMap<string, string>,
  all: readonly Judged[],
): Promise<PolicyVerdict[]> {
  if (rego.size === 0 || all.length === 0) return [];
  const flat = new Map(
    [...rego].map(([file, text], index) => [`${index}-${file.replaceAll('/', '-')}`, text]),
  );
  const report = readConftest(await runConftest(orderOf(flat, all), context));
  return requireReport(report, 'conftest').verdicts;
}

const KYVERNO = /^(?:kyverno\.io|policies\.kyverno\.io)\//;
const KINDS = /^(?:Cluster|Namespaced)?(?:Policy|ValidatingPolicy|ImageValidatingPolicy)$/;

function isPolicy({ apiVersion, kind }: Manifest): boolean {
  return (
    (KYVERNO.test(apiVersion) && KINDS.test(kind)) ||
    (apiVersion.startsWith('admissionregistration.k8s.io/') && kind === 'ValidatingAdmissionPolicy')
  );
}

function isBinding({ kind }: Manifest): boolean {
  return kind === 'ValidatingAdmissionPolicyBinding';
}

const VALUES = 'policies/kyverno-values.yaml';

async function byKyverno(
  context: Judging,
  declared: readonly Judged[],
  all: readonly Judged[],
): Promise<PolicyVerdict[]> {
  if (declared.length === 0) return [];
  const bindings = all.filter(({ manifest }) => isBinding(manifest));
  const texts = [...declared, ...bindings].map(({ manifest }) => JSON.stringify(manifest.body));
  const policies = new Map(texts.map((text, index) => [`${index}.yaml`, text]));
  const content = (await context.sources.snapshot.read([VALUES])).get(VALUES);
  const values = content?.toString('utf8');
  const find = finder(all);
  const report = requireReport(
    readKyverno(await runKyverno({ ...orderOf(policies, all), values }, context), find),
    'kyverno',
  );
  // Nothing matched is no good news: Kyverno ends with 0 all the same.
  const idle = declared.filter(({ manifest }) => !report.judged.has(manifest.name));
  return [...report.verdicts, ...idle.map(policy => idleVerdict(policy, all))];
}

function idleVerdict(policy: Judged, all: readonly Judged[]): PolicyVerdict {
  const message = say('policies.matchedNothing', { name: display(policy.manifest.name) }).en;
  return {
    policy: policy.manifest.name,
    object: all.indexOf(policy),
    severity: 'note',
    message,
    isSkipped: true,
  };
}

function finder(all: readonly Judged[]) {
  const numbers = new Map<string, number>();
  for (const [number, { manifest }] of all.entries()) {
    const { kind, name, namespace = '' } = manifest;
    for (const key of [`${kind} ${namespace}/${name}`, `${kind} ${name}`])
      if (!numbers.has(key)) numbers.set(key, number);
  }
  return ({ kind, name, namespace = '' }: { kind: string; name: string; namespace: string | undefined }) =>
    numbers.get(`${kind} ${namespace}/${name}`) ?? numbers.get(`${kind} ${name}`);
}

function requireReport(report: PolicyReport | undefined, command: string): PolicyReport {
  if (report) return report;
  throw new UserError('E_TOOL', say('policies.noReport', { command, reason: 'JSON' }), {
    hint: say('policies.mendPolicies', { command }),
    subject: command,
  });
}

/** Values of Secrets are nobody's business, and land in no file. */
function orderOf(policies: ReadonlyMap<string, string>, all: readonly Judged[]): PolicyOrder {
  return { policies, objects: all.map(({ manifest }) => JSON.stringify(masked(manifest))) };
}

function masked({ kind, body }: Manifest): Record<string, unknown> {
  if (kind !== 'Secret') return body;
  const hidden = ['data', 'stringData'].flatMap(field => {
    const values = body[field];
    if (!isRecord(values)) return [];
    return [[field, Object.fromEntries(Object.keys(values).map(key => [key, 'bWFza2Vk']))]];
  });
  return { ...body, ...(Object.fromEntries(hidden) as Record<string, unknown>) };
}

async function findingOf(context: Judging, verdict: PolicyVerdict, all: readonly Judged[]): Promise<Finding> {
  const { policy, object, severity, message } = verdict;
  const judged = object === undefined ? undefined : all[object];
  const what = judged ? `${judged.manifest.kind} ${judged.manifest.name}` : '';
  const place = judged ? await placeOf(context, judged) : { file: '.', line: 1, column: 1 };
  const said = message === '' ? say('policies.refused') : untranslated(message);
  return toFinding(`policy:${display(policy)}`, severity, {
    ...place,
    message: what === '' ? said : say('text.aboutSubject', { subject: display(what), problem: said }),
    hint: verdict.isSkipped ? say('policies.giveValues', { values: VALUES }) : say('policies.followPolicy'),
  });
}

/** Where the object stands in a file of its app; else the app's kustomization. */
async function placeOf({ sources }: Judging, { manifest, app }: Judged): Promise<SourceLocation> {
  const files = app.files.filter(isYaml);
  const contents = await sources.snapshot.read(files);
  for (const [file, content] of contents) {
    const text = content.toString('utf8');
    const result = text.includes(manifest.name) ? readLocated(text) : undefined;
    if (result?.status !== 'read' || result.yaml.dataProblem) continue;
    const index = result.yaml.documents.findIndex(document => isSame(document, manifest));
    if (index >= 0) return { file, ...lineColumn(text, result.yaml.offsetOf(index, ['kind']) ?? 0) };
  }
  return { file: files.find(file => /\/kustomization\.ya?ml$/.test(file)) ?? app.folder, line: 1, column: 1 };
}

function isSame(document: unknown, { kind, name }: Manifest): boolean {
  if (!isRecord(document) || document['kind'] !== kind) return false;
  const { metadata } = document;
  return isRecord(metadata) && metadata['name'] === name;
}
