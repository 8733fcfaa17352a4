// Comments on elements, in threads that can be settled.
import { get, make, post, button } from './dom.js';
import { bo } from './model.js';
import words from './words.json';

const said = words.talk;

export class Talk {
  constructor({ place, number, modeler, base, select, problem }) {
    Object.assign(this, { place, number, modeler, base, select, problem });
    this.all = [];
    this.element = null;
    this.settled = false;
  }

  async load() {
    this.take(await get(`${this.base}/comments`));
  }

  /** The element a new comment would be about; null for the whole drawing. */
  about(element) {
    this.element = element;
    this.draw();
  }

  take(all) {
    this.all = all;
    this.draw();
    this.mark();
  }

  async act(path, body = {}) {
    try {
      this.take(await post(`${this.base}/comments${path}`, body));
    } catch (refused) {
      this.problem(refused.message);
    }
  }

  titleOf(id) {
    if (!id) return said.all;
    const shape = this.modeler.get('elementRegistry').get(id);
    return shape ? bo(shape).name || id : said.gone;
  }

  writing(placeholder, send, label) {
    const area = make('textarea', 'form-control form-control-sm');
    area.rows = 2;
    area.placeholder = placeholder;
    area.maxLength = 1000;
    area.setAttribute('aria-label', placeholder);
    const go = button(label, () => area.value.trim() && send(area.value.trim()), 'btn btn-sm btn-primary');
    return make('div', 'wm-m-rows', area, make('div', 'text-end', go));
  }

  thread(one) {
    const answers = this.all.filter((each) => each.thread === one.id);
    const line = (each) => make('div', 'wm-m-said', make('span', '', make('strong', '', each.author), make('span', 'wm-muted', ` ${each.at}`)), make('p', '', each.body));
    const where = make('button', 'wm-m-about-element', this.titleOf(one.element));
    where.type = 'button';
    where.addEventListener('click', () => this.select(one.element ? this.modeler.get('elementRegistry').get(one.element) ?? null : null));
    const settle = one.resolved
      ? button(said.reopen, () => this.act(`/${one.id}/reopen`))
      : button(said.resolve, () => this.act(`/${one.id}/resolve`));
    const box = make('div', `wm-m-thread${one.resolved ? ' wm-m-settled' : ''}`, make('div', 'd-flex', where, make('span', 'ms-auto', settle)), line(one), ...answers.map(line));
    if (!one.resolved) {
      const opener = button(said.answer, () => opener.replaceWith(this.writing(said.answer, (body) => this.act('', { thread: one.id, body }), said.answer)), 'btn btn-sm btn-link p-0');
      box.append(opener);
    }
    return box;
  }

  draw() {
    const threads = this.all.filter((one) => !one.thread);
    const open = threads.filter((one) => !one.resolved);
    const settled = threads.filter((one) => one.resolved);
    this.number.hidden = !open.length;
    this.number.textContent = open.length;
    const id = this.element?.id ?? null;
    const about = this.titleOf(id);
    const more = settled.length && !this.settled
      ? button(said.showResolved.replace('{0}', settled.length), () => {
          this.settled = true;
          this.draw();
        }, 'btn btn-sm btn-link')
      : null;
    this.place.replaceChildren(
      ...[
        this.writing(said.placeholder.replace('{0}', about), (body) => this.act('', { element: id, body }), said.say),
        threads.length ? null : make('div', 'wm-m-empty', make('strong', '', said.none), make('p', 'wm-muted', said.noneHint)),
        ...open.map((one) => this.thread(one)),
        more,
        ...(this.settled ? settled.map((one) => this.thread(one)) : []),
      ].filter(Boolean),
    );
  }

  mark() {
    const overlays = this.modeler.get('overlays');
    const registry = this.modeler.get('elementRegistry');
    overlays.remove({ type: 'talk' });
    const counts = new Map();
    for (const one of this.all) {
      if (one.element && !one.thread && !one.resolved) counts.set(one.element, (counts.get(one.element) ?? 0) + 1);
    }
    for (const [id, count] of counts) {
      const shape = registry.get(id);
      if (!shape) continue;
      const sign = make('div', 'wm-m-sign wm-m-comment', String(count));
      sign.addEventListener('click', () => this.select(shape, false, 'talk'));
      overlays.add(id, 'talk', { position: shape.waypoints ? { top: -10, left: 20 } : { top: -9, left: -9 }, html: sign });
    }
  }
}
