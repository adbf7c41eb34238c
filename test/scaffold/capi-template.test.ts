import { describe, expect, test } from 'vitest';
import { allVariables, fillTemplate, templateVariables } from '../../src/scaffold/capi/cluster-template.ts';
import { thrown } from '../support/thrown.ts';

const CLUSTER = 'apiVersion: cluster.x-k8s.io/v1beta2\nkind: Cluster\nmetadata: {name: "${CLUSTER_NAME}"}\n';

describe('variables, as clusterctl generate yaml --list-variables lists them', () => {
  test.each<[string, string[]]>([
    ['a: ${B} ${A:=1} ${C:-x} ${D=y}', ['A=', 'B', 'C=', 'D=']],
    // One that only a default names is no variable by itself.
    ['a: ${A:=${B}}', ['A=']],
    ['a: ${ SPACED } ${LEFT } ${ RIGHT}', ['LEFT', 'RIGHT', 'SPACED']],
    ['run: echo $${HOME} $HOME $(date)', []],
    ['a: ${A^^} ${B:0:3} ${C/x/y}', ['A', 'B', 'C']],
    ['a: ${A}\nb: ${A:=later}', ['A']],
    ['# ${COMMENTED}', ['COMMENTED']],
  ])('%s', (text, names) => {
    const found = templateVariables(text, 'template.yaml');
    expect(found.map(({ name, hasDefault }) => name + (hasDefault ? '=' : ''))).toEqual(names);
  });

  test.each(['a: ${', 'a: ${}', 'a: ${A:=', 'a: ${-x}'])('%s is no variable', text => {
    expect(thrown(() => templateVariables(text, 'template.yaml'))).toMatchObject({ code: 'E_TEMPLATE' });
  });

  test('braces that are no variable are shown with their line', () => {
    const error = thrown(() =>
      templateVariables(`${CLUSTER}a: $$x\nb: \${OK} "\${FOO-bar}" \${C}\n`, 'my.yaml'),
    );
    expect(error.message).toBe('my.yaml:5: braces that are no variable: ${FOO-bar}');
  });

  test('one in a default can be given all the same', () => {
    expect([...allVariables('a: ${A:=${B:-${C}}}', 'x')].toSorted()).toEqual(['A', 'B', 'C']);
  });

  test.each(['a'.repeat((512 << 10) + 1), '$$'.repeat(2001)])('more than anybody writes is refused', text => {
    expect(thrown(() => templateVariables(text, 'template.yaml'))).toMatchObject({ code: 'E_LIMIT' });
  });
});

describe('what a template comes to', () => {
  const fill = (text: string, values: Record<string, string> = {}) =>
    fillTemplate(text, new Map(Object.entries({ CLUSTER_NAME: 'lab', ...values })), 'template.yaml');

  test('every object, with its comments, in its order', () => {
    const { objects } = fill(
      `# the cluster\n${CLUSTER}---\n\n---\n# only a comment\n---\n${CLUSTER.replace('Cluster\n', 'Other\n')}spec: {script: "$\${HOME}", count: \${N:=3}}\n`,
    );
    expect(objects.map(({ text }) => text)).toEqual([
      `# the cluster\n${CLUSTER.replace('${CLUSTER_NAME}', 'lab')}`,
      `${CLUSTER.replace('Cluster\n', 'Other\n').replace('${CLUSTER_NAME}', 'lab')}spec: {script: "\${HOME}", count: 3}\n`,
    ]);
  });

  test('what only an unused default names is not asked for; a used one takes it', () => {
    const text = `${CLUSTER}spec: {a: "\${A:=\${B}}", c: "\${C:=\${D:-\${E}}}"}\n`;
    const specOf = (values: Record<string, string>) => fill(text, values).objects[0]?.body['spec'];
    expect(specOf({ A: '1', C: '2' })).toEqual({ a: '1', c: '2' });
    expect(specOf({ B: 'b', D: 'd' })).toEqual({ a: 'b', c: 'd' });
    expect(thrown(() => specOf({})).missing.map(({ choices }) => choices)).toEqual([['B=…'], ['E=…']]);
  });

  test('of a Secret only what it is called', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: own, namespace: lab, labels: {a: b}}\ndata: {one: ${AWS_B64ENCODED_CREDENTIALS}}\nstringData: {two: hunter2-hunter2}\n';
    const found = fill(`${secret}---\n${CLUSTER}`);
    expect(found.secrets).toEqual([
      { name: 'own', namespace: 'lab', keys: ['one', 'two'], labels: { a: 'b' } },
    ]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('a variable without a value is asked for, a credential never', () => {
    const error = thrown(() => fill(`${CLUSTER}spec: {a: "\${LOCATION}", b: "\${SIZE}"}\n`));
    expect(error).toMatchObject({ code: 'E_MISSING' });
    expect(error.missing.map(({ choices }) => choices)).toEqual([['LOCATION=…'], ['SIZE=…']]);
  });

  test.each([
    `${CLUSTER}spec: {password: "\${AZURE_CLIENT_SECRET}"}\n`,
    `${CLUSTER}spec:\n  files:\n    - content: |\n        -----BEGIN RSA PRIVATE KEY-----\n        MIIEowIBAAKCAQEAxyzxyzxyzxyzxyzxyzxyz\n`,
    `${CLUSTER}---\napiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: YQ==}}\n`,
  ])('a credential outside of a Secret is refused', text => {
    expect(thrown(() => fill(text, { AZURE_CLIENT_SECRET: 'x' }))).toMatchObject({ code: 'E_SECRET' });
  });

  test.each(['just text', '- a\n- b\n', 'kind: [\n'])('%s is no object', text => {
    expect(thrown(() => fill(text))).toMatchObject({ code: expect.stringMatching(/^E_YAML_/) });
  });
});
