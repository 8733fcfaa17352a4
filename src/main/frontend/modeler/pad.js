// What stands beside a selected element: the next step, a line, a comment, away with it. The menus of
// the modeler that would offer more than a journey may have are left out.
import { is } from './model.js';
import words from './words.json';

const LAST = ['bpmn:EndEvent', 'bpmn:TextAnnotation', 'bpmn:Group', 'bpmn:Lane', 'bpmn:Participant', 'bpmn:Association', 'bpmn:SequenceFlow'];

export const appendable = (element) =>
  is(element, 'bpmn:FlowNode') && !LAST.some((type) => is(element, type)) && !element.businessObject.triggeredByEvent;

export function Pad(acts) {
  function Provider(contextPad, connect, modeling) {
    Object.assign(this, { connect, modeling });
    contextPad.registerProvider(this);
  }
  Provider.$inject = ['contextPad', 'connect', 'modeling'];

  const entry = (group, className, title, click, dragstart) => ({ group, className, title, action: dragstart ? { click, dragstart } : { click } });

  Provider.prototype.getContextPadEntries = function (element) {
    const entries = {};
    const line = (event) => this.connect.start(event, element);
    if (appendable(element)) {
      entries.next = entry('model', 'wm-m-pad-next', words.pad.next, (event) => acts.next(element, event));
      entries.connect = entry('connect', 'bpmn-icon-connection-multi', words.pad.connect, line, line);
    }
    if (!is(element, 'bpmn:Process')) entries.talk = entry('talk', 'wm-m-pad-talk', words.pad.talk, () => acts.talk(element));
    entries.delete = entry('edit', 'bpmn-icon-trash', words.pad.delete, () => this.modeling.removeElements([element]));
    return entries;
  };
  Provider.prototype.getMultiElementContextPadEntries = function (elements) {
    return { delete: entry('edit', 'bpmn-icon-trash', words.pad.delete, () => this.modeling.removeElements([...elements])) };
  };
  return {
    __init__: ['contextPadProvider'],
    contextPadProvider: ['type', Provider],
    paletteProvider: ['value', null],
    replaceMenuProvider: ['value', null],
    appendPreview: ['value', { create() {}, cleanUp() {} }],
  };
}
