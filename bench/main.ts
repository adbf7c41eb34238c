import path from 'node:path';
import { check } from './check.ts';
import { deliveries, growth } from './deliveries.ts';
import { findChart } from './find-chart.ts';
import { mergeValuesBench } from './merge-values.ts';
import { newApp } from './new-app.ts';
import { outdated } from './outdated.ts';
import { preview } from './preview.ts';
import { rendering } from './rendering.ts';
import { profileInto } from './measure.ts';
import { shards } from './shards.ts';
import { startUp } from './start-up.ts';

/** Every measurement by its name; each prints both sides, their ratio and peak memory. */
const MEASUREMENTS: Record<string, () => Promise<unknown>> = {
  'start-up': startUp,
  'find-chart': findChart,
  'new-app': newApp,
  check,
  deliveries,
  growth,
  shards,
  rendering,
  preview,
  outdated,
  'merge-values': mergeValuesBench,
};

/** Runs the measurements named, or all. `--profile <name>` writes a CPU profile of every program of that one. */
export async function main(args: string[]): Promise<void> {
  const names = args.filter(arg => arg !== '--profile');
  if (names.length < args.length) {
    profileInto(PROFILES);
    console.log(`profiles are written into ${PROFILES}; open them in the developer tools of a browser`);
  }
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n## ${name}`);
    await measure();
  }
}

const PROFILES = path.resolve(import.meta.dirname, '../profiles');
