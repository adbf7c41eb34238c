import { expect, test } from 'vitest';
import { hostsElsewhere } from '../../src/scaffold/hosts.ts';

const PATTERNS = {
  domains: ['example.org', 'example.net'],
  from: '{app}.{domain}',
  to: '{app}.dev.{domain}',
};

test.each([
  [['shop.example.org', 'shop.example.net'], PATTERNS, ['shop.dev.example.org', 'shop.dev.example.net']],
  // Where both environments have one pattern, the label says which is meant: one host is taken once.
  [['shop.example.org'], { ...PATTERNS, to: PATTERNS.from }, ['shop-dev.example.org']],
  [['www.shop.example.com'], PATTERNS, ['www-dev.shop.example.com']],
  [['*.shop.example.org'], PATTERNS, ['*.dev.shop.example.org']],
])('%s', (hosts, patterns, expected) => {
  expect(hostsElsewhere(hosts, patterns, 'dev')).toEqual(expected);
});
