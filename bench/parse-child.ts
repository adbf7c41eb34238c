import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';

// Parses every YAML file of a folder once.
const [root = ''] = process.argv.slice(2);
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.yaml')) loadAll(readFileSync(path.join(root, name), 'utf8'));
