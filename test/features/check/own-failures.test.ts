import { expect, test } from 'vitest';
import { evaluateApp } from '../../../src/features/check/evaluate-app.ts';
import type { AppFacts } from '../../../src/features/check/facts/app-facts.ts';
import { RULES } from '../../../src/features/check/rules/rules.ts';

/** Facts of nothing: each rule stumbles over the first that it asks for. */
const BROKEN = {
  folder: 'production/wiki',
  files: ['production/wiki/kustomization.yaml'],
  text: () => '',
  conventions: { habits: {} },
};

test('a rule that fails says so under its own name, and every other rule still looks', () => {
  const { findings } = evaluateApp(BROKEN as unknown as AppFacts);
  const known = new Set(Object.keys(RULES));
  expect(findings.length).toBeGreaterThan(5);
  expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length);
  for (const { code, file, severity, message, hint } of findings) {
    expect([known.has(code), file, severity]).toEqual([true, 'production/wiki/kustomization.yaml', 'error']);
    expect(message.en).toContain(`${code} was not looked at: a bug of slipway: `);
    expect(hint.en).toContain('Report this');
  }
});
