// The steps a journey may have. Each makes the right element of BPMN with its element template; what
// the server refuses is not offered.
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import { outcomesOf, writeForm } from './forms.js';
import { begun, bo, fill, processObject, refer, setTiming, shared } from './model.js';
import words from './words.json';

const service = (id, template, prefix, icon, own) => ({ id, template, prefix, icon, own, type: 'bpmn:ServiceTask' });

const entry = (id, template, icon) => ({ id, entry: template, icon });

export const GROUPS = [
  {
    id: 'entry',
    steps: [
      entry('entry-event', 'waymark.journey-event', 'bolt'),
      entry('entry-audience', 'waymark.journey-audience', 'users'),
      entry('entry-api', 'waymark.journey-api', 'plug-connected'),
    ],
  },
  {
    id: 'contact',
    steps: [
      service('check', 'waymark.check-compliance', 'Check', 'shield-check'),
      { ...service('send', 'waymark.send-message', 'Send', 'send'), after: withheldPath },
      { id: 'advisor', template: 'waymark.advisor-task', prefix: 'Advisor', icon: 'user-check', type: 'bpmn:UserTask', after: escalation, room: { right: 60, down: 150 } },
      service('recommend', 'waymark.recommend-product', 'Recommend', 'star'),
    ],
  },
  {
    id: 'wait',
    steps: [
      { id: 'wait-time', template: 'waymark.wait-timer', prefix: 'Timer', icon: 'clock', type: 'bpmn:IntermediateCatchEvent', event: 'bpmn:TimerEventDefinition', time: 'P3D' },
      { id: 'wait-day', template: 'waymark.wait-timer', prefix: 'Timer', icon: 'calendar-event', type: 'bpmn:IntermediateCatchEvent', event: 'bpmn:TimerEventDefinition', time: "${tradingDay(1,'09:30')}" },
      { id: 'wait-event', template: 'waymark.wait-event', prefix: 'Wait', icon: 'bolt', type: 'bpmn:IntermediateCatchEvent', event: 'bpmn:MessageEventDefinition' },
      { id: 'wait-either', prefix: 'Gw', icon: 'hourglass', type: 'bpmn:EventBasedGateway', after: eitherPaths, room: { right: 120, down: 130 } },
    ],
  },
  {
    id: 'decide',
    steps: [
      service('facts', 'waymark.load-facts', 'Load', 'id'),
      service('audience', 'waymark.check-audience', 'Check', 'filter'),
      { id: 'decide', template: 'waymark.decide', prefix: 'Decide', icon: 'table', type: 'bpmn:BusinessRuleTask' },
      service('split', 'waymark.assign-variant', 'Split', 'arrows-split-2'),
      { id: 'gateway', prefix: 'Gw', icon: 'square-rotated', type: 'bpmn:ExclusiveGateway' },
    ],
  },
  {
    id: 'finish',
    steps: [
      service('tag', 'waymark.tag-customer', 'Tag', 'tag'),
      service('suppress', 'waymark.suppress-contact', 'Suppress', 'bell-off'),
      service('goal', 'waymark.reach-goal', 'Goal', 'flag'),
      service('leave', 'waymark.leave-journey', 'Leave', 'door-exit'),
      { id: 'end', prefix: 'End', icon: 'circle', type: 'bpmn:EndEvent' },
    ],
  },
  {
    id: 'frame',
    steps: [
      { id: 'sub', prefix: 'Sub', icon: 'box-multiple', type: 'bpmn:SubProcess', expanded: true, after: subStart },
      { id: 'goal-event', prefix: 'OnGoal', icon: 'target', type: 'bpmn:SubProcess', expanded: true, byEvent: true, after: goalEvent },
      { id: 'exit-event', prefix: 'OnExit', icon: 'circle-x', type: 'bpmn:SubProcess', expanded: true, byEvent: true, after: exitEvent },
      { id: 'note', prefix: 'Note', icon: 'note', type: 'bpmn:TextAnnotation' },
    ],
  },
];

const BY_ID = new Map(GROUPS.flatMap((group) => group.steps).map((step) => [step.id, step]));
BY_ID.set('escalate', service('escalate', 'waymark.escalate-task', 'Escalate', 'stairs-up'));
BY_ID.set('start', { id: 'start', prefix: 'Start', type: 'bpmn:StartEvent' });
export const stepOf = (id) => BY_ID.get(id);

/** Names of a kind of element for people: of its template, or of what it is. */
export function kindOf(element, templates) {
  const object = bo(element);
  const template = templates.get(object.get?.('camunda:modelerTemplate'));
  if (template) return template.name;
  const definition = object.eventDefinitions?.[0]?.$type.slice(5).replace('EventDefinition', '');
  const type = element.type.slice(5);
  const subs = object.triggeredByEvent ? 'EventSubProcess' : type;
  return words.kinds[definition ? `${type}:${definition}` : subs] ?? words.kinds[type] ?? type;
}

/** Makes the shape of a step; it is part of the drawing only when somebody places it. */
export function shapeOf(modeler, templates, id, own = {}) {
  const step = stepOf(id);
  const factory = modeler.get('bpmnFactory');
  const object = factory.create(step.type, { id: modeler.get('moddle').ids.nextPrefixed(`${step.prefix}_`) });
  modeler.get('moddle').ids.claim(object.id, object);
  const name = words.steps[id]?.drawn;
  if (name && step.type !== 'bpmn:TextAnnotation') object.name = name;
  if (step.type === 'bpmn:TextAnnotation') object.text = name;
  const template = templates.get(step.template);
  if (template) {
    const given = begun(template, { ...chosenFor(modeler, step, object), ...own });
    if (name) given.attributes.name = name;
    fill(modeler, object, given);
  }
  if (step.event) {
    const definition = factory.create(step.event);
    definition.$parent = object;
    object.eventDefinitions = [definition];
    if (step.time) {
      const expression = factory.create('bpmn:FormalExpression', { body: step.time });
      expression.$parent = definition;
      definition[step.time.startsWith('$') ? 'timeDate' : 'timeDuration'] = expression;
    }
  }
  if (step.byEvent) object.triggeredByEvent = true;
  const shape = modeler.get('elementFactory').createShape({ type: step.type, businessObject: object, isExpanded: step.expanded });
  if (step.expanded) Object.assign(shape, { width: step.byEvent ? 380 : 420, height: step.byEvent ? 140 : 180 });
  shape.wmStep = id;
  return shape;
}

// Codes nobody should have to think of.
function chosenFor(modeler, step, object) {
  const key = processObject(modeler)?.id ?? 'journey';
  const own = object.id.split('_').pop().toLowerCase();
  if (step.id === 'split') return { experiment: `${key}-ab-${own}` };
  if (step.id === 'decide') return { 'camunda:decisionRef': `${key}-table-${own}`, 'camunda:resultVariable': 'route' };
  if (step.id === 'advisor') return { 'camunda:formRef': `${key}-form-${own}`, outcomes: 'agree,declined,no_answer' };
  return {};
}

/** What belongs to a step is drawn with it, in the same act. */
export function Companions(modeler, templates, files) {
  function Interceptor(eventBus) {
    CommandInterceptor.call(this, eventBus);
    this.postExecuted('shape.create', 200, ({ shape }) => {
      const step = shape.wmStep && stepOf(shape.wmStep);
      if (!step) return;
      delete shape.wmStep;
      step.after?.(modeler(), templates, shape);
      // A task of an advisor has its form from the beginning.
      if (step.id === 'advisor') writeForm(shape, files, outcomesOf(shape, files), '');
    }, true);
  }
  Interceptor.prototype = Object.create(CommandInterceptor.prototype);
  Interceptor.$inject = ['eventBus'];
  return { __init__: ['journeyCompanions'], journeyCompanions: ['type', Interceptor] };
}

function boundary(modeler, host, event, attributes, at) {
  const factory = modeler.get('bpmnFactory');
  const object = factory.create('bpmn:BoundaryEvent', { id: modeler.get('moddle').ids.nextPrefixed(`${attributes.prefix}_`), name: attributes.name });
  modeler.get('moddle').ids.claim(object.id, object);
  const definition = factory.create(event);
  definition.$parent = object;
  object.eventDefinitions = [definition];
  if (attributes.aside) object.cancelActivity = false;
  const shape = modeler.get('elementFactory').createShape({ type: 'bpmn:BoundaryEvent', businessObject: object });
  const modeling = modeler.get('modeling');
  const made = modeling.createShape(shape, { x: host.x + at, y: host.y + host.height }, host, { attach: true });
  // Its way goes down: the name stands beside it.
  if (made.label) modeling.moveShape(made.label, { x: -42, y: -2 });
  return made;
}

function withheldPath(modeler, templates, shape) {
  const event = boundary(modeler, shape, 'bpmn:ErrorEventDefinition', { prefix: 'Withheld', name: words.drawn.withheld }, 72);
  refer(modeler, event, 'bpmn:Error', 'withheld');
}

function placed(modeler, templates, id, parent, x, y, own) {
  const shape = shapeOf(modeler, templates, id, own);
  return modeler.get('modeling').createShape(shape, { x, y }, parent);
}

function escalation(modeler, templates, shape) {
  const modeling = modeler.get('modeling');
  const event = boundary(modeler, shape, 'bpmn:TimerEventDefinition', { prefix: 'Overdue', name: words.drawn.overdue, aside: true }, 72);
  setTiming(modeler, event, "${workingDay(1,'09:30')}");
  // Below the task and no wider than it: what follows the task may go down beside it.
  const y = shape.y + shape.height + 100;
  const step = placed(modeler, templates, 'escalate', shape.parent, shape.x + 50, y, { task: bo(shape).id });
  const end = placed(modeler, templates, 'end', shape.parent, shape.x + 142, y);
  modeling.connect(event, step);
  modeling.connect(step, end);
}

function eitherPaths(modeler, templates, shape) {
  const modeling = modeler.get('modeling');
  const x = shape.x + shape.width + 80;
  const y = shape.y + shape.height / 2;
  for (const [id, down] of [['wait-event', 0], ['wait-time', 100]]) {
    modeling.connect(shape, placed(modeler, templates, id, shape.parent, x, y + down));
  }
}

function subStart(modeler, templates, shape) {
  placed(modeler, templates, 'start', shape, shape.x + 60, shape.y + shape.height / 2);
}

function frame(modeler, templates, shape, event, ids, own = {}) {
  const modeling = modeler.get('modeling');
  const factory = modeler.get('bpmnFactory');
  const object = factory.create('bpmn:StartEvent', { id: modeler.get('moddle').ids.nextPrefixed('On_'), name: event.name });
  modeler.get('moddle').ids.claim(object.id, object);
  const definition = factory.create('bpmn:MessageEventDefinition');
  definition.$parent = object;
  object.eventDefinitions = [definition];
  const y = shape.y + shape.height / 2;
  let last = modeling.createShape(
    modeler.get('elementFactory').createShape({ type: 'bpmn:StartEvent', businessObject: object }),
    { x: shape.x + 50, y },
    shape,
  );
  if (event.code) refer(modeler, last, 'bpmn:Message', event.code);
  ids.forEach((id, index) => {
    const next = placed(modeler, templates, id, shape, shape.x + 160 + index * 130, y, own[id]);
    modeling.connect(last, next);
    last = next;
  });
}

function goalEvent(modeler, templates, shape) {
  frame(modeler, templates, shape, { name: words.drawn.goal }, ['goal', 'end']);
}

function exitEvent(modeler, templates, shape) {
  const event = { name: words.drawn.complaint, code: 'complaint.filed' };
  frame(modeler, templates, shape, event, ['leave', 'end'], { leave: { reason: 'complaint' } });
}
