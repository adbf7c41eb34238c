export const text = {
  'text.saveUtf8': 'Save it as UTF-8.',
};
