/** The generators that ship as examples: a team copies one, and it is its own from then on. */
export const EXAMPLES = ['starter', 'database', 'cron-job'] as const;

/** The flag that names one. */
export const FROM_EXAMPLE = 'from-example';
