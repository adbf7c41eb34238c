import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';

/** --min-age in days. */
export function readDays({ values }: { values: { 'min-age'?: string } }): number | undefined {
  const text = values['min-age'];
  if (text === undefined) return undefined;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new UserError('E_USAGE', say('cli.minAgeNoNumberDays', { text }));
}

/** --jobs, or what the environment says; undefined for as many as suits the work. @throws UserError E_USAGE */
export function readJobs(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UserError('E_USAGE', say('cli.jobsNoNumberFrom1', { text }), {
    hint: say('cli.leaveJobsOut'),
  });
}
