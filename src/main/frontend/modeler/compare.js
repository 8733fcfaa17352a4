// Compares two drawings element by element, and says in words what differs.
import { bo, condition, definition, is, settings, timing } from './model.js';
import { kindOf } from './steps.js';
import { read } from './table.js';
import words from './words.json';

const said = words.diff;
const yes = (value) => (value ? said.yes : said.no);

/** What counts about an element: everything people set, nothing of where it lies. */
function facts(element) {
  const object = bo(element);
  const event = definition(element);
  const found = new Map([
    ['type', element.type],
    ['name', object.name ?? ''],
    ['template', object.get?.('camunda:modelerTemplate') ?? ''],
    ['documentation', object.documentation?.[0]?.text ?? ''],
  ]);
  if (is(element, 'bpmn:Process') || is(element, 'bpmn:Participant')) found.set('id', object.id);
  else found.set('parent', element.parent?.businessObject?.name ?? '');
  if (is(element, 'bpmn:TextAnnotation')) found.set('text', object.text ?? '');
  if (is(element, 'bpmn:SequenceFlow')) {
    found.set('source', object.sourceRef?.id ?? '').set('target', object.targetRef?.id ?? '').set('condition', condition(element).body);
  }
  if (object.default) found.set('default', object.default.id);
  if (object.attachedToRef) found.set('attached', object.attachedToRef.id);
  if (event?.$type === 'bpmn:TimerEventDefinition') found.set('timing', timing(element));
  const message = event?.messageRef ?? object.messageRef;
  if (message) found.set('message', message.name ?? '');
  if (event?.errorRef) found.set('error', event.errorRef.errorCode ?? '');
  if (is(element, 'bpmn:BoundaryEvent')) found.set('interrupting', yes(object.cancelActivity !== false));
  if (is(element, 'bpmn:StartEvent') && object.$parent?.triggeredByEvent) found.set('interrupting', yes(object.isInterrupting !== false));
  for (const [name, value] of Object.entries(settings(element))) found.set(`setting ${name}`, value);
  for (const name of ['camunda:formRef', 'camunda:decisionRef', 'camunda:resultVariable', 'camunda:delegateExpression']) {
    const value = object.get?.(name);
    if (value) found.set(`setting ${name}`, value);
  }
  return found;
}

const place = (element) => (element.waypoints ? '' : `${Math.round(element.x)},${Math.round(element.y)},${Math.round(element.width)},${Math.round(element.height)}`);

function elements(viewer) {
  const root = viewer.get('canvas').getRootElement();
  const all = viewer.get('elementRegistry').filter((one) => one.type !== 'label' && !one.labelTarget && one !== root);
  const found = new Map(all.map((one) => [one.id, one]));
  // The journey itself is compared whatever its key.
  if (is(root, 'bpmn:Process')) found.set('*', root);
  return found;
}

const other = (name) => !name.endsWith('.bpmn');

function ofFiles(before, after) {
  const found = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)].filter(other))) {
    if (before[name] === after[name]) continue;
    const kind = !(name in before) ? 'added' : !(name in after) ? 'removed' : 'changed';
    found.push({ kind, id: name, file: name, details: kind === 'changed' ? ofTables(before[name], after[name]) : [] });
  }
  return found;
}

function ofTables(before, after) {
  const [one, two] = [read(before), read(after)];
  if (!one || !two) return [];
  const line = (table, i) => {
    const rule = table.rules[i];
    if (!rule) return '';
    const asked = table.inputs.map((input, k) => rule.cells[k] && rule.cells[k] !== '-' && `${input.label || input.variable} ${rule.cells[k]}`);
    return `${asked.filter(Boolean).join('，') || words.table.otherwise} → ${rule.output}`;
  };
  const details = [];
  for (let i = 0; i < Math.max(one.rules.length, two.rules.length); i++) {
    if (line(one, i) !== line(two, i)) details.push({ what: said.rules.replace('{0}', i + 1), before: line(one, i), after: line(two, i) });
  }
  return details;
}

/** Every difference: added, removed, changed and moved elements, then other files. */
export function compared(before, after, filesBefore, filesAfter) {
  const [old, now] = [elements(before), elements(after)];
  const found = [];
  for (const [id, element] of now) {
    const was = old.get(id);
    if (!was) {
      found.push({ kind: 'added', id, details: [] });
      continue;
    }
    const [one, two] = [facts(was), facts(element)];
    const details = [...new Set([...one.keys(), ...two.keys()])]
      .filter((key) => (one.get(key) ?? '') !== (two.get(key) ?? ''))
      .map((key) => ({ key, before: one.get(key) ?? '', after: two.get(key) ?? '' }));
    if (details.length) found.push({ kind: 'changed', id, details });
    else if (place(was) !== place(element) && id !== '*') found.push({ kind: 'moved', id, details: [] });
  }
  for (const id of old.keys()) if (!now.has(id)) found.push({ kind: 'removed', id, details: [] });
  const rank = ['changed', 'added', 'removed', 'moved'];
  found.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  return [...found, ...ofFiles(filesBefore, filesAfter)];
}

/** A difference in words. */
export function described(change, before, after, templates) {
  if (change.file) return { ...change, title: change.file, sort: said.file };
  const shape = (viewer, id) => (id === '*' ? viewer.get('canvas').getRootElement() : viewer.get('elementRegistry').get(id));
  const viewer = change.kind === 'removed' ? before : after;
  const element = shape(viewer, change.id);
  const nameIn = (own, id) => {
    const found = shape(own, id);
    return (found && bo(found).name) || id;
  };
  const flowName = () => `${nameIn(viewer, bo(element).sourceRef?.id)} → ${nameIn(viewer, bo(element).targetRef?.id)}`;
  const title = bo(element).name || bo(element).text || (is(element, 'bpmn:SequenceFlow') ? flowName() : bo(element).id);
  const template = templates.get(bo(element).get?.('camunda:modelerTemplate'));
  const label = (key) => {
    if (!key.startsWith('setting ')) return said.attributes[key];
    const name = key.slice(8);
    return template?.properties.find((one) => one.binding.name === name)?.label ?? name;
  };
  const valued = (own, key, value) => {
    if (['source', 'target', 'attached'].includes(key)) return nameIn(own, value);
    if (key === 'default') return value && shape(own, value) ? nameIn(own, bo(shape(own, value)).targetRef.id) : value;
    if (key === 'template') return templates.get(value)?.name ?? value;
    return value;
  };
  const details = change.details.map((one) => ({ what: label(one.key), before: valued(before, one.key, one.before), after: valued(after, one.key, one.after) }));
  return { ...change, id: change.id === '*' ? bo(element).id : change.id, title, sort: kindOf(element, templates), details };
}
