import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Remark } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import { deafAnnotation, isSealedSecret, scopeOf } from '../../../sealing/sealed-data.ts';

/** Name and namespace are part of the ciphertext: where kustomize changes them nobody can open it. */
export const sealedSecretScope: AppRule = {
  scope: 'app',
  severity: 'error',
  title: {
    en: 'a SealedSecret stays where it was sealed for',
    'zh-CN': 'SealedSecret 的名称与命名空间与加密时一致',
  },
  check: facts =>
    facts.objects
      .filter(isSealedSecret)
      .flatMap(object => [
        ...checkAnnotations(object),
        ...checkTemplate(object),
        ...(object.listed ? checkPlace(facts, object) : []),
      ]),
};

/** Kustomize's own namespace, prefix and suffix, from the kustomization that lists the file outwards. */
function checkPlace(facts: AppFacts, object: ObjectFacts): Remark[] {
  const scope = scopeOf(object.body['metadata']);
  if (scope === 'cluster-wide') return [];
  const around = kustomizationsAround(facts, object.file);
  const moved = around.find(({ namespace }) => namespace !== undefined)?.namespace;
  const remarks: Remark[] = [];
  if (object.namespace !== undefined && moved !== undefined && moved !== object.namespace)
    remarks.push({
      ...object.at('metadata', 'namespace'),
      message: {
        en: `${object.name} is sealed for the namespace ${object.namespace}, kustomize puts it into ${moved}`,
        'zh-CN': `${object.name} 为命名空间 ${object.namespace} 加密，kustomize 会将其放入 ${moved}`,
      },
      hint: { en: `seal it again for ${moved}`, 'zh-CN': `针对 ${moved} 重新加密` },
    });
  const affix = around.find(
    ({ data }) => data['namePrefix'] !== undefined || data['nameSuffix'] !== undefined,
  );
  if (affix && scope === 'strict')
    remarks.push({
      ...object.at('metadata', 'name'),
      message: {
        en: `${object.name} is sealed for its name, which ${affix.file} changes by namePrefix or nameSuffix`,
        'zh-CN': `${object.name} 按名称加密，但 ${affix.file} 的 namePrefix 或 nameSuffix 会改变它`,
      },
      hint: {
        en: 'seal it for the name that comes out, or with the scope namespace-wide',
        'zh-CN': '按最终名称加密，或使用 namespace-wide 范围',
      },
    });
  return remarks;
}

/** From the innermost folder outwards. */
function kustomizationsAround({ kustomizations }: AppFacts, file: string) {
  return kustomizations
    .filter(({ folder }) => file.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)
    .toReversed();
}

/** The Secret takes its name from the template only where they agree; the controller reads the object's own. */
function checkTemplate(object: ObjectFacts): Remark[] {
  const template = valueAt(object.body, ['spec', 'template', 'metadata']);
  return (['name', 'namespace'] as const).flatMap(field => {
    const own = object[field];
    const other = stringOf(valueAt(template, [field]));
    if (other === undefined || own === undefined || own === '' || own === other) return [];
    return [
      {
        ...object.at('spec', 'template', 'metadata', field),
        message: {
          en: `the template's ${field} ${other} is not the object's ${own}`,
          'zh-CN': `template 的 ${field} ${other} 与对象的 ${own} 不同`,
        },
        hint: {
          en: `write ${own}: the value is opened with the object's own ${field}`,
          'zh-CN': `改为 ${own}：解密使用对象自身的 ${field}`,
        },
      },
    ];
  });
}

function checkAnnotations(object: ObjectFacts): Remark[] {
  const { metadata } = object.body;
  const template = valueAt(object.body, ['spec', 'template', 'metadata']);
  const deaf = deafAnnotation(metadata) ?? deafAnnotation(template);
  if (deaf !== undefined)
    return [
      {
        ...object.at('metadata', 'annotations', `sealedsecrets.bitnami.com/${deaf}`),
        message: {
          en: `the annotation ${deaf} only counts as "true"`,
          'zh-CN': `注解 ${deaf} 只有值为 "true" 时有效`,
        },
        hint: { en: 'write "true", or remove it', 'zh-CN': '写成 "true"，或删除' },
      },
    ];
  const [own, inside] = [scopeOf(metadata), scopeOf(template)];
  if (own === inside || template === undefined || (own !== 'strict' && inside === 'strict')) return [];
  return [
    {
      ...object.at('spec', 'template', 'metadata', 'annotations'),
      message: {
        en: `the template is ${inside}, the object ${own}: the controller reads the object`,
        'zh-CN': `template 的范围是 ${inside}，对象是 ${own}：控制器只读取对象`,
      },
      hint: { en: 'give both the same annotation', 'zh-CN': '两处使用相同的注解' },
    },
  ];
}
