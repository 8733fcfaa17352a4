// Search as you type: shows what a code stands for, and puts the code of what is chosen.
import { get, icon, make } from './dom.js';
import words from './words.json';

const WAIT = 180;
const titles = new Map();
let number = 0;

/** Asks once what a code is called; the code itself while nobody knows. */
async function known(url, code) {
  const key = `${url} ${code}`;
  if (!titles.has(key)) {
    const found = (await get(`${url}?q=${encodeURIComponent(code)}`)).find((one) => one.code === code);
    titles.set(key, found ?? null);
  }
  return titles.get(key);
}

export const remembered = (url, code) => titles.get(`${url} ${code}`) ?? null;

function row(one, id) {
  const found = make('li', '', make('strong', '', one.title), make('span', 'wm-mono wm-muted', one.code));
  if (one.hint) found.append(make('small', '', one.hint));
  if (one.warning) found.append(make('small', 'wm-m-warning', one.warning));
  found.id = id;
  found.setAttribute('role', 'option');
  return found;
}

/**
 * @param {{url: string, value: string, placeholder: string, changed: (code: string, choice: object) => void, readonly: boolean}} asked
 */
export function picker({ url, value, placeholder, changed, readonly }) {
  const id = `m-pick-${++number}`;
  const input = make('input', 'form-control form-control-sm');
  const list = make('ul', 'wm-m-choices');
  const note = make('small', 'form-hint');
  const box = make('div', 'wm-m-pick', input, icon('search'), list, note);
  input.id = id;
  input.placeholder = placeholder;
  input.autocomplete = 'off';
  input.disabled = readonly;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', `${id}-list`);
  list.id = `${id}-list`;
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  let chosen = value;
  let found = [];
  let at = -1;
  let asking = null;

  const say = (one) => {
    input.value = one ? one.title : chosen;
    note.replaceChildren();
    if (one) note.append(make('span', 'wm-mono', one.code), one.hint ? ` · ${one.hint}` : '');
    if (one?.warning) note.append(make('span', 'wm-m-warning', ` ${one.warning}`));
    if (!one && chosen) note.append(make('span', 'wm-m-warning', words.picker.unknown));
  };
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
  };
  const mark = (index) => {
    at = index;
    [...list.children].forEach((one, i) => one.setAttribute('aria-selected', String(i === at)));
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    if (found[at]) input.setAttribute('aria-activedescendant', `${id}-${at}`);
  };
  const choose = (one) => {
    titles.set(`${url} ${one.code}`, one);
    chosen = one.code;
    show(false);
    say(one);
    changed(one.code, one);
  };
  const search = async (text) => {
    const mine = (asking = {});
    const answer = await get(`${url}?q=${encodeURIComponent(text)}`).catch(() => null);
    if (mine !== asking) return;
    found = answer ?? [];
    const rows = found.map((one, i) => {
      const shown = row(one, `${id}-${i}`);
      shown.addEventListener('mousedown', (event) => {
        event.preventDefault();
        choose(one);
      });
      return shown;
    });
    list.replaceChildren(...(rows.length ? rows : [make('li', 'wm-muted', answer ? words.picker.none : words.picker.failed)]));
    show(true);
    mark(rows.length ? 0 : -1);
  };

  let waiting = null;
  input.addEventListener('focus', () => {
    input.select();
    search('');
  });
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(input.value.trim()), WAIT);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') mark(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && !list.hidden && found[at]) choose(found[at]);
    else if (event.key === 'Escape') show(false);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', () => {
    clearTimeout(waiting);
    asking = null;
    show(false);
    say(chosen ? remembered(url, chosen) : null);
  });
  if (value) {
    input.value = value;
    known(url, value)
      .then((one) => document.activeElement !== input && say(one))
      .catch(() => {});
  }
  return box;
}
