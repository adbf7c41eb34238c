import { check } from './check.ts';
import { deliveries } from './deliveries.ts';
import { findChart } from './find-chart.ts';
import { mergeValuesBench } from './merge-values.ts';
import { newApp } from './new-app.ts';
import { outdated } from './outdated.ts';
import { rendering } from './rendering.ts';
import { startUp } from './start-up.ts';

/** Every measurement by its name; each prints both sides, their ratio and peak memory. */
const MEASUREMENTS: Record<string, () => Promise<unknown>> = {
  'start-up': startUp,
  'find-chart': findChart,
  'new-app': newApp,
  check,
  deliveries,
  rendering,
  outdated,
  'merge-values': mergeValuesBench,
};

/** Runs the measurements named, or all. */
export async function main(names: string[]): Promise<void> {
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n## ${name}`);
    await measure();
  }
}
