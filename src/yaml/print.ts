import { Document, parse } from 'yaml';

export type PrintStyle = {
  /** Spaces before each line but the first. */
  indent?: number;
  /** True writes lists two spaces deeper than their key, false in its column. */
  indentLists?: boolean;
  /** In braces and brackets, on one line. */
  flow?: boolean;
  /** Texts of several lines between quotes, on one. */
  quoted?: boolean;
  /** Spaces from one level to the next; 2 unless set. */
  step?: number;
};

/**
 * Plain data as YAML text without a final newline. Strings that any YAML 1.1 or 1.2 reader would take for something
 * else (`no`, `1.10`, `12:30:45`, `0o7`) come out quoted.
 */
export function printYaml(value: unknown, style: PrintStyle = {}): string {
  return plainScalar(value) ?? printDocument(value, style);
}

const PLAIN_WORD = /^[A-Za-z][A-Za-z0-9_./-]*$/;

/** What is written in one way only, whatever the style. */
function plainScalar(value: unknown): string | undefined {
  if (typeof value === 'boolean' || Number.isSafeInteger(value))
    return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'string' || !PLAIN_WORD.test(value) || LOOKS_TYPED.test(value)) return undefined;
  return value;
}

function printDocument(value: unknown, style: PrintStyle): string {
  const document = new Document(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  const text = document
    .toString({
      lineWidth: 0,
      indentSeq: style.indentLists ?? true,
      indent: style.step ?? 2,
      blockQuote: style.quoted !== true,
      ...(style.flow ? { collectionStyle: 'flow', flowCollectionPadding: false } : {}),
    })
    .replace(/\n$/, '');
  return style.indent ? text.replaceAll('\n', `\n${' '.repeat(style.indent)}`) : text;
}

const LOOKS_TYPED = /^(?:[-+.\d]|[ynotf~=]|null$|true$|false$|yes$|no$|on$|off$)/i;

/**
 * One string as a YAML scalar on one line: plain where that is safe everywhere, else double-quoted.
 * The result re-parses to exactly `text`.
 */
export function yamlScalar(text: string): string {
  const plain = /^[A-Za-z0-9_./-][A-Za-z0-9_./@:+=, -]*$/.test(text) && !/[: ]$|: | #/.test(text);
  if (plain && !text.startsWith('- ') && text !== '-' && isString(text)) return text;
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Neither YAML 1.1 (Helm, kubectl) nor 1.2 reads it as a number, a boolean, a date or null. */
export function isString(text: string): boolean {
  if (!LOOKS_TYPED.test(text)) return true;
  return parse(text, { version: '1.1' }) === text && parse(text, { version: '1.2' }) === text;
}
