import { renderTemplate, type Template } from '../repository/templates.ts';

export type Stub = { name: string; namespace: string; keys: readonly string[] };

/** A SealedSecret that waits for its values, with the command that fills it in. */
export function renderStub({ name, namespace, keys }: Stub, file: string, template: Template): string {
  return renderTemplate(template, { name, namespace, keys, file });
}
