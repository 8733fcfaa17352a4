// Reads and writes what stands in a drawing: names, element templates, settings, events. Every write
// is a command of the modeler, so that it can be undone.
import { is } from 'bpmn-js/lib/util/ModelUtil';

export { is };
/** What an element stands for; of a pool, the journey within. */
export const bo = (element) =>
  element.type === 'bpmn:Participant' ? element.businessObject.processRef : element.businessObject;

/** The engine's extension properties of an element, by name. */
export function settings(element) {
  const holder = bo(element).extensionElements?.values?.find((one) => one.$type === 'camunda:Properties');
  return Object.fromEntries((holder?.values ?? []).map((one) => [one.name, one.value ?? '']));
}

/** Extension elements in which these settings are changed; a setting of null is left out. */
function changedExtensions(modeler, object, changes) {
  const moddle = modeler.get('moddle');
  const old = object.extensionElements?.values ?? [];
  const before = old.find((one) => one.$type === 'camunda:Properties')?.values ?? [];
  const values = new Map(before.map((one) => [one.name, one.value ?? '']));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) values.delete(name);
    else values.set(name, value);
  }
  const rest = old.filter((one) => one.$type !== 'camunda:Properties');
  const extensions = moddle.create('bpmn:ExtensionElements', { values: [] });
  extensions.$parent = object;
  const properties = moddle.create('camunda:Properties', {
    values: [...values].map(([name, value]) => moddle.create('camunda:Property', { name, value })),
  });
  properties.values.forEach((one) => (one.$parent = properties));
  extensions.values = properties.values.length ? [...rest, properties] : rest;
  extensions.values.forEach((one) => (one.$parent = extensions));
  return extensions.values.length ? extensions : undefined;
}

/** Changes attributes and settings of an element in one step. */
export function write(modeler, element, { attributes = {}, settings: changes = {} }) {
  const all = { ...attributes };
  if (Object.keys(changes).length) all.extensionElements = changedExtensions(modeler, bo(element), changes);
  const modeling = modeler.get('modeling');
  if (element.businessObject === bo(element)) modeling.updateProperties(element, all);
  else modeling.updateModdleProperties(element, bo(element), all);
}

const attribute = (binding) => binding.name;

/** What a property of an element template is now. */
export function valueOf(element, property) {
  const { binding } = property;
  if (binding.type === 'camunda:property') return settings(element)[binding.name] ?? '';
  const value = bo(element).get(attribute(binding));
  return value === undefined || value === null ? '' : String(value);
}

/** The change that gives a property of an element template this value. */
export function changeOf(property, value) {
  const { binding } = property;
  return binding.type === 'camunda:property'
    ? { settings: { [binding.name]: value } }
    : { attributes: { [attribute(binding)]: value } };
}

/** Attributes and settings with which an element follows a template from the start. */
export function begun(template, own = {}) {
  const attributes = { 'camunda:modelerTemplate': template.id, 'camunda:modelerTemplateVersion': template.version };
  const given = {};
  for (const property of template.properties) {
    const value = own[property.binding.name] ?? property.value;
    if (value === undefined) continue;
    if (property.binding.type === 'camunda:property') given[property.binding.name] = value;
    else attributes[attribute(property.binding)] = value;
  }
  return { attributes, settings: given };
}

/** Puts attributes and settings into an object that is not drawn yet. */
export function fill(modeler, object, { attributes, settings: given }) {
  for (const [name, value] of Object.entries(attributes)) object.set(name, value);
  if (Object.keys(given).length) object.extensionElements = changedExtensions(modeler, object, given);
}

/** Changes the template an element follows; settings both know stay, others go. */
export function follow(modeler, element, template, templates) {
  const before = templates.get(bo(element).get('camunda:modelerTemplate'));
  const known = new Set(template.properties.map((one) => one.binding.name));
  const gone = {};
  for (const property of before?.properties ?? []) {
    if (known.has(property.binding.name)) continue;
    if (property.binding.type === 'camunda:property') gone[property.binding.name] = null;
  }
  const now = settings(element);
  const next = begun(template);
  const kept = {};
  for (const property of template.properties) {
    if (property.type === 'Hidden') continue;
    const value = valueOf(element, property);
    if (value === '') continue;
    if (property.binding.type === 'camunda:property') kept[property.binding.name] = now[property.binding.name];
    else delete next.attributes[property.binding.name];
  }
  write(modeler, element, { attributes: next.attributes, settings: { ...gone, ...next.settings, ...kept } });
}

/** The one event definition of an event, such as its timer. */
export const definition = (element) => bo(element).eventDefinitions?.[0];

const slug = (name) => name.replace(/[^A-Za-z0-9]+/g, '_');

/** The message or error of this name; made when there is none, and not yet part of the drawing. */
export function shared(modeler, type, name) {
  const definitions = modeler.getDefinitions();
  const key = type === 'bpmn:Error' ? 'errorCode' : 'name';
  const found = definitions.rootElements.find((one) => one.$type === type && one[key] === name);
  if (found) return { object: found, fresh: false };
  const taken = new Set(definitions.rootElements.map((one) => one.id));
  const base = `${type.slice(5)}_${slug(name)}`;
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}_${number}`;
  const object = modeler.get('bpmnFactory').create(type, { id, name });
  if (type === 'bpmn:Error') object.errorCode = name;
  object.$parent = definitions;
  return { object, fresh: true };
}

/** Lets an event wait for, or catch, what has this name. */
export function refer(modeler, element, type, name) {
  const modeling = modeler.get('modeling');
  const definitions = modeler.getDefinitions();
  const { object, fresh } = shared(modeler, type, name);
  if (fresh) {
    modeling.updateModdleProperties(element, definitions, { rootElements: [...definitions.rootElements, object] });
  }
  const link = type === 'bpmn:Error' ? 'errorRef' : 'messageRef';
  modeling.updateModdleProperties(element, definition(element), { [link]: object });
}

/** A time as the engine reads it: a duration, or a calendar function. */
export function timing(element) {
  const timer = definition(element);
  return (timer?.timeDuration ?? timer?.timeDate)?.body ?? '';
}

export function setTiming(modeler, element, text) {
  const timer = definition(element);
  const expression = modeler.get('bpmnFactory').create('bpmn:FormalExpression', { body: text });
  expression.$parent = timer;
  const date = text.startsWith('$');
  modeler.get('modeling').updateModdleProperties(element, timer, {
    timeDuration: date ? undefined : expression,
    timeDate: date ? expression : undefined,
  });
}

const COMPARED = /^\$\{\s*(\w+)\s*(==|!=)\s*'([^']*)'\s*}$/;

/** The one comparison a flow's condition is; null when it is another or none. */
export function condition(flow) {
  const body = bo(flow).conditionExpression?.body ?? '';
  const found = COMPARED.exec(body.trim());
  return { body, compared: found ? { variable: found[1], sign: found[2], value: found[3] } : null };
}

export function setCondition(modeler, flow, text, name) {
  const object = bo(flow);
  const expression = text ? modeler.get('bpmnFactory').create('bpmn:FormalExpression', { body: text }) : undefined;
  if (expression) expression.$parent = object;
  const attributes = { conditionExpression: expression };
  if (name !== undefined) attributes.name = name;
  modeler.get('modeling').updateProperties(flow, attributes);
}

/** All elements people see, in the order they were drawn. */
export const drawn = (modeler) => modeler.get('elementRegistry').filter((one) => !one.labelTarget && one.type !== 'label');

/** The process, whatever is around it. */
export function process(modeler) {
  const root = modeler.get('canvas').getRootElement();
  return is(root, 'bpmn:Process') ? root : root.children.find((one) => is(one, 'bpmn:Participant')) ?? root;
}

export function processObject(modeler) {
  return modeler.getDefinitions().rootElements.find((one) => one.$type === 'bpmn:Process');
}
