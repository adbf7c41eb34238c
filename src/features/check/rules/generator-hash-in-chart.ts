import { isRecord, stringOf } from '../../../data/fields.ts';
import { say } from '../../../locales/say.ts';
import type { AppRule } from '../rule.ts';

const GENERATORS = { ConfigMap: 'configMapGenerator', Secret: 'secretGenerator' } as const;

/** kustomize gives what it generates a hash, and follows it only in the fields that it knows: values of charts lead elsewhere. */
export const generatorHashInChart: AppRule = {
  scope: 'app',
  severity: 'error',
  needs: 'rendering',
  title: say('rules.generatorHashInChart'),
  check: ({ root, rendered, isPart }) => {
    if (!root || isPart || rendered?.status !== 'rendered') return [];
    const told = new Set<string>();
    return (rendered.facts.unhashed ?? []).flatMap(({ kind, name, by, path, is }) => {
      const key = GENERATORS[kind];
      const list: unknown = root.data[key];
      const index = Array.isArray(list)
        ? list.findIndex(entry => isRecord(entry) && stringOf(entry['name']) === name)
        : -1;
      if (index < 0 || told.has(`${kind} ${name}`)) return [];
      told.add(`${kind} ${name}`);
      return [
        {
          ...root.at(key, index, 'name'),
          message: say('rules.sayGeneratorHashInChart', { by, path, kind, name, is }),
          hint: say('rules.hintGeneratorHashInChart'),
        },
      ];
    });
  },
};
