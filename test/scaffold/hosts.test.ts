import { describe, expect, test } from 'vitest';
import { hostNames } from '../../src/scaffold/hosts.ts';
import { thrown } from '../support/thrown.ts';

describe('a domain that Flux fills in', () => {
  const naming = { domains: ['${DOMAIN}', 'example.org'], pattern: '{app}.{domain}' };

  test('stays as it is behind a label, and behind a host that is given whole', () => {
    expect(hostNames(['docs'], naming)).toEqual(['docs.${DOMAIN}', 'docs.example.org']);
    expect(hostNames(['docs.eu.${DOMAIN}'], naming)).toEqual(['docs.eu.${DOMAIN}']);
  });

  test.each(['docs.${OTHER}', 'a_b.${DOMAIN}', '-.${DOMAIN}', '${DOMAIN}.${DOMAIN}'])('%s is none', host => {
    expect(thrown(() => hostNames([host], naming)).code).toBe('E_VALUE');
  });
});
