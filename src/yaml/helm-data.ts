import { isScalar, visit } from 'yaml';
import { scalarMeaning } from './meanings.ts';
import { parseSource, toData } from './source.ts';

/**
 * The first document of a text as Helm and the API server's tools read it: `yes` is true, `0644` octal, `<<` is merged, and the key
 * `n` is `false`. `undefined` for an empty one.
 * @throws UserError E_YAML_*
 */
export function helmData(text: string, name: string): unknown {
  const source = parseSource(text, name);
  const [document] = source.documents;
  if (document) {
    document.setSchema('1.2', { merge: true });
    visit(document, {
      Scalar(key, node) {
        if (!isScalar(node)) return;
        if (key !== 'key') node.value = scalarMeaning(node).value;
        else if (scalarMeaning(node).type === 'boolean') node.value = String(scalarMeaning(node).value);
      },
    });
  }
  return toData(source);
}
