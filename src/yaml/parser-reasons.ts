const IN_VALUE = 'yaml.colonInValue';
const INDENTS = 'yaml.indentsOtherwise';

/** What the two parsers of YAML say of what people usually get wrong, and how we say it; the first that fits. */
const REASONS = [
  [/^tab characters must not|^Tabs are not allowed/, 'yaml.tabIndents'],
  [/^unexpected end of the (?:stream|document) within a \w+ quoted|^Missing closing ["']/, 'yaml.quoteOpen'],
  [/^unexpected end of the stream within a flow|^Flow (?:map|sequence) in block/, 'yaml.bracketOpen'],
  [/^missed comma|^Missing , /, 'yaml.commaMissing'],
  [/^expected the node content, but found ','|^Unexpected (?:,|empty item) in/, 'yaml.commaTooMany'],
  [/^a whitespace character is expected after|^Missing space after :/, 'yaml.spaceMissing'],
  [/^Nested mappings are not allowed/, IN_VALUE],
  [/^expected ':' after|multiline key|^Implicit (?:map )?keys/, 'yaml.colonMissing'],
  [/^unknown escape|^expected hexadecimal|^Invalid escape/, 'yaml.escapeUnknown'],
  [/^duplication of an? (?:tag|anchor)|^A node can have at most one/, 'yaml.twoProperties'],
  [/^name of an (?:alias|anchor)|^(?:Alias|Anchor) cannot be an empty/, 'yaml.nameMissing'],
  [/non-printable|^null byte|^expected valid JSON character/, 'yaml.controlCharacter'],
  [/^a line break is expected|^Block scalar header|^bad explicit|^repeat of an? /, 'yaml.headerOdd'],
  [/directive|^unacceptable YAML version|^duplication of %YAML/, 'yaml.directiveOdd'],
  [/^unidentified alias/, 'yaml.aliasWithoutAnchor'],
  [/^duplicated mapping key|^Map keys must be unique/, 'yaml.keyTwiceInMap'],
  [/^cannot merge mappings/, 'yaml.mergesNoMap'],
  [/^Comments must be separated/, 'yaml.commentTooClose'],
  [/^Plain value cannot start/, 'yaml.quotesNeeded'],
  [/tag (?:handle|name|suffix)|^Unresolved tag|verbatim tag/, 'yaml.tagOdd'],
  [/indentation|indented|^All \w+ items must start|^A block sequence may not/, INDENTS],
  [
    /^end of the stream or|^Unexpected .* (?:at node end|token)$|^can not read a document/,
    'yaml.moreFollows',
  ],
] as const satisfies readonly (readonly [RegExp, string])[];

/** The key of a sentence of ours. */
type ReasonKey = (typeof REASONS)[number][1] | 'yaml.neverClosed' | 'yaml.valueOdd';

/**
 * The sentence for what a parser says; undefined for what is rare, which is told in its own words. Behind a key it is no matter
 * of indentation, whatever the parser says, and at the end of a file something was never closed.
 */
export function parserReason(
  message: string,
  { text, offset }: { text: string; offset: number },
): ReasonKey | undefined {
  const known = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  if (known !== INDENTS) return known;
  if (text.slice(offset, offset + 256).trim() === '') return 'yaml.neverClosed';
  if (text[offset] === ':') return IN_VALUE;
  return /[^\s-]/.test(lineBefore(text, offset)) ? 'yaml.valueOdd' : known;
}

/** A parser's own words, without the place, which the message names itself, and without what the file holds. */
export function withoutPlace(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}

function lineBefore(text: string, offset: number): string {
  const part = text.slice(Math.max(0, offset - 4096), offset);
  return part.slice(part.lastIndexOf('\n') + 1);
}
