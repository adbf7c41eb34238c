import { expect, test } from 'vitest';
import { kindsOf, listenersIn, meetsHost, takesNamespace } from '../../src/repository/gateways.ts';
import { isHostname, meantHostname } from '../../src/features/check/facts/hostname.ts';

/** The table of the Gateway API's own documentation of `hostname`, and of its conformance tests. */
test.each([
  [undefined, 'a.example.com', true],
  ['', 'a.example.com', true],
  ['test.example.com', 'test.example.com', true],
  ['test.example.com', '*.example.com', true],
  ['test.example.com', 'other.example.com', false],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', 'test.example.com', true],
  ['*.example.com', 'foo.test.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', '*.example.net', false],
  ['*.foo.example.com', '*.example.com', true],
  ['*.example.com', '*.foo.example.com', true],
  ['*.foo.example.com', '*.bar.example.com', false],
  ['foo.example.com', '*.com', true],
  ['*.wildcard.io', 'wildcard.io.evil.com', false],
])('the listener %s meets the host %s: %s', (hostname, host, meets) => {
  expect(meetsHost(hostname, host)).toBe(meets);
});

function listener(fields: Record<string, unknown>) {
  const [found] = listenersIn({ spec: { listeners: [{ name: 'a', ...fields }] } });
  if (!found) throw new Error('no listener');
  return found;
}

test.each([
  [{ protocol: 'HTTP' }, 'HTTPRoute,GRPCRoute'],
  [{ protocol: 'HTTPS', allowedRoutes: { kinds: [{ kind: 'HTTPRoute' }] } }, 'HTTPRoute'],
  [{ protocol: 'HTTPS', allowedRoutes: { kinds: [{ kind: 'TCPRoute' }] } }, ''],
  [{ protocol: 'TLS', tls: { mode: 'Passthrough' } }, 'TLSRoute,TCPRoute'],
  [{ protocol: 'UDP' }, 'UDPRoute'],
  [{ protocol: 'example.com/bar' }, undefined],
  [{ protocol: 'constructor' }, undefined],
])('%j takes %s', (fields, kinds) => {
  expect(kindsOf(listener(fields))?.join(',')).toBe(kinds);
});

const shared = { matchLabels: { shared: 'yes' } };
const named = {
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
};
test.each([
  [undefined, 'gateway', undefined, true],
  [undefined, 'shop', undefined, false],
  [{ from: 'All' }, 'shop', undefined, true],
  [{ from: 'None' }, 'gateway', undefined, false],
  [{ from: 'Selector', selector: shared }, 'shop', undefined, undefined],
  [{ from: 'Selector', selector: shared }, 'shop', {}, false],
  [{ from: 'Selector', selector: shared }, 'shop', { shared: 'yes' }, true],
  [{ from: 'Selector', selector: named }, 'shop', undefined, true],
  [{ from: 'Selector', selector: named }, 'wiki', undefined, false],
  [{ from: 'Selector', selector: { ...shared, ...named } }, 'wiki', undefined, false],
  [
    { from: 'Selector', selector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } },
    'wiki',
    {},
    true,
  ],
])(
  'allowedRoutes.namespaces %j, a route of %s with labels %j: %s',
  (namespaces, namespace, labels, takes) => {
    const own = { namespace, gateway: 'gateway', labels };
    expect(takesNamespace(listener({ allowedRoutes: { namespaces } }), own)).toBe(takes);
  },
);

test.each([
  ['wiki.example.org', true, undefined],
  ['*.example.org', true, undefined],
  ['localhost', true, undefined],
  ['https://wiki.example.org', false, 'wiki.example.org'],
  ['wiki.example.org:8443', false, 'wiki.example.org'],
  ['Wiki.Example.org/path', false, 'wiki.example.org'],
  ['wiki.example.org.', false, 'wiki.example.org'],
  ['10.0.0.1', false, undefined],
  ['wiki_a.example.org', false, undefined],
  ['a.*.example.org', false, undefined],
  ['-a.example.org', false, undefined],
  [`${'a.'.repeat(130)}org`, false, undefined],
])('%s is a host name: %s', (text, is, meant) => {
  expect([isHostname(text), meantHostname(text)]).toEqual([is, meant]);
});
