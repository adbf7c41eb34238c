import Handlebars from 'handlebars';
import { UserError } from '../errors.ts';
import { parseSource } from './yaml/source.ts';
import { yamlScalar } from './yaml/print.ts';

// An instance of our own: plop and the rest of the process share the global one. No HTML escaping: this is YAML.
const handlebars = Handlebars.create();
handlebars.registerHelper('yaml', (text: unknown) => yamlScalar(String(text)));

const OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { yaml: true },
  preventIndent: true,
};

export type Template = { name: string; text: string };

/**
 * Places a view into a template. Every variable must be in the view: an unknown one is an error.
 * @throws UserError E_TEMPLATE naming the template; also if a YAML result does not parse.
 */
export function renderTemplate(template: Template, view: object): string {
  const result = place(template, view);
  if (/\.ya?ml(\.hbs)?$/.test(template.name)) requireYaml(template, result);
  return result;
}

function place(template: Template, view: object): string {
  try {
    return handlebars.compile(template.text, OPTIONS)(view, { allowProtoPropertiesByDefault: false });
  } catch (error) {
    throw templateError(template, error);
  }
}

function requireYaml(template: Template, result: string): void {
  try {
    parseSource(result, template.name);
  } catch (error) {
    throw templateError(template, error);
  }
}

function templateError(template: Template, error: unknown): UserError {
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return new UserError('E_TEMPLATE', `template ${template.name}: ${reason}`, {
    hint: 'If it is an override under .slipway/templates/, mend or remove it.',
    subject: template.name,
    cause: error,
  });
}
