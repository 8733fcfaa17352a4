// The settings of what is selected, in the words of a marketer. What stands here comes from the
// element template; what a template cannot say (events, times, conditions) has its own fields.
import { bo, changeOf, condition, definition, drawn, follow, is, process, processObject, refer, setCondition, setTiming, settings, timing, valueOf, write } from './model.js';
import { button, field, make, select, text } from './dom.js';
import { picker } from './picker.js';
import { outcomesEditor } from './forms.js';
import * as tables from './table.js';
import { kindOf } from './steps.js';
import { variables } from './variables.js';
import words from './words.json';

const said = words.panel;
const PICKED = { template: 'template', talkTrack: 'template', audience: 'audience', entryAudience: 'audience', entryFilter: 'audience', entryEvent: 'event', product: 'product', tag: 'tag' };
const ENTRIES = Object.keys(said.entries);
const VARIANTS = [
  ['waymark.send-message', 'waymark.send-message-product'],
  ['waymark.check-compliance', 'waymark.check-compliance-product'],
  ['waymark.advisor-task', 'waymark.advisor-task-qualified'],
];
const options = (map) => Object.entries(map).map(([code, title]) => ({ code, title: title.title ?? title }));
const CODE = '^[a-z][a-z0-9_-]*$';

export class Panel {
  constructor({ place, modeler, templates, kit, files, common, readonly, dialog, append }) {
    Object.assign(this, { place, modeler, templates, kit, files, common, readonly, dialog, append });
  }

  /** Draws the settings of these elements; of the journey when there are none. */
  show(elements) {
    this.element = elements.length === 1 ? elements[0] : elements.length ? null : process(this.modeler);
    const parts = this.element ? this.parts(this.element) : [make('p', 'wm-muted', said.many.replace('{0}', elements.length))];
    this.place.replaceChildren(...parts.flat(9).filter(Boolean));
    if (this.readonly) this.place.querySelectorAll('input,select,textarea,button').forEach((one) => (one.disabled = true));
  }

  redraw = () => {
    const shown = this.element && this.modeler.get('elementRegistry').get(this.element.id);
    if (shown) this.show([shown]);
    else this.show([]);
  };

  write(change) {
    write(this.modeler, this.element, change);
  }

  pick(kind, value, changed) {
    return picker({
      url: `${this.common}/choices/${kind}`,
      value,
      placeholder: said[`pick${kind[0].toUpperCase()}${kind.slice(1)}`],
      changed,
      readonly: this.readonly,
    });
  }

  parts(element) {
    if (is(element, 'bpmn:Process') || is(element, 'bpmn:Collaboration') || is(element, 'bpmn:Participant')) return this.journey();
    const template = this.templates.get(bo(element).get?.('camunda:modelerTemplate'));
    return [
      make('h2', 'wm-m-kind', kindOf(element, this.templates)),
      template?.description && !is(element, 'bpmn:Event') ? make('p', 'wm-muted wm-m-about', template.description) : null,
      this.variant(element, template),
      this.named(element),
      template ? this.templated(element, template) : null,
      this.special(element),
      make('p', 'wm-m-id wm-muted', `${said.elementId} `, make('span', 'wm-mono', bo(element).id)),
    ];
  }

  named(element) {
    const note = is(element, 'bpmn:TextAnnotation');
    const key = note ? 'text' : 'name';
    if (is(element, 'bpmn:Association') || is(element, 'bpmn:Group')) return null;
    const input = text(bo(element)[key] ?? '', (value) => this.write({ attributes: { [key]: value } }), { lines: note ? 3 : 0 });
    input.dataset.mField = 'name';
    return field(note ? said.text : said.name, input, is(element, 'bpmn:Activity') ? said.nameHint : undefined);
  }

  variant(element, template) {
    const family = template && VARIANTS.find((one) => one.includes(template.id));
    if (!family) return null;
    const choices = family.map((id) => ({ code: id, title: this.templates.get(id).name }));
    return field(said.variant, select(choices, template.id, (id) => {
      follow(this.modeler, element, this.templates.get(id), this.templates);
      this.redraw();
    }));
  }

  templated(element, template) {
    const outcomes = template.properties.some((one) => one.binding.name === 'outcomes');
    return template.properties
      .filter((one) => one.type !== 'Hidden' && one.binding.name !== 'name')
      .map((one) => (outcomes && one.binding.name === 'camunda:formRef' ? null : this.property(element, one)));
  }

  property(element, property) {
    const name = property.binding.name;
    const value = valueOf(element, property);
    const changed = (now) => this.write(changeOf(property, now));
    const own = this.control(element, property, value, changed);
    if (own === null) return null;
    if (Array.isArray(own)) return own;
    const found = field(property.label, own, PICKED[name] ? undefined : property.description);
    found.dataset.mField = name;
    return found;
  }

  control(element, property, value, changed) {
    const name = property.binding.name;
    if (PICKED[name]) return this.pick(PICKED[name], value, (code) => (name === 'tag' ? this.tagged(changed, code) : changed(code)));
    if (name === 'goal') return this.code(this.kit.goals, value, changed);
    if (name === 'reason') return this.code(this.kit.reasons, value, changed);
    if (name === 'facts') return this.ticks(options(words.facts), value, changed);
    if (name === 'pool') return this.ticks(options(words.pool), value, changed);
    if (name === 'materials') return this.several('template', value, changed);
    if (name === 'weights') return this.weights(value, changed);
    if (name === 'experiment') return null;
    if (name === 'task') return this.task(value, changed);
    if (name === 'value') return this.tagValue(element, value, changed);
    if (name === 'reentryDays') return this.reentry(value, changed);
    if (name === 'entrySchedule') return this.schedule(value, changed);
    if (name === 'outcomes') return outcomesEditor({ modeler: this.modeler, element, files: this.files, readonly: this.readonly, redraw: this.redraw });
    if (name === 'camunda:decisionRef') return this.table(element, value);
    if (name === 'camunda:resultVariable') return this.result(element, property, value, changed);
    if (property.type === 'Dropdown') return select(property.choices.map((one) => ({ code: one.value, title: one.name })), value, changed, value ? undefined : said.chooseValue);
    if (property.type === 'Boolean') return this.tick(property.label, value === 'true', (on) => changed(on));
    const pattern = property.constraints?.pattern;
    return text(value, changed, { pattern: pattern?.value, message: pattern?.message, placeholder: property.placeholder ?? '', lines: property.type === 'Text' ? 3 : 0 });
  }

  /** A known code by its title, or one of their own. */
  code(known, value, changed) {
    const own = value && !known.some((one) => one.code === value);
    const input = text(own ? value : '', changed, { pattern: CODE, message: said.codePattern, placeholder: said.customCode });
    input.hidden = !own;
    input.setAttribute('aria-label', said.customCode);
    const list = select([...known, { code: '*', title: said.custom }], own ? '*' : value, (code) => {
      input.hidden = code !== '*';
      if (code === '*') input.focus();
      else changed(code);
    }, said.chooseValue);
    return make('div', 'wm-m-rows', list, input);
  }

  tick(title, on, act) {
    const input = make('input', 'form-check-input');
    input.type = 'checkbox';
    input.checked = on;
    input.addEventListener('change', () => act(input.checked));
    return make('label', 'form-check', input, make('span', 'form-check-label', title));
  }

  ticks(known, value, changed) {
    const now = value.split(',').map((one) => one.trim()).filter(Boolean);
    return make('div', 'wm-m-ticks', ...known.map((one) => this.tick(one.title, now.includes(one.code), (on) => {
      const next = on ? [...now, one.code] : now.filter((code) => code !== one.code);
      changed(next.join(','));
      this.redraw();
    })));
  }

  /** Codes divided by commas, each of them picked. */
  several(kind, value, changed) {
    const now = value.split(',').map((one) => one.trim()).filter(Boolean);
    const save = (next) => {
      changed([...new Set(next)].join(','));
      this.redraw();
    };
    const rows = now.map((code) => {
      const drop = button('×', () => save(now.filter((one) => one !== code)), 'btn btn-sm btn-icon');
      drop.title = said.remove;
      return make('div', 'wm-m-row', this.pick(kind, code, (next) => save(now.map((one) => (one === code ? next : one)))), drop);
    });
    return make('div', 'wm-m-rows', ...rows, now.length < 10 ? this.pick(kind, '', (code) => save([...now, code])) : null);
  }

  weights(value, changed) {
    const now = value.split(',').filter(Boolean).map((one) => one.split(':'));
    const save = (next) => {
      changed(next.map((one) => one.join(':')).join(','));
      this.redraw();
    };
    const rows = now.map(([group, share], i) => {
      const input = make('input', 'form-control form-control-sm');
      Object.assign(input, { type: 'number', min: 0, max: 100, value: share });
      input.setAttribute('aria-label', `${group} ${said.percent}`);
      input.addEventListener('change', () => save(now.map((one, k) => (k === i ? [group, String(Number(input.value))] : one))));
      const drop = button('×', () => save(now.filter((_, k) => k !== i)), 'btn btn-sm btn-icon');
      drop.title = said.remove;
      drop.disabled = now.length < 3;
      return make('div', 'wm-m-row', make('strong', '', group), input, make('span', '', said.percent), drop);
    });
    const sum = now.reduce((total, one) => total + Number(one[1]), 0);
    const add = button(said.addVariant, () => save([...now, [String.fromCharCode(65 + now.length), '0']]));
    add.disabled = now.length > 9;
    return make('div', 'wm-m-rows', ...rows, add, sum === 100 ? null : make('small', 'wm-m-warning', said.sum.replace('{0}', sum)));
  }

  task(value, changed) {
    const tasks = drawn(this.modeler).filter((one) => is(one, 'bpmn:UserTask'));
    return select(tasks.map((one) => ({ code: one.id, title: bo(one).name || one.id })), value, changed, said.chooseValue);
  }

  tagged(changed, code) {
    changed(code);
    this.redraw();
  }

  tagValue(element, value, changed) {
    const tag = settings(element).tag;
    const holder = make('div', '', text(value, changed));
    if (tag) {
      fetch(`${this.common}/choices/tag?q=${encodeURIComponent(tag)}`)
        .then((answer) => answer.json())
        .then((found) => {
          const allowed = found.find((one) => one.code === tag)?.values ?? [];
          if (allowed.length) holder.replaceChildren(select(allowed.map((one) => ({ code: one, title: one })), value, changed, said.chooseValue));
        })
        .catch(() => {});
    }
    return holder;
  }

  reentry(value, changed) {
    const days = make('input', 'form-control form-control-sm');
    Object.assign(days, { type: 'number', min: 1, max: 3650, value: value === 'never' ? '90' : value });
    days.hidden = value === 'never';
    days.setAttribute('aria-label', said.days);
    days.addEventListener('change', () => changed(String(Number(days.value) || 90)));
    const list = select([{ code: 'never', title: said.onlyOnce }, { code: 'days', title: said.reentryAfter }], value === 'never' ? 'never' : 'days', (code) => {
      days.hidden = code === 'never';
      changed(code === 'never' ? 'never' : days.value);
    });
    return make('div', 'wm-m-row', days, list);
  }

  schedule(value, changed) {
    const named = /^(每天|每个交易日) (\d\d:\d\d)$/.exec(value);
    const cron = /^0 (\d{1,2}) (\d{1,2}) \* \* \?$/.exec(value);
    const kind = named ? named[1] : cron ? '每天' : 'cron';
    const at = named?.[2] ?? (cron ? `${cron[2].padStart(2, '0')}:${cron[1].padStart(2, '0')}` : '09:00');
    const time = this.clock(at, (now) => changed(this.cron(kind, now)));
    const free = text(value, changed);
    free.hidden = kind !== 'cron';
    time.hidden = kind === 'cron';
    const list = select([{ code: '每个交易日', title: said.everyTradingDay }, { code: '每天', title: said.everyDay }, { code: 'cron', title: said.cron }], kind, (next) => {
      if (next !== 'cron') changed(this.cron(next, time.value));
      this.redraw();
      if (next === 'cron') this.place.querySelectorAll('[data-m-field="entrySchedule"] input').forEach((one) => (one.hidden = one.type === 'time'));
    });
    return make('div', 'wm-m-rows', make('div', 'wm-m-row', list, time), free);
  }

  // A daily time is written as a cron expression, which every tool reads; trading days have words only.
  cron(kind, at) {
    const [hour, minute] = at.split(':').map(Number);
    return kind === '每天' ? `0 ${minute} ${hour} * * ?` : `${kind} ${at}`;
  }

  clock(value, changed) {
    const input = make('input', 'form-control form-control-sm');
    input.type = 'time';
    input.value = value;
    input.setAttribute('aria-label', said.at);
    input.addEventListener('change', () => input.value && changed(input.value));
    return input;
  }

  table(element, id) {
    const file = this.files.withId('.dmn', id);
    const table = tables.read(file);
    if (file && !table) {
      return make('div', 'wm-m-rows', make('p', 'wm-m-warning', tables.foreign(file)), button(said.viewTable, () => tables.view(this.dialog, file)));
    }
    const results = [...new Set((table?.rules ?? []).map((one) => one.output.replace(/^"|"$/g, '')).filter(Boolean))].join('、');
    const state = table ? said.tableRules.replace('{0}', table.rules.length).replace('{1}', results || '—') : said.tableNone;
    const open = button(said.editTable, () => {
      const name = bo(element).get('camunda:resultVariable') || 'route';
      const given = table ?? tables.empty(id, bo(element).name ?? '', name);
      const others = variables(this.modeler, this.files).filter((one) => one.code !== name);
      tables.edit(this.dialog, given, others, (done) => {
        this.files.put('.dmn', id, tables.written(done));
        this.redraw();
      });
    }, 'btn btn-sm btn-primary');
    return make('div', 'wm-m-rows', make('div', '', state), open);
  }

  // The table's own output carries the same name as the variable.
  result(element, property, value, changed) {
    return text(value, (name) => {
      const id = bo(element).get('camunda:decisionRef');
      const table = tables.read(this.files.withId('.dmn', id));
      this.files.together(() => {
        changed(name);
        if (table) this.files.put('.dmn', id, tables.written({ ...table, output: { ...table.output, name } }));
      });
    }, { pattern: property.constraints?.pattern?.value, message: property.constraints?.pattern?.message });
  }

  special(element) {
    const event = definition(element);
    if (is(element, 'bpmn:SequenceFlow')) return this.flow(element);
    if (is(element, 'bpmn:ExclusiveGateway')) return this.outgoing(element);
    if (event?.$type === 'bpmn:TimerEventDefinition') return [this.interrupting(element), this.timer(element)];
    if (event?.$type === 'bpmn:MessageEventDefinition') return [this.awaited(element), this.interrupting(element)];
    if (event?.$type === 'bpmn:ErrorEventDefinition') {
      const reason = event.errorRef?.errorCode === 'withheld' ? said.withheld : event.errorRef?.errorCode ?? '';
      return make('p', '', `${said.error}：${reason}`);
    }
    if (is(element, 'bpmn:ReceiveTask')) return this.awaited(element);
    return null;
  }

  awaited(element) {
    const start = is(element, 'bpmn:StartEvent');
    const holder = is(element, 'bpmn:ReceiveTask') ? bo(element) : definition(element);
    const found = field(start ? said.eventStart : said.event, this.pick('event', holder.messageRef?.name ?? '', (code, choice) => {
      refer(this.modeler, element, 'bpmn:Message', code);
      const now = bo(element).name ?? '';
      if (!now || Object.values(words.steps).some((one) => one.drawn === now) || Object.values(words.drawn).includes(now)) {
        this.write({ attributes: { name: choice.title } });
      }
      this.redraw();
    }));
    found.dataset.mField = 'event';
    return found;
  }

  interrupting(element) {
    const object = bo(element);
    if (is(element, 'bpmn:BoundaryEvent')) {
      return this.tick(said.interrupting, object.cancelActivity !== false, (on) => this.write({ attributes: { cancelActivity: on } }));
    }
    if (is(element, 'bpmn:StartEvent') && object.$parent?.triggeredByEvent) {
      return this.tick(said.interrupting, object.isInterrupting !== false, (on) => this.write({ attributes: { isInterrupting: on } }));
    }
    return null;
  }

  timer(element) {
    const now = timing(element);
    const duration = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(now);
    const day = /^\$\{(tradingDay|workingDay)\((\d+),\s*'(\d\d:\d\d)'\)}$/.exec(now);
    const today = /^\$\{today\('(\d\d:\d\d)'\)}$/.exec(now);
    const kind = duration ? 'duration' : day ? day[1] : today ? 'today' : 'other';
    const set = (value) => {
      const before = this.told(timing(element));
      setTiming(this.modeler, element, value);
      const name = bo(element).name ?? '';
      if (!name || name === before || words.steps['wait-time'].drawn === name || words.steps['wait-day'].drawn === name) {
        this.write({ attributes: { name: this.told(value) } });
      }
      this.redraw();
    };
    const kinds = ['duration', 'tradingDay', 'workingDay', 'today', 'other'].map((code) => ({ code, title: said[code] }));
    const begin = { duration: 'P3D', tradingDay: "${tradingDay(1,'09:30')}", workingDay: "${workingDay(1,'09:30')}", today: "${today('20:00')}", other: now };
    const list = field(said.when, select(kinds, kind, (code) => set(begin[code])));
    const number = (value, act) => {
      const input = make('input', 'form-control form-control-sm');
      Object.assign(input, { type: 'number', min: 1, max: 400, value });
      input.addEventListener('change', () => act(Math.max(1, Number(input.value) || 1)));
      return input;
    };
    if (kind === 'duration') {
      const unit = duration[1] ? 'D' : duration[2] ? 'H' : 'M';
      const amount = duration[1] ?? duration[2] ?? duration[3];
      const written = (n, u) => (u === 'D' ? `P${n}D` : `PT${n}${u}`);
      const units = [{ code: 'D', title: said.days }, { code: 'H', title: said.hours }, { code: 'M', title: said.minutes }];
      const box = make('div', 'wm-m-row', number(amount, (n) => set(written(n, unit))), select(units, unit, (u) => set(written(amount, u))));
      const found = field(said.amount, box);
      found.dataset.mField = 'amount';
      return [list, found];
    }
    if (day) {
      const written = (n, at) => `\${${day[1]}(${n},'${at}')}`;
      return [
        list,
        field(said.daysAfter, number(day[2], (n) => set(written(n, day[3]))), said.daysAfterHint),
        field(said.at, this.clock(day[3], (at) => set(written(day[2], at)))),
      ];
    }
    if (today) return [list, field(said.at, this.clock(today[1], (at) => set(`\${today('${at}')}`)))];
    return [list, field(said.expression, text(now, set))];
  }

  /** A time in words, as a name for its event. */
  told(value) {
    const duration = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(value);
    if (duration) return duration[1] ? `等 ${duration[1]} 天` : duration[2] ? `等 ${duration[2]} 小时` : `等 ${duration[3]} 分钟`;
    const day = /^\$\{(tradingDay|workingDay)\((\d+),\s*'(\d\d:\d\d)'\)}$/.exec(value);
    if (day) {
      const kind = day[1] === 'tradingDay' ? '交易日' : '工作日';
      return `${day[2] === '1' ? `下一${kind}` : `${day[2]} 个${kind}后`} ${day[3]}`;
    }
    const today = /^\$\{today\('(\d\d:\d\d)'\)}$/.exec(value);
    return today ? `今天 ${today[1]}` : value;
  }

  flow(flow) {
    const source = flow.source;
    if (!source || !is(source, 'bpmn:ExclusiveGateway') || source.outgoing.length < 2) return make('p', 'wm-muted', said.flowPlain);
    return [make('p', 'wm-muted', said.flowOf.replace('{0}', bo(source).name || said.elementId)), this.choice(source, flow)];
  }

  outgoing(gateway) {
    const flows = gateway.outgoing.filter((one) => is(one, 'bpmn:SequenceFlow'));
    if (!flows.length) return make('p', 'wm-muted', said.noOutgoing);
    if (flows.length < 2) return null;
    return [
      make('h3', 'wm-m-part', said.outgoing),
      make('p', 'form-hint', said.outgoingHint),
      flows.map((flow) => {
        const target = bo(flow.target).name || kindOf(flow.target, this.templates);
        const title = button(`→ ${target}`, () => this.modeler.get('selection').select(flow), 'btn btn-sm btn-link p-0');
        return make('fieldset', 'wm-m-flow', make('legend', '', title), this.choice(gateway, flow));
      }),
    ];
  }

  /** When this way is taken: a comparison, or whenever no other is. */
  choice(gateway, flow) {
    const known = variables(this.modeler, this.files);
    const { body, compared } = condition(flow);
    const standard = bo(gateway).default === bo(flow);
    const rest = this.tick(said.default, standard, (on) => {
      const modeling = this.modeler.get('modeling');
      if (on) setCondition(this.modeler, flow, '', bo(flow).name || said.isDefault);
      modeling.updateProperties(gateway, { default: on ? bo(flow) : undefined });
      this.redraw();
    });
    if (standard) return make('div', 'wm-m-rows', rest);
    if (body && !compared) return make('div', 'wm-m-rows', rest, text(body, (value) => setCondition(this.modeler, flow, value)));
    if (!known.length) return make('div', 'wm-m-rows', rest, make('small', 'wm-m-warning', said.noVariables));
    const now = compared ?? { variable: known[known.length - 1].code, sign: '==', value: '' };
    const values = known.find((one) => one.code === now.variable)?.values ?? [];
    const set = (next) => {
      const all = { ...now, ...next };
      if (all.value) {
        const title = (code) => known.find((one) => one.code === all.variable)?.values.find((one) => one.code === code)?.title ?? code;
        const before = bo(flow).name ?? '';
        const auto = (value) => (all.sign === '!=' ? `${said.isNot}${title(value)}` : title(value));
        const old = compared ? (compared.sign === '!=' ? `${said.isNot}${title(compared.value)}` : title(compared.value)) : '';
        const name = !before || before === old || before === said.isDefault ? auto(all.value) : before;
        setCondition(this.modeler, flow, `\${${all.variable} ${all.sign} '${all.value}'}`, name);
      }
      this.pending = { flow: flow.id, ...all };
      this.redraw();
    };
    if (!compared && this.pending?.flow === flow.id) Object.assign(now, this.pending);
    const offered = known.find((one) => one.code === now.variable)?.values ?? values;
    const variable = select(known, now.variable, (code) => set({ variable: code, value: '' }));
    variable.setAttribute('aria-label', said.variable);
    const sign = select([{ code: '==', title: said.is }, { code: '!=', title: said.isNot }], now.sign, (code) => set({ sign: code }));
    sign.setAttribute('aria-label', said.condition);
    const value = offered.length
      ? select(offered, now.value, (code) => set({ value: code }), said.chooseValue)
      : text(now.value, (code) => set({ value: code }), { pattern: '^[^\']*$' });
    value.setAttribute('aria-label', said.value);
    value.dataset.mField = 'value';
    return make('div', 'wm-m-rows', rest, variable, make('div', 'wm-m-row', sign, value));
  }

  /** Keeps what the settings mean for customers, as the server says it, beside them. */
  mean(sentences) {
    this.sentences = sentences;
    const place = this.place.querySelector('.wm-m-words');
    if (place) place.replaceWith(this.meaning());
  }

  meaning() {
    const list = (this.sentences ?? []).map((one) => make('li', '', one));
    const box = make('section', 'wm-m-words', make('h3', 'wm-m-part', said.meaning), make('ul', '', ...list));
    box.hidden = !list.length;
    return box;
  }

  journey() {
    const object = processObject(this.modeler);
    // With a pool around it the process itself is not drawn; its pool stands for it.
    this.element = process(this.modeler);
    const change = (attributes) => this.write({ attributes });
    const template = this.templates.get(object.get('camunda:modelerTemplate'));
    const entry = select(ENTRIES.map((code) => ({ code, title: said.entries[code] })), template?.id ?? '', (id) => {
      follow(this.modeler, this.element, this.templates.get(id), this.templates);
      this.redraw();
    }, said.chooseEntry);
    entry.dataset.mField = 'entry';
    const key = text(object.id, (value) => /^[a-z][a-z0-9-]{1,60}$/.test(value) && change({ id: value }), { pattern: '^[a-z][a-z0-9-]{1,60}$', message: said.keyPattern });
    const name = text(object.name ?? '', (value) => change({ name: value }));
    name.dataset.mField = 'name';
    const documentation = text(object.documentation?.[0]?.text ?? '', (value) => {
      const moddle = this.modeler.get('moddle');
      const found = moddle.create('bpmn:Documentation', { text: value });
      found.$parent = object;
      change({ documentation: value ? [found] : [] });
    }, { lines: 3 });
    return [
      make('h2', 'wm-m-kind', words.kinds.Process),
      make('p', 'wm-muted wm-m-about', said.noSelection),
      field(said.name, name),
      field(said.entry, entry, said.entryHint),
      template ? template.properties.filter((one) => one.type !== 'Hidden').map((one) => this.property(this.element, one)) : null,
      this.meaning(),
      field(said.documentation, documentation, said.documentationHint),
      field(said.key, key, said.keyHint),
    ];
  }
}
