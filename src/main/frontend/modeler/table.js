// A decision table: reads and writes DMN 1.3 of the shape the server accepts, and edits it as a table
// of choices. A file of any other shape is shown as it is, with the reason, and left alone.
import { button, field, icon, make, select, text } from './dom.js';
import words from './words.json';

const CELL = /^(|-|((<=|>=|<|>)?\s*("[^"\\]*"|-?\d+(\.\d+)?|true|false|null))(\s*,\s*(<=|>=|<|>)?\s*("[^"\\]*"|-?\d+(\.\d+)?|true|false|null))*|not\(\s*("[^"\\]*"|-?\d+(\.\d+)?)(\s*,\s*("[^"\\]*"|-?\d+(\.\d+)?))*\s*\)|[[(\]]\s*-?\d+\s*\.\.\s*-?\d+\s*[\])[])$/;
const RESULT = /^[a-z][a-z0-9_]{0,40}$/;
const plain = (value) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const escaped = (value) => plain(value).replace(/"/g, '&quot;');

const named = (node, name) => [...node.children].filter((one) => one.localName === name);
const inner = (node) => (named(node, 'text')[0]?.textContent ?? '').trim();

/** How many rows may hold, and whose answer counts; the last three answer more than once. */
export const HITS = ['FIRST', 'UNIQUE', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER', 'PRIORITY'];
export const oneAnswer = (hit) => HITS.indexOf(hit) < 3;

const parsed = (dmn) => {
  const xml = new DOMParser().parseFromString(dmn, 'application/xml');
  return xml.querySelector('parsererror') ? null : xml.documentElement;
};

const tableOf = (decision) => {
  const table = named(decision, 'decisionTable')[0];
  return {
    id: decision.getAttribute('id'),
    name: decision.getAttribute('name') ?? '',
    hit: table?.getAttribute('hitPolicy') || 'UNIQUE',
    inputs: (table ? named(table, 'input') : []).map((one) => ({
      label: one.getAttribute('label') ?? '',
      variable: inner(named(one, 'inputExpression')[0] ?? one),
      type: named(one, 'inputExpression')[0]?.getAttribute('typeRef') ?? 'string',
    })),
    outputs: (table ? named(table, 'output') : []).map((one) => ({ label: one.getAttribute('label') ?? '', name: one.getAttribute('name') ?? '' })),
    rules: (table ? named(table, 'rule') : []).map((rule) => ({
      note: named(rule, 'description')[0]?.textContent.trim() ?? '',
      cells: named(rule, 'inputEntry').map(inner),
      outputs: named(rule, 'outputEntry').map(inner),
    })),
    plain: Boolean(table),
  };
};

/** All decisions of a file as they are; none when it cannot be read. */
function decisions(dmn) {
  const root = dmn && parsed(dmn);
  return root ? [...root.children].filter((one) => one.localName === 'decision').map(tableOf) : [];
}

/** The table in a file; null when there is none of the shape that can be edited here. */
export function read(dmn) {
  const [table, ...more] = decisions(dmn);
  if (!table?.plain || more.length || table.outputs.length !== 1 || !HITS.includes(table.hit)) return null;
  const [output] = table.outputs;
  return { ...table, output, rules: table.rules.map((rule) => ({ ...rule, output: rule.outputs[0] ?? '' })) };
}

/** Why a file that is there can only be looked at. */
export function foreign(dmn) {
  const found = decisions(dmn);
  if (!found.length) return words.table.unreadable;
  if (found.length > 1) return words.table.several.replace('{0}', found.length);
  if (!found[0].plain) return words.table.noTable;
  if (found[0].outputs.length !== 1) return words.table.outputs.replace('{0}', found[0].outputs.length);
  return words.table.hitUnknown.replace('{0}', found[0].hit);
}

/** Shows what is in a file that cannot be edited here. */
export function view(dialog, dmn) {
  const shown = decisions(dmn).map((one) =>
    make(
      'section',
      'mb-3',
      make('h3', '', `${one.name || one.id} · ${words.table.hits[one.hit] ?? one.hit}`),
      make(
        'div',
        'table-responsive',
        make(
          'table',
          'table table-vcenter',
          make('thead', '', make('tr', '', ...one.inputs.map((input) => make('th', '', input.label || input.variable)), ...one.outputs.map((output) => make('th', '', output.label || output.name)))),
          make('tbody', '', ...one.rules.map((rule) => make('tr', '', ...rule.cells.map((cell) => make('td', '', cell || words.table.any)), ...rule.outputs.map((output) => make('td', '', make('strong', '', output)))))),
        ),
      ),
    ),
  );
  const title = make('h2', '', words.table.only);
  title.id = 'wm-m-table-title';
  dialog.replaceChildren(make('div', '', title, make('p', 'wm-m-warning', foreign(dmn)), ...shown, make('div', 'wm-actions', button(words.table.close, () => dialog.close(), 'btn btn-primary'))));
  dialog.showModal();
}

/** DMN 1.3 of a table. */
export function written(table) {
  const key = table.id.replace(/[^A-Za-z0-9]+/g, '_');
  const inputs = table.inputs
    .map(
      (one, i) => `      <input id="Input_${key}_${i + 1}" label="${escaped(one.label)}">
        <inputExpression id="Expression_${key}_${i + 1}" typeRef="${one.type}">
          <text>${plain(one.variable)}</text>
        </inputExpression>
      </input>
`,
    )
    .join('');
  const rules = table.rules
    .map(
      (rule, r) => `      <rule id="Rule_${key}_${r + 1}">
${rule.note ? `        <description>${plain(rule.note)}</description>\n` : ''}${table.inputs
        .map((_, i) => `        <inputEntry id="In_${key}_${r + 1}_${i + 1}">
          <text>${plain(rule.cells[i] ?? '')}</text>
        </inputEntry>
`)
        .join('')}        <outputEntry id="Out_${key}_${r + 1}">
          <text>${plain(rule.output)}</text>
        </outputEntry>
      </rule>
`,
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="Definitions_${key}" name="${escaped(table.name)}" namespace="http://waymark.io/decisions" modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.24.0">
  <decision id="${escaped(table.id)}" name="${escaped(table.name)}" camunda:historyTimeToLive="P365D">
    <decisionTable id="Table_${key}" hitPolicy="${escaped(table.hit)}">
${inputs}      <output id="Output_${key}" label="${escaped(table.output.label)}" name="${escaped(table.output.name)}" typeRef="string" />
${rules}    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="Diagram_${key}">
      <dmndi:DMNShape id="Shape_${key}" dmnElementRef="${escaped(table.id)}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}

export const empty = (id, name, output) => ({
  id,
  name,
  hit: 'FIRST',
  inputs: [],
  output: { label: words.table.output, name: output },
  rules: [{ note: words.table.otherwise, cells: [], output: '' }],
});

const CHOSEN = /^(not\()?\s*("[^"\\]*"(?:\s*,\s*"[^"\\]*")*)\s*(\))?$/;

/** The words a cell names; null when it says something else. */
export function chosen(cell) {
  if (!cell || cell === '-') return { not: false, codes: [] };
  const found = CHOSEN.exec(cell);
  if (!found || Boolean(found[1]) !== Boolean(found[3])) return null;
  return { not: Boolean(found[1]), codes: [...found[2].matchAll(/"([^"]*)"/g)].map((one) => one[1]) };
}

const cellOf = ({ not, codes }) => {
  const list = codes.map((one) => `"${one}"`).join(',');
  return not && codes.length ? `not(${list})` : list;
};

function choiceCell(cell, values, changed, label) {
  const now = chosen(cell);
  const titles = now.codes.map((code) => values.find((one) => one.code === code)?.title ?? code).join('、');
  const summary = make('summary', '', now.codes.length ? (now.not ? `${words.table.not} ` : '') + titles : words.table.any);
  summary.setAttribute('aria-label', `${label}：${summary.textContent}`);
  const box = make('div', 'wm-m-cell');
  const tick = (title, on, act) => {
    const input = make('input', 'form-check-input');
    input.type = 'checkbox';
    input.checked = on;
    input.addEventListener('change', () => act(input.checked));
    return make('label', 'form-check', input, make('span', 'form-check-label', title));
  };
  box.append(tick(words.table.not, now.not, (not) => changed(cellOf({ ...now, not }))));
  for (const value of values) {
    box.append(
      tick(value.title, now.codes.includes(value.code), (on) =>
        changed(cellOf({ not: now.not, codes: on ? [...now.codes, value.code] : now.codes.filter((one) => one !== value.code) })),
      ),
    );
  }
  return make('details', '', summary, box);
}

/** Opens the editor; gives the finished table to `done`. */
export function edit(dialog, given, variables, done) {
  let table = structuredClone(given);
  let open = null;
  const problem = make('p', 'text-danger');
  problem.setAttribute('role', 'alert');
  const body = make('div', 'table-responsive');

  const cell = (rule, r, input, i) => {
    const values = variables.find((one) => one.code === input.variable)?.values ?? [];
    const changed = (value) => {
      rule.cells[i] = value;
      open = `${r}-${i}`;
      draw();
    };
    if (values.length && chosen(rule.cells[i] ?? '')) {
      const found = choiceCell(rule.cells[i] ?? '', values, changed, input.label);
      found.open = open === `${r}-${i}`;
      return make('td', '', found);
    }
    const found = text(rule.cells[i] ?? '', (value) => {
      rule.cells[i] = value;
    }, { pattern: CELL.source, message: words.table.bad, placeholder: words.table.any });
    found.title ||= words.table.cellHint;
    found.setAttribute('aria-label', `${input.label} ${r + 1}`);
    return make('td', '', found);
  };

  const small = (name, title, act) => {
    const found = button('', act, 'btn btn-sm btn-icon');
    found.append(icon(name));
    found.title = title;
    found.setAttribute('aria-label', title);
    return found;
  };

  function head(input, i) {
    const title = variables.find((one) => one.code === input.variable)?.title ?? (input.label || input.variable);
    const drop = small('x', words.table.removeInput, () => {
      table.inputs.splice(i, 1);
      table.rules.forEach((rule) => rule.cells.splice(i, 1));
      draw();
    });
    return make('th', '', make('div', 'd-flex align-items-center gap-1', title, drop));
  }

  function row(rule, r) {
    const output = text(rule.output.replace(/^"|"$/g, ''), (value) => {
      rule.output = value ? `"${value}"` : '';
    }, { pattern: RESULT.source, message: words.table.missing });
    output.setAttribute('aria-label', `${words.table.output} ${r + 1}`);
    output.title ||= words.table.resultHint;
    const note = text(rule.note, (value) => {
      rule.note = value;
    });
    note.setAttribute('aria-label', `${words.table.note} ${r + 1}`);
    const up = small('chevron-right', words.table.up, () => {
      table.rules.splice(r - 1, 0, table.rules.splice(r, 1)[0]);
      draw();
    });
    up.classList.add('wm-m-up');
    up.disabled = r === 0;
    const drop = small('trash', words.table.removeRule, () => {
      table.rules.splice(r, 1);
      draw();
    });
    drop.disabled = table.rules.length < 2;
    return make('tr', '', make('td', 'wm-muted', String(r + 1)), ...table.inputs.map((input, i) => cell(rule, r, input, i)), make('td', '', output), make('td', '', note), make('td', 'wm-nowrap', up, drop));
  }

  function draw() {
    const free = variables.filter((one) => !table.inputs.some((input) => input.variable === one.code));
    const adding = select(free, '', (code) => {
      const found = variables.find((one) => one.code === code);
      table.inputs.push({ label: found.title, variable: code, type: 'string' });
      table.rules.forEach((rule) => rule.cells.push(''));
      draw();
    }, words.table.addInput);
    adding.setAttribute('aria-label', words.table.addInput);
    const heads = make('tr', '', make('th', '', '#'), ...table.inputs.map(head), make('th', '', words.table.output), make('th', '', words.table.note), make('th'));
    body.replaceChildren(
      make('table', 'table table-vcenter wm-m-rules', make('thead', '', heads), make('tbody', '', ...table.rules.map(row))),
      make('div', 'd-flex gap-2 mb-2', button(words.table.addRule, () => {
        table.rules.push({ note: '', cells: table.inputs.map(() => ''), output: '' });
        draw();
      }), adding),
    );
  }

  const judged = () => {
    if (table.rules.some((rule) => !/^("[a-z][a-z0-9_]{0,40}"|-?\d+(\.\d+)?|true|false)$/.test(rule.output))) return words.table.missing;
    if (table.rules.some((rule) => rule.cells.some((one) => !CELL.test((one ?? '').trim())))) return words.table.bad;
    return '';
  };
  const name = text(table.name, (value) => {
    table.name = value;
  });
  const policy = () => {
    const offered = HITS.filter((one) => oneAnswer(one) || one === given.hit);
    const chosenHit = select(offered.map((code) => ({ code, title: words.table.hits[code] })), table.hit, (code) => {
      table.hit = code;
      hit.replaceChildren(policy());
    });
    chosenHit.setAttribute('aria-label', words.table.hit);
    const found = field(words.table.hit, chosenHit, words.table.hitHints[oneAnswer(table.hit) ? table.hit : 'many']);
    found.classList.toggle('wm-m-warned', !oneAnswer(table.hit));
    return found;
  };
  const hit = make('div', '');
  hit.append(policy());
  // What was opened to choose from closes when something else is clicked, as a list does.
  dialog.onmousedown = (event) => dialog.querySelectorAll('details[open]').forEach((one) => one.contains(event.target) || (one.open = false));
  const title = make('h2', '', table.name.startsWith(words.table.kind) ? table.name : words.table.title.replace('{0}', table.name));
  title.id = 'wm-m-table-title';
  dialog.replaceChildren(
    make(
      'div',
      '',
      title,
      make('div', 'wm-m-pair', field(words.table.name, name), hit),
      body,
      problem,
      make('div', 'wm-actions', button(words.table.cancel, () => dialog.close(), 'btn'), button(words.table.done, () => {
        problem.textContent = judged();
        if (problem.textContent) return;
        dialog.close();
        done(table);
      }, 'btn btn-primary')),
    ),
  );
  draw();
  dialog.showModal();
}
