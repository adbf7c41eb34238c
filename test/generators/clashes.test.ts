import { describe, expect, test } from 'vitest';
import { ADDITIONS } from '../../generators/add/generator.ts';
import { requireNoClash } from '../../generators/clashes.ts';
import { REPOSITORY_QUESTIONS } from '../../generators/init/questions.ts';
import { APP_QUESTIONS } from '../../generators/new-app/questions.ts';
import type { Question } from '../../generators/question.ts';

const APP = Object.values(APP_QUESTIONS);
const INIT = Object.values(REPOSITORY_QUESTIONS);

function refusal(questions: readonly Question[], line: string): string | undefined {
  const given = [...line.matchAll(/--([\w-]+)=(\S*)/g)].map(([, name = '', value = '']) => ({ name, value }));
  try {
    requireNoClash(questions, given);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('flags of which one would be dropped', () => {
  test.each([
    ['--chart=a --image=b:1', '--image', '--chart'],
    ['--image=b:1 --repo=https://c.example', '--image', '--repo'],
    ['--image=b:1 --version=1', '--image', '--version'],
    ['--image=b:1 --release=x', '--image', '--release'],
    ['--chart=a --manifest=https://x', '--manifest', '--chart'],
    ['--image=b:1 --manifest=https://x', '--manifest', '--image'],
    ['--manifest=https://x --port=80', '--manifest', '--port'],
    ['--manifest=https://x --probe=/', '--manifest', '--probe'],
    ['--chart=a --port=80', '--port', '--chart'],
    ['--chart=a --storage=c:1Gi', '--storage', '--chart'],
    ['--chart=a --probe=/', '--probe', '--chart'],
    ['--image=b:1 --mount=/d', '--mount', '--storage'],
    ['--image=b:1 --mount=/d --storage=', '--mount', '--storage'],
    ['--chart=a --route=none --host=x', '--host', '--route none'],
    ['--chart=a --route=none --service=x:1', '--service', '--route none'],
    ['--chart=a --route=chart --service=x:1', '--service', '--route chart'],
    ['--chart=a --route=chart:server.route --service=x:1', '--service', '--route chart:server.route'],
  ])('new-app %s', (line, one, other) => {
    const message = refusal(APP, line);
    expect(message).toContain(one);
    expect(message).toContain(other);
  });

  test.each([
    '--chart=a --repo=https://c.example --version=1 --release=x --route=chart --host=x --secret=',
    '--chart=a --chart=b --route=own --host=x --service=x:1',
    '--image=b:1 --port=80 --storage=c:1Gi --mount=/d --probe=/ --route=tls --host=x',
    '--image=b:1 --storage= --route=none --host=',
    '--manifest=https://x --route=own --host=x --service=x:1 --secret=s:k',
  ])('new-app %s go together', line => expect(refusal(APP, line)).toBeUndefined());

  test('init: what Flux has no use for', () => {
    expect(refusal(INIT, '--gitops=flux --on-removal=keep')).toMatch(/--on-removal .* --gitops flux/);
    expect(refusal(INIT, '--gitops=argocd --on-removal=keep')).toBeUndefined();
  });

  test('each rule names flags that there are, and is found from the side that has it', () => {
    const all = [APP, INIT, ...Object.values(ADDITIONS).map(({ questions }) => questions)];
    for (const questions of all) {
      const known = new Set([...APP, ...INIT, ...questions].map(({ flag }) => flag));
      for (const { notWith = [], onlyWith } of questions as readonly Question[])
        for (const flag of [...notWith.map(clash => clash.flag), ...(onlyWith ? [onlyWith] : [])])
          expect(known).toContain(flag);
    }
  });
});
