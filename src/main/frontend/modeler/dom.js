// Makes elements of a page, and asks the server.
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

export function make(tag, look, ...inner) {
  const found = document.createElement(tag);
  if (look) found.className = look;
  found.append(...inner.filter((one) => one !== null && one !== undefined));
  return found;
}

export function button(text, act, look = 'btn btn-sm') {
  const found = make('button', look, text);
  found.type = 'button';
  found.addEventListener('click', act);
  return found;
}

const sprite = document.querySelector('.wm-icon use')?.getAttribute('href')?.split('#')[0] ?? '';

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'wm-icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

let number = 0;

/** A labelled field of the panel. */
export function field(label, control, hint) {
  const input = control.matches?.('input,select,textarea') ? control : control.querySelector?.('input,select,textarea');
  if (input && !input.id) input.id = `m-${++number}`;
  const title = make('label', 'form-label', label);
  if (input) title.htmlFor = input.id;
  return make('div', 'wm-m-field', title, control, hint ? make('small', 'form-hint', hint) : null);
}

export function select(options, value, changed, empty) {
  const found = make('select', 'form-select form-select-sm');
  if (empty !== undefined) found.append(new Option(empty, ''));
  for (const one of options) found.append(new Option(one.title, one.code));
  // A choice that is gone stays choosable: looking at a drawing must not change it.
  if (value && !options.some((one) => one.code === value)) found.append(new Option(value, value));
  found.value = value;
  found.addEventListener('change', () => changed(found.value));
  return found;
}

export function text(value, changed, { lines = 0, placeholder = '', pattern, message } = {}) {
  const found = make(lines ? 'textarea' : 'input', 'form-control form-control-sm');
  if (lines) found.rows = lines;
  found.value = value;
  found.placeholder = placeholder;
  const judge = () => {
    const bad = Boolean(pattern && found.value && !new RegExp(pattern).test(found.value));
    found.classList.toggle('is-invalid', bad);
    found.title = bad ? message ?? '' : '';
    return !bad;
  };
  judge();
  found.addEventListener('change', () => {
    judge();
    changed(found.value.trim());
  });
  return found;
}

/** A refusal of the server, with its sentence and what it found. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.detail ?? String(status));
    this.status = status;
    this.code = body?.code ?? '';
    this.findings = body?.findings ?? [];
  }
}

async function answered(answer) {
  const json = answer.headers.get('Content-Type')?.includes('json');
  if (answer.ok && json && !answer.redirected) return answer.json();
  throw new Refused(answer.redirected ? 401 : answer.status, json ? await answer.json() : null);
}

export async function get(url) {
  return answered(await fetch(url, { headers: { Accept: 'application/json' } }));
}

export async function post(url, body, signal) {
  return answered(
    await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', [meta('csrf-header')]: meta('csrf-token') },
      body: JSON.stringify(body),
      signal,
    }),
  );
}
