import './console.css';
import htmx from 'htmx.org/dist/htmx.esm.js';

// Nothing on a page may be evaluated as code: the content security policy forbids it and htmx obeys.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

const csrf = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers[csrf('csrf-header')] = csrf('csrf-token');
});

// Progress: one bar for everything that is under way.
let underWay = 0;
const bar = () => document.querySelector('.wm-loading');
document.addEventListener('htmx:beforeRequest', () => bar()?.classList.toggle('wm-on', ++underWay > 0));
document.addEventListener('htmx:afterRequest', () => bar()?.classList.toggle('wm-on', --underWay > 0));

// A refused or lost request is said, never swallowed.
function say(text) {
  const place = document.querySelector('#wm-problem');
  if (!place) return;
  place.querySelector('p').textContent = text;
  place.hidden = false;
  place.scrollIntoView({ block: 'nearest' });
}
const words = () => document.body.dataset;
document.addEventListener('htmx:sendError', () => say(words().sayOffline));
document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.getResponseHeader('HX-Redirect')) return;
  say(event.detail.xhr.status === 403 ? words().sayForbidden : words().sayFailed);
});
document.addEventListener('htmx:beforeRequest', () => {
  const place = document.querySelector('#wm-problem');
  if (place) place.hidden = true;
});

// Confirmation: any form with data-confirm asks first, with and without htmx.
let confirmed = null;
function ask(form, submitter, go) {
  const dialog = document.querySelector('#wm-confirm');
  dialog.querySelector('h2').textContent = form.dataset.confirm;
  dialog.querySelector('p').textContent = form.dataset.confirmDetail ?? '';
  dialog.querySelector('[value="yes"]').textContent = form.dataset.confirmYes ?? submitter?.textContent?.trim() ?? '';
  dialog.onclose = () => {
    if (dialog.returnValue === 'yes') go();
    else submitter?.focus();
  };
  dialog.returnValue = '';
  dialog.showModal();
}
document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!form.dataset?.confirm || confirmed === form) {
      confirmed = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter, () => {
      confirmed = form;
      form.requestSubmit(event.submitter ?? undefined);
    });
  },
  true,
);

// The side bar on a narrow screen.
document.addEventListener('click', (event) => {
  const side = document.querySelector('.wm-side');
  const opener = document.querySelector('[data-wm-menu]');
  if (!side || !opener) return;
  const toggled = event.target.closest('[data-wm-menu]');
  const open = toggled ? !side.classList.contains('wm-open') : side.classList.contains('wm-open') && !event.target.closest('.wm-shade');
  side.classList.toggle('wm-open', open);
  opener.setAttribute('aria-expanded', String(open));
  if (toggled && open) side.querySelector('a')?.focus();
});
document.addEventListener('keydown', (event) => {
  const side = document.querySelector('.wm-side.wm-open');
  if (event.key !== 'Escape' || !side) return;
  side.classList.remove('wm-open');
  const opener = document.querySelector('[data-wm-menu]');
  opener.setAttribute('aria-expanded', 'false');
  opener.focus();
});

// Copy a shown-once secret.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  button.querySelector('span').textContent = button.dataset.copied;
});

// A file of any size goes up as it is read from the disk, with its progress; the form's other fields
// go into the address. The answer names the page to go on with.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-stream]');
  if (!form) return;
  event.preventDefault();
  const file = form.querySelector('input[type="file"]').files[0];
  const query = new URLSearchParams({ name: file.name });
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && name !== '_csrf' && value !== '') query.set(name, value);
  }
  const button = form.querySelector('button[type="submit"]');
  const progress = form.querySelector('progress');
  const send = new XMLHttpRequest();
  send.open('POST', `${form.dataset.stream}?${query}`);
  send.setRequestHeader(csrf('csrf-header'), csrf('csrf-token'));
  send.setRequestHeader('Content-Type', 'application/octet-stream');
  send.upload.addEventListener('progress', (now) => {
    progress.max = now.total;
    progress.value = now.loaded;
  });
  const failed = (text) => {
    button.disabled = false;
    progress.hidden = true;
    say(text);
  };
  send.addEventListener('error', () => failed(words().sayOffline));
  send.addEventListener('load', () => {
    const answer = send.getResponseHeader('Content-Type')?.includes('json') ? JSON.parse(send.responseText) : {};
    if (send.status < 300) location.assign(form.dataset.then.replace('{id}', answer.id));
    else failed(answer.detail ?? (send.status === 403 ? words().sayForbidden : words().sayFailed));
  });
  button.disabled = true;
  progress.hidden = false;
  send.send(file);
});

// A file too large is refused before it is sent: a server that stops reading looks like a lost line.
document.addEventListener('change', (event) => {
  const field = event.target.closest('input[type="file"][data-most-bytes]');
  if (!field) return;
  const large = [...field.files].some((file) => file.size > Number(field.dataset.mostBytes));
  field.setCustomValidity(large ? field.dataset.wordTooLarge : '');
  field.reportValidity();
});

// A list or an answer worked with the keyboard; never while somebody types.
const typing = (event) => event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, dialog');
let row = -1;
document.addEventListener('keydown', (event) => {
  if (typing(event)) return;
  if (event.key === '?') document.querySelectorAll('.wm-keys').forEach((help) => (help.hidden = !help.hidden));
  const list = document.querySelector('[data-list-keys]');
  if (list) {
    const rows = [...list.querySelectorAll('[data-row]')];
    const step = { j: 1, k: -1 }[event.key];
    if (step && rows.length) {
      row = Math.max(0, Math.min(rows.length - 1, row + step));
      rows.forEach((one, at) => one.classList.toggle('wm-at', at === row));
      rows[row].querySelector('a').focus();
      rows[row].scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'x' && rows[row]) rows[row].querySelector('input[type="checkbox"]')?.click();
  }
  const answer = document.querySelector('[data-answer-keys]');
  if (answer && /^[1-9]$/.test(event.key)) answer.querySelectorAll('input[name="outcome"]')[event.key - 1]?.click();
  if (answer && event.key === 'n') {
    event.preventDefault();
    answer.querySelector('#note')?.focus();
  }
});
document.addEventListener('change', (event) => {
  const all = event.target.closest('[data-check-all]');
  if (all) all.closest('form').querySelectorAll(`input[name="${all.dataset.checkAll}"]`).forEach((one) => (one.checked = all.checked));
});
