import { expect, test } from 'vitest';
import { saidWhy } from '../../../src/system/tools/said-why.ts';

const CHART = 'trouble configuring builtin HelmChartInflationGenerator with config: `';

test.each([
  [
    'kustomize, over several lines',
    `# Warning: 'bases' is deprecated.\nError: ${CHART}\nname: x\nversion: 1.0.0\n\`: must specify --enable-helm\n`,
    `${CHART} name: x version: 1.0.0 \`: must specify --enable-helm`,
  ],
  [
    'kubectl, in a block',
    `E1128 08:16:59.637723   31401 run.go:72] "command failed" err=<\n\t${CHART}\n\tname: x\n\t\`: must specify --enable-helm\n >\n`,
    `${CHART} name: x \`: must specify --enable-helm`,
  ],
  [
    'kubectl, quoted',
    'E1128 08:16:59.799720   31422 run.go:72] "command failed" err="accumulating \\"nope.yaml\\": no such file"\n',
    'accumulating "nope.yaml": no such file',
  ],
  ['an older kubectl', 'error: no such file\n', 'no such file'],
  [
    'helm, with every line of a schema',
    "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nweb:\n- (root): port is required\n\nUse --debug flag to render out invalid YAML\n",
    "values don't meet the specifications of the schema(s) in the following chart(s): web: - (root): port is required",
  ],
  ['no error line', 'panic\nkilled\n', 'killed'],
  ['nothing', '', 'exit code 3'],
])('%s', (_, stderr, why) => {
  expect(saidWhy({ stderr, code: 3 })).toBe(why);
});

test('of a long one beginning and end are kept', () => {
  const why = saidWhy({ stderr: `Error: begin ${'x'.repeat(5000)} end`, code: 1 });
  expect(why).toMatch(/^begin x+ … x+ end$/);
  expect(why.length).toBeLessThan(700);
});
