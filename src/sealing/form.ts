import { shellQuote } from '../text/shell-quote.ts';
import { opensIn, type Identity } from './scope.ts';
import { PLACEHOLDER, type SealedSecret, type SealedValue } from './sealed-secret.ts';
import { TAG_BYTES } from './seal-value.ts';

type FormCode =
  | 'E_SEAL_BLOB'
  | 'E_SEAL_EMPTY'
  | 'E_SEAL_FORM'
  | 'E_SEAL_KEY_SIZE'
  | 'E_SEAL_PLACEHOLDER'
  | 'E_SCOPE_ANNOTATION'
  | 'E_SCOPE_NAMESPACE'
  | 'E_SCOPE_RENAME';

/** What is wrong with a SealedSecret, as far as its form shows. */
export type FormProblem = {
  code: FormCode;
  severity: 'error' | 'warning' | 'note';
  line: number;
  message: string;
  hint: string;
};

export type FormFacts = {
  /** Where kustomize puts it. */
  placed: Identity;
  /** A stub may wait for its values as long as no kustomization lists it. */
  listed: boolean;
  /** Bytes of the pinned certificate's key, if there is one. */
  keyBytes: number | undefined;
};

/**
 * Judges the form of a SealedSecret without any key: "well-formed" is all that can be said offline, never "valid".
 * What it was sealed for is what its template says (kubeseal and slipway write it there, and kustomize leaves it).
 */
export function checkForm(secret: SealedSecret, facts: FormFacts): FormProblem[] {
  return [
    ...checkBlob(secret),
    ...secret.values.flatMap(value => checkValue(secret, value, facts)),
    ...checkScopes(secret),
    ...checkPlace(secret, facts),
  ];
}

function checkBlob({ hasBlob, values, line }: SealedSecret): FormProblem[] {
  if (hasBlob)
    return [
      {
        code: 'E_SEAL_BLOB',
        severity: 'error',
        line,
        message: 'spec.data is the form of old versions, which the controller refuses',
        hint: 'Seal it again.',
      },
    ];
  if (values.length > 0) return [];
  return [
    {
      code: 'E_SEAL_EMPTY',
      severity: 'warning',
      line,
      message: 'it holds no values',
      hint: 'Seal some, or remove it.',
    },
  ];
}

function checkValue(secret: SealedSecret, { key, text, line }: SealedValue, facts: FormFacts): FormProblem[] {
  const hint = sealHint(secret);
  if (text === PLACEHOLDER)
    return [
      {
        code: 'E_SEAL_PLACEHOLDER',
        severity: facts.listed ? 'error' : 'note',
        line,
        message: `${key} still waits for its value`,
        hint,
      },
    ];
  const problem = formProblem(text);
  if (problem) return [{ code: 'E_SEAL_FORM', severity: 'error', line, message: `${key} ${problem}`, hint }];
  const bytes = sealedKeyBytes(text);
  if (facts.keyBytes === undefined || facts.keyBytes === bytes) return [];
  const message = `${key} was sealed with a key of ${bytes * 8} bits, the pinned certificate has ${facts.keyBytes * 8}`;
  return [{ code: 'E_SEAL_KEY_SIZE', severity: 'warning', line, message, hint }];
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})+$|^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;
const MAX_KEY_BYTES = 2048;

/** Why a text cannot be a sealed value; undefined if it can. */
export function formProblem(text: string): string | undefined {
  const compact = text.replaceAll(/[\r\n]/g, '');
  if (!BASE64.test(compact)) return 'is not base64';
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.length < 2) return 'is too short';
  const keyBytes = bytes.readUInt16BE();
  if (keyBytes < 128 || keyBytes > MAX_KEY_BYTES) return 'does not begin as a sealed value does';
  return bytes.length < 2 + keyBytes + TAG_BYTES ? 'is cut off' : undefined;
}

function sealedKeyBytes(text: string): number {
  return Buffer.from(text.slice(0, 4), 'base64').readUInt16BE();
}

function checkScopes({ scope, templateScope, oddAnnotations, line }: SealedSecret): FormProblem[] {
  const hint = 'Only the literal "true" counts, on the object and on spec.template.';
  const odd = oddAnnotations.map((annotation): FormProblem => ({
    code: 'E_SCOPE_ANNOTATION',
    severity: 'error',
    line,
    message: `${annotation} is neither "true" nor "false"`,
    hint,
  }));
  if (scope === templateScope) return odd;
  const message = `the object says ${scope}, its template ${templateScope}`;
  return [...odd, { code: 'E_SCOPE_ANNOTATION', severity: 'error', line, message, hint }];
}

function checkPlace(secret: SealedSecret, { placed }: FormFacts): FormProblem[] {
  const { scope, line } = secret;
  if (placed.namespace === '' && scope !== 'cluster-wide')
    return [
      {
        code: 'E_SCOPE_NAMESPACE',
        severity: 'error',
        line,
        message: `it is ${scope}, and neither it nor a kustomization names its namespace`,
        hint: 'Give it metadata.namespace.',
      },
    ];
  if (!needsNewSeal(secret, placed)) return [];
  const from = shown(secret.sealedFor);
  return [
    {
      code: 'E_SCOPE_RENAME',
      severity: 'error',
      line,
      message: `it was sealed for ${from} (${scope}), and kustomize puts it at ${shown(placed)}: the controller cannot open it`,
      hint: `Seal all values again: ${sealCommand(secret)}`,
    },
  ];
}

/** Whether the values cannot be opened where the object lands. A stub has none to open. */
export function needsNewSeal({ scope, sealedFor, values }: SealedSecret, placed: Identity): boolean {
  const { namespace, name } = sealedFor;
  const sealed = values.some(({ text }) => text !== PLACEHOLDER);
  return sealed && !opensIn(scope, { namespace: namespace ?? placed.namespace, name }, placed);
}

function shown({ namespace, name }: { namespace: string | undefined; name: string }): string {
  return namespace ? `${namespace}/${name}` : name;
}

function sealHint(secret: SealedSecret): string {
  return `Seal it: ${sealCommand(secret)}`;
}

/** The command that asks for values of a SealedSecret. */
export function sealCommand({ source }: Pick<SealedSecret, 'source'>): string {
  return `slipway seal --into ${shellQuote(source.name)}`;
}
