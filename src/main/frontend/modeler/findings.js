// What the server says about the drawing while it is drawn: a list, and a mark on each element.
import { make } from './dom.js';
import { bo } from './model.js';
import words from './words.json';

const RANK = ['error', 'warning', 'hint'];

export class Findings {
  constructor({ place, number, modeler, select }) {
    Object.assign(this, { place, number, modeler, select });
    this.marked = [];
    this.shown = [];
  }

  busy(failed) {
    this.place.setAttribute('aria-busy', 'true');
    if (failed) this.place.prepend(make('p', 'wm-muted', words.findings.failed));
  }

  show(found) {
    this.shown = [...found].sort((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
    this.place.removeAttribute('aria-busy');
    const heavy = this.shown.filter((one) => one.severity !== 'hint').length;
    this.number.hidden = !heavy;
    this.number.textContent = heavy;
    this.number.classList.toggle('wm-m-quiet', !this.shown.some((one) => one.severity === 'error'));
    this.place.replaceChildren(
      ...(this.shown.length
        ? this.shown.map((one) => this.row(one))
        : [make('div', 'wm-m-empty', make('strong', '', words.findings.none), make('p', 'wm-muted', words.findings.noneHint))]),
    );
    this.mark();
  }

  row(one) {
    const shape = one.element && this.modeler.get('elementRegistry').get(one.element);
    const where = (shape && bo(shape).name) || one.name || (shape ? one.element : words.findings.whole);
    const found = make(
      'button',
      `wm-m-finding wm-m-${one.severity}`,
      make('span', 'wm-m-where', make('span', 'badge wm-plain', words.findings[one.severity]), ` ${where}`),
      make('span', '', one.why),
      one.mend ? make('span', 'wm-muted', one.mend) : null,
    );
    found.type = 'button';
    found.addEventListener('click', () => this.select(shape ?? null));
    return found;
  }

  mark() {
    const canvas = this.modeler.get('canvas');
    const overlays = this.modeler.get('overlays');
    const registry = this.modeler.get('elementRegistry');
    overlays.remove({ type: 'finding' });
    for (const [id, look] of this.marked) if (registry.get(id)) canvas.removeMarker(id, look);
    this.marked = [];
    const worst = new Map();
    for (const one of this.shown) if (one.element && !worst.has(one.element)) worst.set(one.element, one);
    for (const [id, one] of worst) {
      const shape = registry.get(id);
      if (!shape || shape === canvas.getRootElement() || one.severity === 'hint') continue;
      const look = `wm-m-has-${one.severity}`;
      canvas.addMarker(id, look);
      this.marked.push([id, look]);
      const sign = make('div', `wm-m-sign wm-m-${one.severity}`, '!');
      sign.title = one.why;
      sign.addEventListener('click', () => this.select(shape, true));
      overlays.add(id, 'finding', { position: shape.waypoints ? { top: -10, left: 0 } : { top: -9, right: 9 }, html: sign });
    }
  }
}
