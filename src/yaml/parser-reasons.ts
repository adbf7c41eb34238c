import { display } from '../text/display.ts';
import { say } from '../locales/say.ts';
import type { Text } from '../text/language.ts';

const IN_VALUE = say('yaml.colonInValue');
const INDENTS = say('yaml.indentsOtherwise');

/** What the two parsers of YAML say of what people usually get wrong, and how we say it; the first that fits. */
const REASONS: readonly [RegExp, Text][] = [
  [/^tab characters must not|^Tabs are not allowed/, say('yaml.tabIndents')],
  [
    /^unexpected end of the (?:stream|document) within a \w+ quoted|^Missing closing ["']/,
    say('yaml.quoteOpen'),
  ],
  [/^unexpected end of the stream within a flow|^Flow (?:map|sequence) in block/, say('yaml.bracketOpen')],
  [/^missed comma|^Missing , /, say('yaml.commaMissing')],
  [/^expected the node content, but found ','|^Unexpected (?:,|empty item) in/, say('yaml.commaTooMany')],
  [/^a whitespace character is expected after|^Missing space after :/, say('yaml.spaceMissing')],
  [/^Nested mappings are not allowed/, IN_VALUE],
  [/^expected ':' after|multiline key|^Implicit (?:map )?keys/, say('yaml.colonMissing')],
  [/^unknown escape|^expected hexadecimal|^Invalid escape/, say('yaml.escapeUnknown')],
  [/^duplication of an? (?:tag|anchor)|^A node can have at most one/, say('yaml.twoProperties')],
  [/^name of an (?:alias|anchor)|^(?:Alias|Anchor) cannot be an empty/, say('yaml.nameMissing')],
  [/non-printable|^null byte|^expected valid JSON character/, say('yaml.controlCharacter')],
  [/^a line break is expected|^Block scalar header|^bad explicit|^repeat of an? /, say('yaml.headerOdd')],
  [/directive|^unacceptable YAML version|^duplication of %YAML/, say('yaml.directiveOdd')],
  [/^unidentified alias/, say('yaml.aliasWithoutAnchor')],
  [/^duplicated mapping key|^Map keys must be unique/, say('yaml.keyTwiceInMap')],
  [/^cannot merge mappings/, say('yaml.mergesNoMap')],
  [/^Comments must be separated/, say('yaml.commentTooClose')],
  [/^Plain value cannot start/, say('yaml.quotesNeeded')],
  [/tag (?:handle|name|suffix)|^Unresolved tag|verbatim tag/, say('yaml.tagOdd')],
  [/indentation|indented|^All \w+ items must start|^A block sequence may not/, INDENTS],
  [
    /^end of the stream or|^Unexpected .* (?:at node end|token)$|^can not read a document/,
    say('yaml.moreFollows'),
  ],
];

/**
 * A parser's reason in our words, in both languages; what is rare is told in its own. Behind a key it is no matter of
 * indentation, whatever the parser says, and at the end of a file something was never closed.
 */
export function parserReason(message: string, { text, offset }: { text: string; offset: number }): Text {
  const own = message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
  const known = REASONS.find(([pattern]) => pattern.test(own))?.[1];
  if (known === INDENTS && text.slice(offset, offset + 256).trim() === '') return say('yaml.neverClosed');
  if (known === INDENTS && text[offset] === ':') return IN_VALUE;
  if (known === INDENTS && /[^\s-]/.test(lineBefore(text, offset))) return say('yaml.valueOdd');
  return known ?? say('yaml.cannotBeParsed', { reason: display(own) });
}

function lineBefore(text: string, offset: number): string {
  const part = text.slice(Math.max(0, offset - 4096), offset);
  return part.slice(part.lastIndexOf('\n') + 1);
}
