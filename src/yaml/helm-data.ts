import { isScalar, visit } from 'yaml';
import { scalarMeaning } from './meanings.ts';
import { parseSource, toData } from './source.ts';

/**
 * The first document of a text as Helm and the API server's tools read it: `yes` is true, `0644` octal. `undefined` for an empty one.
 * @throws UserError E_YAML_*
 */
export function helmData(text: string, name: string): unknown {
  const source = parseSource(text, name);
  const [document] = source.documents;
  if (document)
    visit(document, {
      Scalar(key, node) {
        if (key !== 'key' && isScalar(node)) node.value = scalarMeaning(node).value;
      },
    });
  return toData(source);
}
