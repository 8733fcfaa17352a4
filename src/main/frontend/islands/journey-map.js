// The map of a migration on two drawings. The list of selects is the map; a click on a node at the
// left and then on one at the right sets its select, and whatever the selects say is coloured.
import Viewer from 'camunda-bpmn-js/lib/camunda-platform/NavigatedViewer';
import 'camunda-bpmn-js/dist/assets/camunda-platform-navigated-viewer.css';
import './journey-canvas.css';
import './journey-map.css';

async function drawn(place) {
  const viewer = new Viewer({ container: place });
  const answer = await fetch(place.dataset.xml, { headers: { Accept: 'application/xml' } });
  if (!answer.ok) throw new Error(`${place.dataset.xml}: ${answer.status}`);
  await viewer.importXML(await answer.text());
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  canvas.zoom(canvas.zoom() * 0.9, 'auto');
  return viewer;
}

function mark(viewer, id, kind, on) {
  if (!viewer.get('elementRegistry').get(id)) return;
  viewer.get('canvas')[on ? 'addMarker' : 'removeMarker'](id, kind);
}

async function map(form) {
  const say = form.querySelector('[data-map-say]');
  const selects = new Map([...form.querySelectorAll('[data-map-from]')].map((one) => [one.dataset.mapFrom, one]));
  const places = Object.fromEntries([...form.querySelectorAll('[data-map-side]')].map((one) => [one.dataset.mapSide, one]));
  let from;
  let to;
  try {
    [from, to] = await Promise.all([drawn(places.from), drawn(places.to)]);
  } catch (problem) {
    console.warn(problem);
    Object.values(places).forEach((one) => { one.textContent = one.dataset.wordProblem; });
    return;
  }
  const people = (id) => Number(form.querySelector(`[data-map-row="${CSS.escape(id)}"]`)?.dataset.people ?? 0);
  const named = (viewer, id) => viewer.get('elementRegistry').get(id)?.businessObject.name || id;
  let picked;

  function paint() {
    const used = new Set([...selects.values()].map((one) => one.value).filter(Boolean));
    for (const [id, select] of selects) {
      mark(from, id, 'wm-mapped', Boolean(select.value));
      mark(from, id, 'wm-unmapped', !select.value && people(id) > 0);
      mark(from, id, 'wm-picked', id === picked);
      for (const option of select.options) {
        if (option.value) mark(to, option.value, 'wm-mapped', used.has(option.value));
      }
    }
    const chosen = picked && selects.get(picked).value;
    to.get('elementRegistry').forEach((one) => mark(to, one.id, 'wm-picked', one.id === chosen));
    say.textContent = picked ? `${named(from, picked)} → ${chosen ? named(to, chosen) : say.dataset.wordNone}` : say.dataset.wordPick;
  }

  for (const [id] of selects) {
    if (people(id) > 0 && from.get('elementRegistry').get(id)) {
      const badge = document.createElement('div');
      badge.className = 'wm-people';
      badge.textContent = people(id).toLocaleString('zh-CN');
      from.get('overlays').add(id, { position: { top: -12, right: 8 }, html: badge });
    }
  }
  from.get('eventBus').on('element.click', ({ element }) => {
    const id = element.labelTarget?.id ?? element.id;
    picked = selects.has(id) ? id : undefined;
    paint();
  });
  to.get('eventBus').on('element.click', ({ element }) => {
    const id = element.labelTarget?.id ?? element.id;
    const select = picked && selects.get(picked);
    if (!select || select.disabled) return;
    if ([...select.options].some((one) => one.value === id)) {
      select.value = select.value === id ? '' : id;
      paint();
    }
  });
  form.addEventListener('change', (event) => {
    if (event.target.dataset.mapFrom) { picked = event.target.dataset.mapFrom; paint(); }
  });
  form.addEventListener('focusin', (event) => {
    if (event.target.dataset.mapFrom) { picked = event.target.dataset.mapFrom; paint(); }
  });
  paint();
  form.dataset.drawn = 'yes';
}

document.querySelectorAll('[data-journey-map]').forEach(map);
