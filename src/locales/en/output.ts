export const output = {
  'output.cancelled': 'cancelled',
};
