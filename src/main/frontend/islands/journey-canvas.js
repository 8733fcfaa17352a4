// A read-only drawing of a journey with its counts. The page says where both come from:
//
//   <div class="wm-canvas" data-journey-xml="/journeys/onboarding/3.bpmn"
//        data-journey-counts="/journeys/onboarding/3/counts"></div>
// A page that can show the people of a node adds data-journey-people="/journeys/onboarding/3/nodes/": a node
// with counts then leads there, with data-journey-period as query.
//
// Counts: { "<activity id>": { "entered": 12, "waiting": 2, "done": 8, "failed": 1, "withheld": 1 } }.
// A page that shows where one customer stands adds data-journey-here="<activity id>,<activity id>".
import Viewer from 'camunda-bpmn-js/lib/camunda-platform/NavigatedViewer';
import 'camunda-bpmn-js/dist/assets/camunda-platform-navigated-viewer.css';
import './journey-canvas.css';

const looks = { entered: 'wm-busy', waiting: 'wm-warn', done: 'wm-good', failed: 'wm-bad', withheld: 'wm-quiet' };

async function fetched(url, kind) {
  const answer = await fetch(url, { headers: { Accept: kind === 'json' ? 'application/json' : 'application/xml' } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return kind === 'json' ? answer.json() : answer.text();
}

function spent(seconds) {
  if (seconds < 60) return `${seconds} 秒`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟`;
  return seconds < 86400 ? `${(seconds / 3600).toFixed(1)} 小时` : `${(seconds / 86400).toFixed(1)} 天`;
}

function badge(counts, words) {
  const box = document.createElement('div');
  box.className = 'wm-count';
  if (counts.medianSeconds != null) box.title = `${words.wordMedian ?? ''} ${spent(counts.medianSeconds)}`;
  for (const [kind, look] of Object.entries(looks)) {
    if (!counts[kind]) continue;
    const mark = document.createElement('span');
    mark.className = look;
    mark.textContent = counts[kind].toLocaleString('zh-CN');
    mark.title = `${words[`word${kind[0].toUpperCase()}${kind.slice(1)}`] ?? kind} ${mark.textContent}`;
    box.append(mark);
  }
  if (counts.dropped) {
    const mark = document.createElement('span');
    mark.className = 'wm-drop';
    mark.textContent = `↘${Math.round((counts.dropped * 100) / counts.entered)}%`;
    mark.title = `${words.wordDropped ?? ''} ${counts.dropped.toLocaleString('zh-CN')}`;
    box.append(mark);
  }
  return box;
}

async function counts(viewer, place) {
  if (!place.dataset.journeyCounts) return;
  const found = await fetched(place.dataset.journeyCounts, 'json');
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  overlays.remove({ type: 'counts' });
  place.counted = found;
  if (place.dataset.journeyPeople) {
    for (const id of Object.keys(found)) if (registry.get(id)) viewer.get('canvas').addMarker(id, 'wm-door');
  }
  for (const [id, numbers] of Object.entries(found)) {
    const shape = registry.get(id);
    if (!shape || shape.waypoints) continue;
    // The name of an event or gateway stands below or above it: its counts stand on the other side.
    const small = shape.width < 60;
    const above = small && shape.label && shape.label.y + shape.label.height / 2 < shape.y;
    overlays.add(id, 'counts', {
      position: above ? { bottom: -4, left: shape.width / 2 } : small ? { top: -22, left: shape.width + 14 } : { bottom: -4, left: 22 },
      html: badge(numbers, place.dataset),
      scale: { min: 0.8, max: 1.2 },
    });
  }
}

// A click on a node with counts shows its people; the table of the page does the same for the keyboard.
function doors(viewer, place) {
  const people = place.dataset.journeyPeople;
  if (!people) return;
  viewer.get('eventBus').on('element.click', ({ element }) => {
    const id = element.type === 'label' ? element.labelTarget.id : element.id;
    if (!place.counted?.[id] || element.waypoints) return;
    const query = new URLSearchParams(place.dataset.journeyPeriod ?? '');
    const name = element.businessObject?.name;
    if (name) query.set('name', name.replaceAll('\n', ' '));
    window.location.href = `${people}${encodeURIComponent(id)}?${query}`;
  });
}

// A long journey fitted into the window cannot be read: then it starts where the one customer
// stands it is about, or where customers start.
const READABLE = 0.6;
function readable(viewer, here) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  if (canvas.zoom() >= READABLE) return;
  const { inner, outer } = canvas.viewbox();
  const start = viewer
    .get('elementRegistry')
    .find((one) => one.type === 'bpmn:StartEvent' && one.parent?.type === 'bpmn:Process');
  const width = outer.width / READABLE;
  const height = outer.height / READABLE;
  const stands = viewer.get('elementRegistry').get(here);
  if (stands) {
    canvas.viewbox({ x: stands.x + stands.width / 2 - width / 2, y: stands.y + stands.height / 2 - height / 2, width, height });
    return;
  }
  const middle = start ? start.y + start.height / 2 : inner.y + inner.height / 2;
  const y = Math.max(inner.y - 30, Math.min(middle - height / 2, inner.y + inner.height + 30 - height));
  canvas.viewbox({ x: (start ? start.x : inner.x) - 60, y, width, height });
}

function controls(canvas, place) {
  const panel = document.querySelector(`[data-zooms="${place.id}"]`);
  panel?.addEventListener('click', (event) => {
    const way = event.target.closest('[data-zoom]')?.dataset.zoom;
    if (way === 'all') canvas.zoom('fit-viewport', 'auto');
    if (way === 'in') canvas.zoom(Math.min(canvas.zoom() * 1.25, 3));
    if (way === 'out') canvas.zoom(Math.max(canvas.zoom() / 1.25, 0.15));
  });
}

async function draw(place) {
  const viewer = new Viewer({ container: place });
  try {
    await viewer.importXML(await fetched(place.dataset.journeyXml, 'xml'));
    const canvas = viewer.get('canvas');
    const here = (place.dataset.journeyHere ?? '').split(',').filter(Boolean);
    readable(viewer, here[0]);
    controls(canvas, place);
    doors(viewer, place);
    for (const id of here) canvas.addMarker(id, 'wm-here');
    await counts(viewer, place);
    if (place.dataset.journeyRefresh) {
      setInterval(() => counts(viewer, place).catch(console.warn), Number(place.dataset.journeyRefresh) * 1000);
    }
    place.dataset.drawn = 'yes';
  } catch (problem) {
    console.warn(problem);
    place.dataset.drawn = 'no';
    place.textContent = place.dataset.wordProblem ?? '';
  }
}

document.querySelectorAll('[data-journey-xml]').forEach(draw);
