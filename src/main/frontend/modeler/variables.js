// What a gateway or a table may look at: every variable some step of the drawing writes, with the
// values it can have and what they are called.
import { bo, definition, drawn, is, settings } from './model.js';
import { outcomesOf } from './forms.js';
import { read } from './table.js';
import words from './words.json';

const listed = (values) => Object.entries(values).map(([code, title]) => ({ code, title }));

function known(code, values) {
  return { code, title: words.variables[code]?.title ?? words.facts[code]?.title ?? code, values };
}

function written(element, files) {
  const object = bo(element);
  const own = settings(element);
  const step = object.get('camunda:delegateExpression');
  if (step === '${checkCompliance}') return [known('verdict', listed(words.variables.verdict.values))];
  if (step === '${checkAudience}') return [known('inAudience', listed(words.variables.inAudience.values))];
  if (step === '${recommendProduct}') return [known('product', listed(words.variables.product.values))];
  if (step === '${assignVariant}') {
    const groups = (own.weights ?? '').split(',').map((one) => one.split(':')[0].trim()).filter(Boolean);
    return [known('variant', groups.map((code) => ({ code, title: code })))];
  }
  if (step === '${loadFacts}') {
    const facts = (own.facts ?? '').split(',').map((one) => one.trim()).filter(Boolean);
    return facts.map((fact) => known(fact, listed(words.facts[fact]?.values ?? {})));
  }
  return [];
}

function others(element, files) {
  const object = bo(element);
  if (is(element, 'bpmn:UserTask')) return [known('outcome', outcomesOf(element, files))];
  if (is(element, 'bpmn:BusinessRuleTask')) {
    const name = object.get('camunda:resultVariable');
    const table = read(files.withId('.dmn', object.get('camunda:decisionRef')) ?? '');
    const codes = [...new Set((table?.rules ?? []).map((rule) => rule.output.replace(/^"|"$/g, '')).filter(Boolean))];
    return name ? [{ code: name, title: `${object.name ?? ''}（${name}）`, values: codes.map((code) => ({ code, title: code })) }] : [];
  }
  if (definition(element)?.messageRef?.name === 'message.settled') {
    return [known('messageOutcome', listed(words.variables.messageOutcome.values))];
  }
  return [];
}

export function variables(modeler, files) {
  const found = new Map();
  for (const element of drawn(modeler)) {
    const step = is(element, 'bpmn:ServiceTask') ? written(element, files) : others(element, files);
    for (const one of step) {
      const values = new Map([...(found.get(one.code)?.values ?? []), ...one.values].map((value) => [value.code, value]));
      found.set(one.code, { ...one, values: [...values.values()] });
    }
  }
  return [...found.values()];
}
