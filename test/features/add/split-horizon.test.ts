import { describe, expect, test } from 'vitest';
import { addRewrites, findRewrites } from '../../../src/features/add/split-horizon.ts';
import { diffLines } from '../../../src/output/line-diff.ts';
import { thrown } from '../../support/thrown.ts';

const TARGET = 'gateway.gateways.svc.cluster.local';
const SHOP = { host: 'shop.campus.example', target: TARGET };

/** The values of the CoreDNS chart, with these plugins between `ready` and `kubernetes`. */
function values(between: string): string {
  return `# -- how many
replicaCount: 2
servers:
- zones:
  - zone: internal.
  plugins:
  - name: errors
- zones:
  - zone: .
    use_tcp: true
  port: 53
  plugins:
  - name: ready
${between}  # Required to query the API
  - name: kubernetes
    parameters: cluster.local
  - name: forward
    parameters: . /etc/resolv.conf

# Complete example with all the options:
`;
}

const WIKI = `  - name: rewrite
    parameters: stop
    configBlock: |-
      name exact wiki.campus.example ${TARGET} answer auto
`;

function changed(text: string, ...hosts: (typeof SHOP)[]): string[] {
  return diffLines(text, addRewrites(text, 'v.yaml', hosts)).flatMap(line =>
    line.kind === 'added' || line.kind === 'removed' ? [line.text] : [],
  );
}

describe('a rewrite', () => {
  const ENTRY = [
    '+  - name: rewrite',
    '+    parameters: stop',
    `+    configBlock: name exact shop.campus.example ${TARGET} answer auto`,
  ];

  test('stands behind the last one, in the server for all zones', () => {
    const text = values(WIKI);
    expect(changed(text, SHOP)).toEqual(ENTRY);
    const edited = addRewrites(text, 'v.yaml', [SHOP]);
    expect(edited.indexOf('shop.campus')).toBeGreaterThan(edited.indexOf('wiki.campus'));
    expect(edited.indexOf('shop.campus')).toBeLessThan(edited.indexOf('name: kubernetes'));
  });

  test('the first one stands before kubernetes', () => {
    const edited = addRewrites(values(''), 'v.yaml', [SHOP]);
    expect(edited.indexOf('shop.campus')).toBeGreaterThan(edited.indexOf('name: ready'));
    expect(edited.indexOf('shop.campus')).toBeLessThan(edited.indexOf('name: kubernetes'));
    expect(changed(values(''), SHOP)).toEqual(ENTRY);
  });

  test('twice is once; one that people wrote in another form counts too', () => {
    const once = addRewrites(values(WIKI), 'v.yaml', [SHOP]);
    expect(addRewrites(once, 'v.yaml', [SHOP])).toBe(once);
    const oneLine = values(
      `  - name: rewrite\n    parameters: stop name exact shop.campus.example ${TARGET}.\n`,
    );
    expect(addRewrites(oneLine, 'v.yaml', [SHOP])).toBe(oneLine);
    expect(findRewrites(values(WIKI), 'v.yaml')).toEqual([{ host: 'wiki.campus.example', target: TARGET }]);
  });

  test('to another target than the one that is there is refused', () => {
    const rewrite = { host: 'wiki.campus.example', target: 'other.svc' };
    expect(thrown(() => addRewrites(values(WIKI), 'v.yaml', [rewrite]))).toMatchObject({
      code: 'E_EXISTS',
    });
  });

  test.each([
    'servers: []\n',
    'a: 1\n',
    'servers:\n- zones: [{zone: internal.}]\n  plugins: [{name: errors}]\n',
  ])('values without a server for all zones are refused: %j', text => {
    expect(thrown(() => addRewrites(text, 'v.yaml', [SHOP]))).toMatchObject({ code: 'E_VALUE' });
  });
});
