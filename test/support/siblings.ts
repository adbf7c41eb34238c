import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emitApp, type EmittedDelivery } from '../../src/deliveries/emit.ts';
import type { Emission, NewChart } from '../../src/deliveries/siblings/emission.ts';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import {
  DELIVERY_TEMPLATES,
  type DeliveryTemplates,
  ownSources,
  ownUnit,
} from '../../src/scaffold/delivered/own-unit.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../templates/delivery');

/** The templates as the package ships them. */
const deliveryTemplates = Object.fromEntries(
  DELIVERY_TEMPLATES.map(name => [
    name,
    { name, text: readFileSync(path.join(FOLDER, `${name}.hbs`), 'utf8') },
  ]),
) as DeliveryTemplates;

export type Wanted = {
  delivery: EmittedDelivery;
  group: string;
  name?: string;
  chart?: Partial<NewChart> | 'none';
  resources?: string[];
};

export type Written = Omit<Emission, 'notes'> & { text: Record<string, string> };

/** Writes an app into a repository of these files, as its siblings are written. */
export function emitInto(files: Record<string, string>, wanted: Wanted): Written {
  const repository = parseRepository(new Map(Object.entries(files)));
  const { delivery, group, name = 'shop', chart = {}, resources = [] } = wanted;
  const place = { repository, templates: deliveryTemplates, group, name };
  const usual = {
    name: 'ledger',
    repo: 'oci://registry.example.org/charts',
    version: '2.1.0',
    release: name,
    overrides: {},
    copy: '# all\na: 1\n',
  };
  const emission = emitApp(
    { repository, delivery, own: ownUnit(place, delivery), sources: ownSources(place) },
    { to: { group, name }, charts: chart === 'none' ? [] : [{ ...usual, ...chart }], resources },
  );
  return {
    ...emission,
    text: Object.fromEntries(emission.files.map(({ path: file, text }) => [file, text])),
  };
}
