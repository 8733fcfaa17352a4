// The outcomes of an advisor's task: one list, from which the setting and the form are both written.
import { bo, settings, write } from './model.js';
import { button, field, make, text } from './dom.js';
import words from './words.json';

const coded = (code) => ({ code, title: words.outcomes[code] ?? code });

function formOf(element, files) {
  const form = files.withId('.form', bo(element).get('camunda:formRef'));
  try {
    return form ? JSON.parse(form) : null;
  } catch {
    return null;
  }
}

const component = (form, test) => form?.components?.find(test);
const isOutcome = (one) => one.key === 'outcome';
const isGuide = (one) => one.type === 'text';

/** What an advisor may answer: as the form says it, else as the setting lists it. */
export function outcomesOf(element, files) {
  const values = component(formOf(element, files), isOutcome)?.values;
  if (values?.length) return values.map((one) => ({ code: one.value, title: one.label }));
  return (settings(element).outcomes ?? '').split(',').map((one) => one.trim()).filter(Boolean).map(coded);
}

function fresh(id) {
  return {
    type: 'default',
    id,
    schemaVersion: 16,
    executionPlatform: 'Camunda Platform',
    executionPlatformVersion: '7.24.0',
    components: [
      { type: 'radio', id: 'Field_outcome', key: 'outcome', label: '处理结果', values: [], validate: { required: true } },
      {
        type: 'textarea',
        id: 'Field_note',
        key: 'note',
        label: '备注（选填）',
        description: '写清客户的想法和下一步；不要填写证件号、银行卡号。',
        validate: { maxLength: 1000 },
      },
    ],
  };
}

/** Writes the form so that it asks for exactly these outcomes. */
export function writeForm(element, files, outcomes, guide) {
  const id = bo(element).get('camunda:formRef');
  if (!id) return;
  const form = formOf(element, files) ?? fresh(id);
  const asked = component(form, isOutcome);
  if (asked) asked.values = outcomes.map((one) => ({ label: one.title, value: one.code }));
  if (guide !== undefined) {
    form.components = form.components.filter((one) => !isGuide(one));
    if (guide) form.components.unshift({ type: 'text', id: 'Field_guide', text: guide });
  }
  files.put('.form', id, `${JSON.stringify(form, null, 2)}\n`);
}

// A code of letters nobody has to think of; the setting takes lower-case letters and underscores.
function codeFor(title, taken) {
  const common = Object.entries(words.outcomes).find(([, name]) => name === title)?.[0];
  if (common && !taken.has(common)) return common;
  for (let number = 0; ; number++) {
    const code = `choice_${String.fromCharCode(97 + (number % 26))}${'x'.repeat(Math.floor(number / 26))}`;
    if (!taken.has(code)) return code;
  }
}

export function outcomesEditor({ modeler, element, files, readonly, redraw }) {
  const now = outcomesOf(element, files);
  const guide = component(formOf(element, files), isGuide)?.text ?? '';
  const save = (outcomes) => {
    files.together(() => {
      write(modeler, element, { settings: { outcomes: outcomes.map((one) => one.code).join(',') } });
      writeForm(element, files, outcomes);
    });
    redraw();
  };
  const suggestions = make('datalist');
  suggestions.id = `m-outcomes-${bo(element).id}`;
  suggestions.append(...Object.values(words.outcomes).map((title) => new Option(title)));
  const rows = now.map((one, index) => {
    const input = text(one.title, (title) => {
      if (title) save(now.map((each, i) => (i === index ? { ...each, title } : each)));
    });
    input.disabled = readonly;
    input.setAttribute('aria-label', `${words.panel.outcomeName} ${index + 1}`);
    const drop = button('×', () => save(now.filter((each) => each !== one)), 'btn btn-sm btn-icon');
    drop.title = words.panel.remove;
    drop.disabled = readonly || now.length < 2;
    return make('div', 'wm-m-row', input, drop);
  });
  const added = make('input', 'form-control form-control-sm');
  added.placeholder = words.panel.addOutcome;
  added.setAttribute('list', suggestions.id);
  added.setAttribute('aria-label', words.panel.addOutcome);
  added.addEventListener('change', () => {
    const title = added.value.trim();
    if (title) save([...now, { code: codeFor(title, new Set(now.map((one) => one.code))), title }]);
  });
  const box = make('div', 'wm-m-rows', ...rows, readonly ? null : make('div', 'wm-m-row', added), suggestions);
  const talk = text(guide, (value) => writeForm(element, files, now, value), { lines: 4 });
  talk.disabled = readonly;
  return [field(words.panel.outcomes, box, words.panel.outcomesHint), field(words.panel.guide, talk, words.panel.guideHint)];
}
