export const output = {
  'output.cancelled': 'cancelled',
  'output.noMatch': 'Nothing fits these words.',
};
