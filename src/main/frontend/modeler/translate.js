// The words of the modeler itself, in Chinese; the build says which are missing.
import zh from './zh.json';

const translate = (template, replacements = {}) =>
  (zh[template] ?? template).replace(/{([^}]+)}/g, (whole, key) => replacements[key] ?? whole);

export default { translate: ['value', translate] };
