import { describe, expect, test } from 'vitest';
import { saidOf, warningsIn } from '../../../../src/features/check/cluster/verdict.ts';

const POD = {
  spec: {
    template: {
      spec: { containers: [{ name: 'a' }, { name: 'c', ports: [{ containerPort: 80 }], env: [] }] },
    },
  },
};
const refusedBy = (stderr: string): unknown => {
  const said = saidOf(stderr, POD);
  return said.kind === 'refused' ? [said.by, said.path.join('.'), said.reason] : said;
};
const SERVER = { kind: 'server' };

/** As kubectl 1.36 prints what a kube-apiserver 1.36 answers. */
describe('what kubectl prints of one object', () => {
  test.each([
    [
      'The Service "x" is invalid: \n* spec.ports[0].name: Required value\n* spec.ports[1].name: Required value\n',
      'spec.ports.0.name',
      'spec.ports[0].name: Required value; spec.ports[1].name: Required value',
    ],
    [
      'The ConfigMap "x" is invalid: data[a b]: Invalid value: "a b": a valid config key must consist of …',
      'data.a b',
      'data[a b]: Invalid value: "a b": a valid config key must consist of …',
    ],
    [
      'Error from server: failed to create typed patch object (default/x; apps/v1, Kind=Deployment): .spec.template.spec.containers[name="c"].env: duplicate entries for key [name="A"]\n',
      'spec.template.spec.containers.1.env',
      '.spec.template.spec.containers[name="c"].env: duplicate entries for key [name="A"]',
    ],
    [
      'Error from server: failed to convert new object (default/x; apps/v1, Kind=Deployment) to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: quantities must match the regular expression\n',
      '',
      'quantities must match the regular expression',
    ],
    [
      'Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[0].imagePullPolice"\n',
      'spec.template.spec.containers.0.imagePullPolice',
      'unknown field "spec.template.spec.containers[0].imagePullPolice"',
    ],
    [
      'Error from server (Invalid): error when creating "STDIN": Service "x" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]\n',
      'spec.ports.0.name',
      '[spec.ports[0].name: Required value, spec.ports[1].name: Required value]',
    ],
    [
      'Warning: v1 Endpoints is deprecated\nError from server (Forbidden): pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged\n',
      '',
      'violates PodSecurity "restricted:latest": privileged',
    ],
  ])('%j is refused by the server at %j', (stderr, path, reason) => {
    expect(refusedBy(stderr)).toEqual([SERVER, path, reason]);
  });

  test('what a webhook or a policy says bears its name', () => {
    expect(
      refusedBy(
        'Error from server: admission webhook "validate.acme.test" denied the request: no latest tag\n',
      ),
    ).toEqual([{ kind: 'webhook', name: 'validate.acme.test' }, '', 'no latest tag']);
    expect(
      refusedBy(
        'Error from server (Forbidden): admission webhook "mine.test" denied the request without explanation\n',
      ),
    ).toEqual([{ kind: 'webhook', name: 'mine.test' }, '', 'without explanation']);
    expect(
      refusedBy(
        `The deployments "x" is invalid: : ValidatingAdmissionPolicy 'replicas' with binding 'all' denied request: at most 5\n`,
      ),
    ).toEqual([{ kind: 'policy', name: 'replicas' }, '', 'at most 5']);
  });

  test.each([
    [
      'Error from server (Forbidden): services "x" is forbidden: User "ann" cannot patch resource "services" in API group "" in the namespace "web"\n',
      'right',
    ],
    ['error: You must be logged in to the server (Unauthorized)\n', 'right'],
    [
      'Error from server (InternalError): Internal error occurred: failed calling webhook "v.acme.test": failed to call webhook: Post "https://v": dial tcp: refused\n',
      'webhook',
    ],
    ['Error from server (BadRequest): admission webhook "v.acme.test" does not support dry run\n', 'dry-run'],
    [
      'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n',
      'answer',
    ],
    ['Unable to connect to the server: dial tcp: lookup nowhere.test: no such host\n', 'answer'],
    ['Error from server (TooManyRequests): the server has received too many requests\n', 'answer'],
    ['', 'answer'],
  ])('%j is no verdict', (stderr, why) => {
    expect(saidOf(stderr, {})).toMatchObject({ kind: 'not-judged', missing: why });
  });

  test('a namespace that is not there, and a kind that nobody serves, are words of their own', () => {
    expect(saidOf('Error from server (NotFound): namespaces "new" not found\n', {})).toEqual({
      kind: 'absent-namespace',
      namespace: 'new',
    });
    expect(
      saidOf(
        'error: resource mapping not found for name: "t" namespace: "" from "STDIN": no matches for kind "Thing" in version "nobody.example/v1"\nensure CRDs are installed first\n',
        {},
      ),
    ).toEqual({
      kind: 'unknown-kind',
      reason: 'no matches for kind "Thing" in version "nobody.example/v1"',
    });
  });

  test('what the server warns of is told once, what kubectl says of itself is not', () => {
    const stderr =
      'Warning: v1 Endpoints is deprecated\nWarning: v1 Endpoints is deprecated\nWarning: resource services/x is missing the kubectl.kubernetes.io/last-applied-configuration annotation\n';
    expect(warningsIn(stderr)).toEqual(['v1 Endpoints is deprecated']);
  });

  test('a hostile answer is read in time, whatever it holds', () => {
    for (const part of ['a[', '.a', '[name="', '* ', 'Warning: ', 'is invalid: '])
      expect(saidOf(part.repeat(200_000), POD).kind).toMatch(/refused|not-judged/);
  });
});
