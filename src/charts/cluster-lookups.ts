import type { ReadingChart } from './template-reads.ts';

const LOOKUP = /\blookup\s{1,8}["(`$.]/;
const TEMPLATE = /(?:^|\/)templates\/(?!NOTES\.txt$).*\.(?:ya?ml|tpl|txt|json)$/;

/** The templates of a chart, those of its subcharts included, that ask the cluster: what is rendered here is never told. */
export function clusterLookups({ files }: Pick<ReadingChart, 'files'>): string[] {
  return [...files].flatMap(([file, content]) =>
    TEMPLATE.test(file) && LOOKUP.test(Buffer.from(content).toString('utf8')) ? [file] : [],
  );
}
