import { isRecord, valueAt } from '../../../../data/fields.ts';
import { say } from '../../../../locales/say.ts';
import { capiApiEnd } from '../../../../repository/capi-apis.ts';
import { isOfCapi, secretsNamedIn } from '../../../../repository/capi.ts';
import { servedVersionsOf } from '../../../../repository/served-versions.ts';
import { isToBeFilledIn } from '../../../../text/filled-in.ts';
import type { Step } from '../../../../yaml/nodes.ts';
import type { AppFacts, ObjectFacts } from '../../facts/app-facts.ts';
import { chartsOnlyObjects } from '../../facts/charts-objects.ts';
import { isReference, plaintextKeys } from '../../facts/secret-objects.ts';
import { mayHoldSecret } from '../../../../repository/secret-shapes.ts';
import type { Diagnostic } from '../../finding.ts';
import type { AppRule } from '../../rule.ts';

/** A version that is no longer served fails the sync of a cluster, and with it everything that would mend it. */
export const capiApiDeprecated: AppRule = {
  scope: 'app',
  severity: 'warning',
  title: say('rules.capiApiDeprecated'),
  check: facts => [
    ...facts.objects
      .filter(({ listed }) => listed)
      .flatMap(object => judged(facts, object, object.at('apiVersion'))),
    ...chartsOnlyObjects(facts).flatMap(({ object, place }) => judged(facts, object, place)),
  ],
};

type Api = Pick<ObjectFacts, 'apiVersion' | 'kind' | 'name'>;

function judged(facts: AppFacts, object: Api, place: ReturnType<ObjectFacts['at']>): Diagnostic[] {
  const end = capiApiEnd(object);
  if (!end) return [];
  const { kind, name, apiVersion } = object;
  const { instead, since } = end;
  const served = servedVersionsOf(facts.served, object);
  // The repository brings its own definitions, and these have nothing newer.
  if (served?.includes(apiVersion) && !served.includes(instead)) return [];
  const args = { kind, name, apiVersion };
  return [
    {
      ...place,
      ...(since === undefined ? { severity: 'error' as const } : {}),
      message:
        since === undefined ? say('rules.capiApiGone', args) : say('rules.capiApiEnds', { ...args, since }),
      hint: say('rules.capiApiHint', { instead }),
    },
  ];
}

/** Whoever reads the repository could make machines in the account, or log in to those that are there. */
export const capiSecretPlaintext: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.capiSecretPlaintext'),
  check: facts => {
    const own = facts.objects.filter(({ apiVersion }) => isOfCapi(apiVersion));
    const named = new Set(own.flatMap(({ body }) => secretsNamedIn(body)));
    return [
      ...facts.objects.flatMap(object => plainSecret(object, named)),
      ...own.flatMap(object => writtenOut(object)),
    ];
  },
};

const LABELS = ['cluster.x-k8s.io/cluster-name', 'clusterctl.cluster.x-k8s.io/move'];

/** A Secret that Cluster API reads: by its type, by a label, or as some object names it. */
function plainSecret(object: ObjectFacts, named: ReadonlySet<string>): Diagnostic[] {
  const { name, body } = object;
  const isOwn =
    body['type'] === 'cluster.x-k8s.io/secret' ||
    LABELS.some(label => valueAt(body, ['metadata', 'labels', label]) !== undefined);
  if (!(isOwn || named.has(name)) || plaintextKeys(object).length === 0) return [];
  const field = isRecord(body['stringData']) ? 'stringData' : 'data';
  const message = say('rules.capiSecretPlain', { name });
  return [{ ...object.at(field), message, hint: say('rules.capiSecretHint') }];
}

/** Passwords of users of machines, files that are put on them, and values for charts. */
function writtenOut(object: ObjectFacts): Diagnostic[] {
  const { kind, name, body } = object;
  return textsIn(body)
    .filter(({ text, isSecret }) => !isReference(text) && !isToBeFilledIn(text) && isSecret(text))
    .map(({ steps }) => ({
      ...object.at(...steps),
      message: say('rules.capiValuePlain', { kind, name, where: steps.join('.') }),
      hint: say('rules.capiSecretHint'),
    }));
}

type Written = { steps: readonly Step[]; text: string; isSecret(text: string): boolean };

function textsIn(body: unknown): Written[] {
  const found: Written[] = [];
  const pending: { steps: readonly Step[]; value: unknown }[] = [{ steps: [], value: body }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { steps, value } = next;
    const entries = Array.isArray(value)
      ? [...value.entries()]
      : isRecord(value)
        ? Object.entries(value)
        : [];
    for (const [key, inner] of entries.toReversed()) {
      const isSecret = judgeOf(key);
      if (isSecret && typeof inner === 'string')
        found.push({ steps: [...steps, key], text: inner, isSecret });
      if (typeof inner === 'object') pending.push({ steps: [...steps, key], value: inner });
    }
  }
  return found;
}

/** What tells whether a text is a secret, by the key that it stands under; nothing where `secret-value` does already. */
function judgeOf(key: Step): Written['isSecret'] | undefined {
  if (key === 'passwd') return () => true;
  return key === 'content' || key === 'valuesTemplate' ? mayHoldSecret : undefined;
}
