// The editor of a journey: our steps beside the canvas, and the settings of what is selected. The
// page says where the drawing is kept:
//
//   <section id="wm-modeler" data-base="/journeys/drawings/7" data-common="/journeys/drawings/-" data-writes="true">
import BpmnModeler from 'bpmn-js/lib/Modeler';
import camundaModdle from 'camunda-bpmn-moddle/resources/camunda.json';
import behaviors from 'camunda-bpmn-js-behaviors/lib/camunda-platform';
import grid from 'diagram-js-grid';
import minimap from 'diagram-js-minimap';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import './journey-modeler.css';
import { get, icon, make, post } from '../modeler/dom.js';
import { Files } from '../modeler/files.js';
import { Findings } from '../modeler/findings.js';
import { bo, drawn, follow, is, process, processObject, write } from '../modeler/model.js';
import { appendable, Pad } from '../modeler/pad.js';
import { Panel } from '../modeler/panel.js';
import { behind } from '../modeler/place.js';
import { Saving } from '../modeler/saving.js';
import { Companions, GROUPS, shapeOf } from '../modeler/steps.js';
import { Talk } from '../modeler/talk.js';
import translate from '../modeler/translate.js';
import words from '../modeler/words.json';

const CHECK_AFTER = 900;
const page = document.querySelector('#wm-modeler');
const part = (name) => document.querySelector(`[data-m-${name}]`);
const { base, common } = page.dataset;
const writes = page.dataset.writes === 'true';
const templates = new Map();

let modeler;
let panel;
let talk;
let findings;
let saving;
const files = new Files();

function problem(text) {
  const place = document.querySelector('#wm-problem');
  place.querySelector('p').textContent = text;
  place.hidden = !text;
  if (text) place.scrollIntoView({ block: 'nearest' });
}

function say(state, text) {
  const place = part('saved');
  if (!place) return;
  place.dataset.state = state;
  place.textContent = text;
}

/** Everything that belongs to the drawing, as it is now. */
async function collect() {
  const { xml } = await modeler.saveXML({ format: true });
  const steps = drawn(modeler);
  const used = (type, name) => steps.filter((one) => is(one, type)).map((one) => bo(one).get(name)).filter(Boolean);
  return files.belonging(`${processObject(modeler).id}.bpmn`, xml, {
    '.dmn': used('bpmn:BusinessRuleTask', 'camunda:decisionRef'),
    '.form': used('bpmn:UserTask', 'camunda:formRef'),
  });
}

// Checks: a moment after each change, the last answer counts.
let checkTimer = null;
let checkRun = null;
function checkSoon(wait = CHECK_AFTER) {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(check, wait);
}
async function check() {
  checkRun?.abort();
  const mine = (checkRun = new AbortController());
  findings.busy();
  try {
    const sheet = { from: 0, files: await collect() };
    const [found, meant] = await Promise.all([post(`${base}/check`, sheet, mine.signal), post(`${base}/words`, sheet, mine.signal)]);
    if (mine !== checkRun) return;
    findings.show(found);
    panel.mean(meant);
  } catch (lost) {
    if (lost.name !== 'AbortError') findings.busy(true);
  }
}

function changed(cause) {
  if (!writes || !saving) return;
  saving.changed(cause);
  checkSoon();
}

function tab(name) {
  document.querySelectorAll('[data-m-tab]').forEach((one) => one.setAttribute('aria-selected', String(one.dataset.mTab === name)));
  document.querySelectorAll('[data-m-pane]').forEach((one) => (one.hidden = one.dataset.mPane !== name));
}

function show(element, findingsToo = false, name = 'settings') {
  const root = modeler.get('canvas').getRootElement();
  const shown = element && element !== root ? element : null;
  modeler.get('selection').select(shown);
  if (shown) modeler.get('canvas').scrollToElement(shown, 80);
  tab(findingsToo ? 'findings' : name);
}

/** Puts a step behind an element, or where it is dropped when nothing can go on. */
function append(id, element) {
  const shape = shapeOf(modeler, templates, id);
  if (is(shape, 'bpmn:TextAnnotation') || shape.businessObject.triggeredByEvent || !element || !appendable(element)) return false;
  modeler.get('modeling').appendShape(element, shape, behind(modeler, element, shape), element.parent);
  modeler.get('selection').select(shape);
  return true;
}

function place(id, event) {
  modeler.get('create').start(event, shapeOf(modeler, templates, id));
}

function free(id) {
  // Without a mouse there is no place to drop it: below everything that is drawn.
  const { inner } = modeler.get('canvas').viewbox();
  const shape = shapeOf(modeler, templates, id);
  const parent = process(modeler);
  modeler.get('modeling').createShape(shape, { x: inner.x + shape.width / 2, y: inner.y + inner.height + 60 + shape.height / 2 }, parent);
  show(modeler.get('elementRegistry').get(shape.id));
}

function stepButton(step, act) {
  const text = words.steps[step.id];
  const found = make('button', 'wm-m-step', icon(step.icon), make('span', '', text.title));
  found.type = 'button';
  found.title = text.hint;
  found.dataset.mStep = step.id;
  found.addEventListener('click', (event) => act(step.id, event));
  return found;
}

function steps() {
  const place_ = part('steps');
  for (const group of GROUPS) {
    const list = group.steps.map((step) => {
      const found = stepButton(step, (id) => {
        if (step.entry) {
          enterBy(step);
          return;
        }
        const [selected, ...more] = modeler.get('selection').get();
        if (more.length || !append(id, selected ?? lonelyStart())) free(id);
      });
      found.draggable = !step.entry;
      found.addEventListener('dragstart', (event) => {
        event.preventDefault();
        place(step.id, event);
      });
      return found;
    });
    place_.append(make('h3', '', words.groups[group.id]), ...list);
  }
}

/** How customers enter belongs to the journey; its start says it. */
function enterBy(step) {
  const entries = GROUPS.flatMap((group) => group.steps).filter((one) => one.entry).map((one) => words.steps[one.id].drawn);
  const start = modeler.get('elementRegistry').find((one) => is(one, 'bpmn:StartEvent') && is(one.parent, 'bpmn:Process'));
  const name = start && (bo(start).name ?? '');
  files.together(() => {
    follow(modeler, process(modeler), templates.get(step.entry), templates);
    if (start && ['', words.start, ...entries].includes(name)) write(modeler, start, { attributes: { name: words.steps[step.id].drawn } });
  });
  show(null);
  panel.show([]);
}

/** The start of a journey nobody has gone on drawing. */
function lonelyStart() {
  const start = modeler.get('elementRegistry').find((one) => is(one, 'bpmn:StartEvent') && is(one.parent, 'bpmn:Process'));
  return start && !start.outgoing.length ? start : null;
}

function menu(element, event) {
  document.querySelector('.wm-m-menu')?.remove();
  const list = GROUPS.flatMap((group) => group.steps).filter((step) => !step.byEvent && !step.entry && step.id !== 'note');
  const box = make('div', 'wm-m-menu', ...list.map((step) => stepButton(step, (id) => {
    box.remove();
    append(id, element);
  })));
  const bounds = page.getBoundingClientRect();
  box.style.left = `${Math.min(event.clientX - bounds.left + 8, bounds.width - 320)}px`;
  box.style.top = `${Math.min(event.clientY - bounds.top, bounds.height - 340)}px`;
  page.append(box);
  box.querySelector('button').focus();
  setTimeout(() => document.addEventListener('mousedown', (down) => !box.contains(down.target) && box.remove(), { once: true }));
  box.addEventListener('keydown', (key) => key.key === 'Escape' && box.remove());
}

function toolbar() {
  const stack = modeler.get('commandStack');
  const canvas = modeler.get('canvas');
  part('undo')?.addEventListener('click', () => stack.undo());
  part('redo')?.addEventListener('click', () => stack.redo());
  document.querySelectorAll('[data-m-zoom]').forEach((one) =>
    one.addEventListener('click', () => {
      if (one.dataset.mZoom === 'all') whole();
      else canvas.zoom(Math.min(3, Math.max(0.2, canvas.zoom() * (one.dataset.mZoom === 'in' ? 1.25 : 0.8))));
    }),
  );
  document.querySelectorAll('[data-m-tab]').forEach((one) => one.addEventListener('click', () => tab(one.dataset.mTab)));
  part('export').addEventListener('click', exported);
  part('submit')?.addEventListener('click', submit);
  part('import')?.addEventListener('change', (event) => imported(event.target));
}

async function exported() {
  if (saving && !saving.stopped) await saving.flush().catch(() => {});
  if (!saving?.stopped) {
    if (saving) saving.leaving = true;
    location.assign(`${base}/${revision()}/export`);
    setTimeout(() => saving && (saving.leaving = false), 1000);
    return;
  }
  // What could not be kept goes to the person's own disk.
  for (const [name, text] of Object.entries(await collect())) {
    const link = make('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
    link.download = name;
    link.click();
  }
}

let opened = 0;
const revision = () => saving?.from ?? opened;

async function imported(input) {
  const sent = Object.fromEntries(await Promise.all([...input.files].map(async (one) => [one.name, await one.text()])));
  input.value = '';
  if (Object.keys(sent).filter((one) => one.endsWith('.bpmn')).length !== 1) {
    problem(words.saving.notOne);
    return;
  }
  problem('');
  await saving.flush().catch(() => {});
  if (await draw(sent)) {
    changed('imported');
    await saving.flush().catch(() => {});
    say('saved', words.saving.imported);
  }
}

async function submit() {
  const go = part('submit');
  go.disabled = true;
  problem('');
  try {
    await saving.flush();
    const done = await post(`${base}/submit`, { from: saving.from, files: {} });
    saving.leaving = true;
    location.assign(done.page);
  } catch (refused) {
    go.disabled = false;
    problem(refused.message);
    if (refused.findings?.length) {
      findings.show(refused.findings);
      tab('findings');
    } else if (refused.code === 'checks_failed') {
      tab('findings');
      check();
    }
  }
}

/** Opens these files on the canvas. */
async function draw(sent) {
  try {
    const { warnings } = await modeler.importXML(files.load(sent));
    if (warnings.length) {
      console.warn(warnings);
      problem(words.saving.warnings.replace('{0}', warnings.length));
    }
    fit();
    panel.show([]);
    talk.mark();
    return true;
  } catch (broken) {
    problem(words.saving.open.replace('{0}', broken.message));
    return false;
  }
}

/** All of the drawing with some air around it. */
function whole() {
  const canvas = modeler.get('canvas');
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / (inner.width + 80), outer.height / (inner.height + 80));
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({ x: inner.x - (width - inner.width) / 2, y: inner.y - (height - inner.height) / 2, width, height });
}

function fit() {
  const canvas = modeler.get('canvas');
  const { inner, outer } = canvas.viewbox();
  if (inner.width < outer.width * 0.9 && inner.height < outer.height * 0.9) {
    canvas.viewbox({ x: inner.x - 80, y: inner.y + inner.height / 2 - outer.height / 2, width: outer.width, height: outer.height });
  } else {
    whole();
    if (canvas.zoom() < 0.5) canvas.viewbox({ x: inner.x - 60, y: inner.y - 40, width: outer.width / 0.6, height: outer.height / 0.6 });
  }
}

function listen() {
  const events = modeler.get('eventBus');
  events.on('commandStack.changed', () => {
    const stack = modeler.get('commandStack');
    if (part('undo')) part('undo').disabled = !stack.canUndo();
    if (part('redo')) part('redo').disabled = !stack.canRedo();
    if (stack.canUndo() || stack.canRedo()) changed();
    if (files.touched && !part('pane').contains(document.activeElement)) panel.redraw();
    files.touched = false;
  });
  events.on('selection.changed', ({ newSelection }) => {
    panel.show(newSelection);
    talk.about(newSelection.length === 1 ? newSelection[0] : null);
    if (newSelection.length) tab(document.querySelector('[data-m-tab="talk"][aria-selected="true"]') ? 'talk' : 'settings');
  });
  events.on('elements.changed', ({ elements }) => {
    // A field that is being typed in redraws itself; what happens on the canvas is shown here.
    if (!part('pane').contains(document.activeElement) && elements.some((one) => one === panel.element)) panel.redraw();
  });
  if (!writes) {
    // Who only reads may look at everything and change nothing.
    for (const event of ['shape.move.start', 'connect.start', 'create.start', 'resize.start', 'bendpoint.move.start', 'connectionSegment.move.start', 'element.dblclick']) {
      events.on(event, 10000, () => false);
    }
  }
}

function companions() {
  const acts = { next: menu, talk: (element) => show(element, false, 'talk') };
  const additional = [translate, grid, minimap, behaviors, Companions(() => modeler, templates, files), Pad(acts)];
  if (!writes) additional.push({ contextPadProvider: ['value', null], keyboardBindings: ['value', null] });
  return additional;
}

async function begin() {
  const [kit, sheet] = await Promise.all([get(`${common}/kit`), get(`${base}/files`)]);
  kit.templates.forEach((one) => templates.set(one.id, one));
  modeler = new BpmnModeler({
    container: part('canvas'),
    moddleExtensions: { camunda: camundaModdle },
    additionalModules: companions(),
  });
  modeler.get('editorActions').unregister('replaceElement');
  files.attach(modeler);
  const dialog = document.querySelector('#wm-m-table');
  const pane = (name) => document.querySelector(`[data-m-pane="${name}"]`);
  panel = new Panel({ place: pane('settings'), modeler, templates, kit, files, common, readonly: !writes, dialog });
  findings = new Findings({ place: pane('findings'), number: part('findings-number'), modeler, select: show });
  talk = new Talk({ place: pane('talk'), number: part('talk-number'), modeler, base, select: show, problem });
  opened = sheet.from;
  const good = await draw(sheet.files);
  listen();
  if (writes) {
    saving = new Saving({ base, from: sheet.from, collect, say, stale: problem });
    steps();
    if (good) {
      part('submit').disabled = false;
      say('saved', words.saving.loaded);
    }
  } else {
    part('steps').hidden = true;
  }
  toolbar();
  if (good) checkSoon(0);
  await talk.load();
  page.dataset.ready = good ? 'yes' : 'no';
}

begin().catch((lost) => {
  console.warn(lost);
  problem(words.saving.open.replace('{0}', lost.message));
  page.dataset.ready = 'no';
});
