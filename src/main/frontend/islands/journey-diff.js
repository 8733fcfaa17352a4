// Two states of a journey side by side: what is new, gone, changed or moved, coloured on both
// drawings and said in words. Elements are the same when their ids are.
import Viewer from 'camunda-bpmn-js/lib/camunda-platform/NavigatedViewer';
import 'camunda-bpmn-js/dist/assets/camunda-platform-navigated-viewer.css';
import './journey-diff.css';
import { get, make } from '../modeler/dom.js';
import { compared, described } from '../modeler/compare.js';
import words from '../modeler/words.json';

const page = document.querySelector('#wm-diff');
const list = document.querySelector('[data-d-list]');

async function opened(place, files) {
  const viewer = new Viewer({ container: place });
  const name = Object.keys(files).find((one) => one.endsWith('.bpmn'));
  await viewer.importXML(files[name]);
  return viewer;
}

/** Both canvases show the same place. */
function together(one, other) {
  let moving = false;
  for (const [from, to] of [[one, other], [other, one]]) {
    from.on('canvas.viewbox.changed', ({ viewbox }) => {
      if (moving) return;
      moving = true;
      const { width, height } = to.get('canvas').viewbox().outer;
      to.get('canvas').viewbox({ x: viewbox.x, y: viewbox.y, width: width / viewbox.scale, height: height / viewbox.scale });
      moving = false;
    });
  }
}

/** All of it when that can be read, else the first change. */
function beginning(viewer, changes) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() >= 0.5) return;
  const first = changes.map((one) => viewer.get('elementRegistry').get(one.id)).find((one) => one && !one.waypoints && one.parent);
  const { inner, outer } = canvas.viewbox();
  const [width, height] = [outer.width / 0.65, outer.height / 0.65];
  canvas.viewbox(first ? { x: first.x + first.width / 2 - width / 2, y: first.y + first.height / 2 - height / 2, width, height } : { x: inner.x - 40, y: inner.y - 40, width, height });
}

function marked(viewer, id, look) {
  const shape = viewer.get('elementRegistry').get(id);
  if (!shape || shape === viewer.get('canvas').getRootElement()) return;
  viewer.get('canvas').addMarker(id, `wm-d-${look}`);
}

function focus(viewers, id) {
  for (const viewer of viewers) {
    const shape = viewer.get('elementRegistry').get(id);
    viewer.get('elementRegistry').forEach((one) => viewer.get('canvas').removeMarker(one.id, 'wm-d-here'));
    if (!shape || shape === viewer.get('canvas').getRootElement()) continue;
    viewer.get('canvas').addMarker(id, 'wm-d-here');
    viewer.get('canvas').scrollToElement(shape, { top: 120, left: 160, right: 160, bottom: 120 });
  }
}

function row(change, viewers) {
  const tones = { added: 'good', removed: 'bad', changed: 'warn', moved: 'busy' };
  const title = make('button', 'btn btn-link p-0', change.title);
  title.type = 'button';
  title.addEventListener('click', () => focus(viewers, change.id));
  const details = make('ul', 'wm-d-details', ...change.details.map((one) => make('li', '', make('strong', '', `${one.what}：`), make('del', '', one.before || words.diff.empty), ' → ', make('ins', '', one.after || words.diff.empty))));
  return make('tr', '', make('td', 'wm-nowrap', make('span', `badge wm-plain wm-${tones[change.kind]}`, words.diff[change.kind])), make('td', '', change.file ? change.title : title, make('div', 'wm-muted', change.sort)), make('td', '', change.details.length ? details : '—'));
}

async function begin() {
  const [both, kit] = await Promise.all([get(page.dataset.files), get('/journeys/drawings/-/kit')]);
  const viewers = await Promise.all([
    opened(document.querySelector('[data-d-before]'), both.before.files),
    opened(document.querySelector('[data-d-after]'), both.after.files),
  ]);
  const templates = new Map(kit.templates.map((one) => [one.id, one]));
  const changes = compared(...viewers, both.before.files, both.after.files).map((one) => described(one, ...viewers, templates));
  for (const change of changes) {
    if (change.kind !== 'added') marked(viewers[0], change.id, change.kind);
    if (change.kind !== 'removed') marked(viewers[1], change.id, change.kind);
  }
  together(...viewers);
  beginning(viewers[1], changes);
  const table = make('table', 'table table-vcenter card-table', make('tbody', '', ...changes.map((one) => row(one, viewers))));
  list.replaceChildren(changes.length ? make('div', 'table-responsive', table) : make('div', 'card-body wm-muted', words.diff.none));
  page.dataset.ready = 'yes';
}

begin().catch((lost) => {
  console.warn(lost);
  list.replaceChildren(make('div', 'card-body', page.dataset.wordProblem));
  page.dataset.ready = 'no';
});
