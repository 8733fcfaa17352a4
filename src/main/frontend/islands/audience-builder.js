// Builds an audience rule by clicking. The rule's text is the one truth: every change here is
// written into the text by the server, and every change of the text is drawn here again. Nothing is
// saved but by the form's own button.
import './audience-builder.css';

const WRITE_AFTER = 250;
const DRAW_AFTER = 500;
const COUNT_AFTER = 400;

const place = document.querySelector('#a-builder');
const area = document.querySelector('#a-rule');
const shown = document.querySelector('#a-figures');
const base = place?.dataset.base;
const writes = place?.dataset.writes === 'true';

let forms = new Map();
let choices = {};
let words = {};
let tree = { kind: 'all', fields: {}, parts: [] };
let wrong = null;
let writing = null;
let drawing = null;
let counting = null;
let asked = null;
let number = 0;

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

async function post(path, body, signal) {
  const answer = await fetch(`${base}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', [meta('csrf-header')]: meta('csrf-token') },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function make(tag, look, ...inner) {
  const found = document.createElement(tag);
  if (look) found.className = look;
  found.append(...inner);
  return found;
}

function button(text, act, look = 'btn btn-sm') {
  const found = make('button', look, text);
  found.type = 'button';
  found.addEventListener('click', act);
  return found;
}

function option(value, title, selected) {
  const found = new Option(title, value);
  found.selected = selected;
  return found;
}

// A choice that is gone stays choosable: the rule that names it must not change by being looked at.
function select(list, value, empty) {
  const found = make('select', 'form-select form-select-sm');
  if (empty) found.append(option('', words.choose, value === ''));
  for (const one of list) found.append(option(one.code, one.title, one.code === value));
  if (value !== '' && !list.some((one) => one.code === value)) found.append(option(value, value, true));
  found.value = value;
  return found;
}

const picked = ['tag', 'event', 'event2', 'event3', 'audience', 'journey', 'template'];
const chosen = (field, value) => choices[field]?.find((one) => one.code === value);

function hidden(field, fields) {
  if (field === 'length') return !['days', 'hours', 'minutes', 'trading days'].includes(fields.window ?? '');
  return (field === 'from' || field === 'to') && fields.window !== 'dates';
}

function input(node, field) {
  const value = node.fields[field.name] ?? '';
  if (choices[field.name]) {
    const list = picked.includes(field.name)
      ? choices[field.name].map((one) => ({ code: one.code, title: `${one.title}（${one.code}）` }))
      : choices[field.name];
    return select(list, value, picked.includes(field.name));
  }
  const found = make('input', 'form-control form-control-sm');
  found.value = value;
  if (field.name === 'from' || field.name === 'to') found.type = 'date';
  if (['count', 'length', 'number', 'least', 'most'].includes(field.name)) found.inputMode = 'decimal';
  return found;
}

function fieldOf(node, field) {
  const id = `b-${++number}`;
  const label = make('label', '', field.title);
  label.htmlFor = id;
  const found = input(node, field);
  found.id = id;
  found.dataset.field = field.name;
  found.disabled = !writes;
  const values = field.name === 'values' ? chosen('tag', node.fields.tag)?.values : null;
  if (values?.length) {
    const list = make('datalist', '', ...values.map((one) => option(one, one, false)));
    list.id = `${id}-values`;
    found.setAttribute('list', list.id);
    label.append(list);
  }
  found.addEventListener('input', () => {
    node.fields[field.name] = found.value;
    if (found.tagName === 'SELECT' && (picked.includes(field.name) || field.name === 'window')) render({ node, field: field.name });
    changed();
  });
  const box = make('div', '', label, found);
  box.hidden = hidden(field.name, node.fields);
  return box;
}

function hints(node) {
  const said = [];
  const tag = chosen('tag', node.fields.tag);
  if (tag?.hint) said.push(tag.hint + (tag.values.length ? ` ${tag.values.join('、')}` : ''));
  for (const field of ['event', 'event2', 'event3']) {
    const event = chosen(field, node.fields[field]);
    if (event?.hint) said.push(`${event.title} ${words.properties}${event.hint}`);
  }
  if (node.kind === 'text') said.push(words.is_text);
  return said.map((one) => make('small', '', one));
}

function wrap(parent, index, kind) {
  parent.parts[index] = { kind, fields: {}, parts: [parent.parts[index]] };
  render();
  changed();
}

function remove(parent, index) {
  parent.parts.splice(index, 1);
  if (!parent.parts.length && (parent.kind === 'not' || parent.kind === 'unknown')) removeFrom(tree, parent);
  render({ adding: true });
  changed();
}

function removeFrom(within, node) {
  const index = within.parts.indexOf(node);
  if (index >= 0) within.parts.splice(index, 1);
  else within.parts.forEach((one) => removeFrom(one, node));
}

function tools(parent, index) {
  if (!writes || !parent) return [];
  return [
    button(words.negate, () => wrap(parent, index, 'not')),
    button(words.ask_unknown, () => wrap(parent, index, 'unknown')),
    button(words.remove, () => remove(parent, index)),
  ];
}

function condition(node, path, parent, index) {
  const form = forms.get(node.kind);
  const fields = make('div', 'wm-fields', ...form.fields.map((field) => fieldOf(node, field)));
  const found = make('div', 'wm-condition', make('header', '', make('strong', '', form.title), ...tools(parent, index)), fields, ...hints(node));
  found.dataset.kind = node.kind;
  found.setAttribute('role', 'group');
  found.setAttribute('aria-label', form.title);
  return found;
}

function fresh(kind) {
  const fields = {};
  for (const { name } of forms.get(kind).fields) {
    fields[name] = choices[name] && !picked.includes(name) ? choices[name][0].code : '';
  }
  if ('window' in fields) Object.assign(fields, { window: 'days', length: kind === 'event_followed' || kind === 'event_streak' ? '90' : '30' });
  return { kind, fields, parts: [] };
}

function adding(node) {
  const kinds = [...forms.values()].filter((form) => form.kind !== 'text').map((form) => ({ code: form.kind, title: form.title }));
  const kind = select(kinds, kinds[0].code, false);
  kind.setAttribute('aria-label', words.add);
  kind.dataset.adds = 'kind';
  const add = button(words.add, () => {
    const made = fresh(kind.value);
    node.parts.push(made);
    render({ node: made });
    changed();
  });
  add.dataset.adds = 'condition';
  const group = button(words.add_group, () => {
    node.parts.push({ kind: node.kind === 'all' ? 'any' : 'all', fields: {}, parts: [] });
    render({ adding: true });
    changed();
  });
  return make('div', 'wm-adding', kind, add, group);
}

function group(node, path, parent, index) {
  const header = make('header', '');
  if (node.kind === 'all' || node.kind === 'any') {
    const joint = select([{ code: 'all', title: words.all }, { code: 'any', title: words.any }], node.kind, false);
    joint.setAttribute('aria-label', words.all);
    joint.dataset.adds = 'joint';
    joint.disabled = !writes;
    joint.addEventListener('input', () => {
      node.kind = joint.value;
      found.dataset.kind = joint.value;
      changed();
    });
    header.append(joint);
  } else {
    header.append(make('strong', '', words[node.kind]));
    if (writes) {
      header.append(
        button(words.unwrap, () => {
          parent.parts.splice(index, 1, ...node.parts);
          render();
          changed();
        }),
      );
    }
  }
  header.append(...tools(parent, index));
  const list = make('ul', '');
  node.parts.forEach((one, at) => list.append(make('li', '', draw(one, path === '' ? `${at}` : `${path}.${at}`, node, at))));
  const found = make('div', 'wm-group', header, list);
  found.dataset.kind = node.kind;
  if (writes && (node.kind === 'all' || node.kind === 'any')) found.append(adding(node));
  return found;
}

const drawnAs = new Map();
function draw(node, path, parent, index) {
  const found = forms.has(node.kind) ? condition(node, path, parent, index) : group(node, path, parent, index);
  found.dataset.path = path;
  drawnAs.set(node, found);
  return found;
}

function render(focus) {
  drawnAs.clear();
  const drawn = draw(tree, '', null, 0);
  const empty = tree.parts.length ? [] : [make('p', 'wm-muted', words.empty)];
  place.replaceChildren(...empty, drawn);
  mark();
  if (focus?.node) drawnAs.get(focus.node)?.querySelector(focus.field ? `[data-field="${focus.field}"]` : '[data-field]')?.focus();
  if (focus?.adding) place.querySelector(':scope > .wm-group > .wm-adding button')?.focus();
}

function mark() {
  place.querySelectorAll('.wm-wrong').forEach((one) => one.classList.remove('wm-wrong'));
  place.querySelector(':scope > .wm-said')?.remove();
  if (!wrong) return;
  if (wrong.path != null) place.querySelector(`[data-path="${wrong.path}"]`)?.classList.add('wm-wrong');
  const said = make('p', 'wm-said', wrong.problem);
  said.setAttribute('role', 'status');
  said.append(
    button(words.locate, () => {
      area.focus();
      area.setSelectionRange(wrong.position - 1, wrong.position);
    }),
  );
  place.append(said);
}

// An edit of the drawing: the server writes the text, and only then it counts.
function changed() {
  clearTimeout(writing);
  stop();
  writing = setTimeout(write, WRITE_AFTER);
}

let turn = 0;
async function write() {
  clearTimeout(writing);
  writing = null;
  const mine = ++turn;
  if (!tree.parts.length) {
    area.value = '';
    wrong = null;
    mark();
    shown.replaceChildren();
    return;
  }
  try {
    const answer = await post('write', tree);
    if (mine !== turn) return;
    area.value = answer.rule;
    wrong = answer.problem ? answer : null;
    mark();
    if (!wrong) count();
  } catch {
    if (mine === turn) shown.replaceChildren(make('p', 'wm-said', words.failed));
  }
}

async function read() {
  clearTimeout(drawing);
  drawing = null;
  const mine = ++turn;
  const rule = area.value.trim();
  if (rule === '') {
    tree = { kind: 'all', fields: {}, parts: [] };
    wrong = null;
    render();
    shown.replaceChildren();
    return;
  }
  try {
    const answer = await post('draw', { rule: area.value });
    if (mine !== turn) return;
    wrong = answer.problem ? answer : null;
    if (answer.tree) {
      tree = mutable(answer.tree);
      if (tree.kind !== 'all' && tree.kind !== 'any') tree = { kind: 'all', fields: {}, parts: [tree] };
      render();
      count();
    } else {
      place.replaceChildren(make('p', 'wm-muted', words.unreadable));
      mark();
    }
  } catch {
    if (mine === turn) shown.replaceChildren(make('p', 'wm-said', words.failed));
  }
}

const mutable = (node) => ({ kind: node.kind, fields: { ...node.fields }, parts: node.parts.map(mutable) });

function stop() {
  clearTimeout(counting);
  asked?.abort();
  asked = null;
}

function count() {
  stop();
  counting = setTimeout(figures, COUNT_AFTER);
}

async function figures() {
  asked = new AbortController();
  const { signal } = asked;
  shown.replaceChildren(make('p', 'wm-muted mb-0', words.counting));
  try {
    const found = await post('figures', { rule: area.value }, signal);
    if (!signal.aborted) show(found);
  } catch {
    if (!signal.aborted) shown.replaceChildren(make('p', 'wm-said', words.failed));
  }
}

function show(found) {
  if (found.refused) {
    shown.replaceChildren(make('p', 'wm-said mb-0', found.refused));
    return;
  }
  const lines = [make('p', 'mb-1', make('span', 'wm-bigcount', found.count.toLocaleString('zh-CN')), ` ${words.count}`)];
  lines.push(
    make('p', 'wm-muted', found.unknown == null ? words.unknown_late : `${found.unknown.toLocaleString('zh-CN')} ${words.unknown_count}`),
  );
  if (found.sample.length) {
    const list = make('ul', 'list-unstyled mb-0');
    for (const one of found.sample) list.append(make('li', '', `${one.ref} ${one.name} · ${one.branch}`));
    lines.push(make('strong', '', words.sample), list);
  } else lines.push(make('p', 'mb-0', words.nobody));
  shown.replaceChildren(...lines);
}

// Why one customer is in or out of the rule as it stands in the text, saved or not.
const looks = { yes: 'good', no: 'quiet', unknown: 'warn' };
function why(part) {
  const line = make('li', 'mb-1', make('span', `badge wm-${looks[part.code]}`, part.title), ` ${part.wording} `);
  if (part.seen) line.append(make('span', 'wm-muted', `（${part.seen}） `));
  if (part.note) line.append(make('span', 'wm-muted', part.note));
  if (part.parts.length) line.append(make('ul', 'mt-1 mb-0 list-unstyled ps-4', ...part.parts.map(why)));
  return line;
}

document.querySelector('#a-why')?.addEventListener('submit', async (event) => {
  if (!area.value.trim()) return;
  event.preventDefault();
  const told = document.querySelector('#a-told');
  if (writing) await write();
  try {
    const found = await post('why', { rule: area.value, customer: document.querySelector('#a-customer').value });
    told.replaceChildren(found.answer ? make('ul', 'list-unstyled mb-0', why(found.answer)) : make('p', 'wm-said mb-0', found.refused));
  } catch {
    told.replaceChildren(make('p', 'wm-said mb-0', words.failed));
  }
});

// What was clicked last goes with the form, however quickly the button is pressed.
let ready = false;
area?.form.addEventListener('submit', async (event) => {
  if (!writing || ready) return;
  event.preventDefault();
  await write();
  ready = true;
  area.form.requestSubmit(event.submitter ?? undefined);
  ready = false;
});

// Members follow every change or are drawn by a schedule, never both.
const live = area?.form.elements.live;
const schedule = document.querySelector('#a-schedule');
live?.addEventListener('change', () => {
  if (live.checked) schedule.value = '';
});
schedule?.addEventListener('input', () => {
  if (schedule.value.trim()) live.checked = false;
});

area?.addEventListener('input', () => {
  clearTimeout(writing);
  writing = null;
  clearTimeout(drawing);
  stop();
  drawing = setTimeout(read, DRAW_AFTER);
});

if (place && area) {
  const answer = await fetch(`${base}/choices`, { headers: { Accept: 'application/json' } });
  if (answer.ok) {
    const offer = await answer.json();
    forms = new Map(offer.forms.map((form) => [form.kind, form]));
    choices = offer.choices;
    words = offer.words;
    await read();
    if (!area.value.trim()) render();
  }
}
