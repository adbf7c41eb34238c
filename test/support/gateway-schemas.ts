import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

const MODULE = 'sigs.k8s.io/gateway-api@v1.6.1';

type Schema = { [key: string]: unknown; properties?: Record<string, Schema> };

type Definition = {
  spec?: {
    names: { kind: string };
    versions: { name: string; served: boolean; schema: { openAPIV3Schema: Schema } }[];
  };
};

/** Go fetches the module; CI must have it. */
export const hasGatewaySchemas = process.env['CI'] === 'true' || spawnSync('go', ['version']).status === 0;

/** The schemas of the standard channel, by `v1/HTTPRoute`. Their CEL rules are not part of them. */
export function readGatewaySchemas(): Map<string, ValidateFunction> {
  const json = execFileSync('go', ['mod', 'download', '-json', MODULE], { encoding: 'utf8' });
  const { Dir } = JSON.parse(json) as { Dir: string };
  const folder = path.join(Dir, 'config/crd/standard');
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const files = readdirSync(folder)
    .filter(name => name.endsWith('routes.yaml'))
    .map(name => parse(readFileSync(path.join(folder, name), 'utf8')) as Definition);
  return new Map(
    files.flatMap(({ spec }) =>
      (spec?.versions ?? [])
        .filter(({ served }) => served)
        .map(({ name, schema }) => [
          `${name}/${spec?.names.kind}`,
          ajv.compile(closed(schema.openAPIV3Schema)),
        ]),
    ),
  );
}

/** A field that the server would drop silently is a mistake here. */
function closed(schema: Schema): Schema {
  const entries = Object.entries(schema).map(([key, value]) => [key, inner(key, value)] as const);
  const isOpen = schema.properties === undefined || schema['additionalProperties'] !== undefined;
  return { ...Object.fromEntries(entries), ...(isOpen ? {} : { additionalProperties: false }) };
}

function inner(key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, Schema>).map(([name, schema]) => [name, closed(schema)]),
    );
  return key === 'items' ? closed(value as Schema) : value;
}
