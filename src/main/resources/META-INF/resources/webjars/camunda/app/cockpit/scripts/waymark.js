// What Cockpit's community edition lacks and an operator of journeys needs: the way one instance has
// taken, what it waits for, its messages and their verdicts, counts per node, and links into the
// console. The data come from the console, under the console's own session, rights and branches.

const root = document.querySelector('base')?.getAttribute('app-root') ?? '';
const home = root.endsWith('/camunda') ? root.slice(0, -'/camunda'.length) : '';

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
};

const link = (path, words) => element('a', {href: home + path, target: '_blank', rel: 'noopener'}, words);

const table = (heads, rows) =>
  element('table', {class: 'table table-condensed cam-table'},
    element('thead', {}, element('tr', {}, ...heads.map(head => element('th', {}, head)))),
    element('tbody', {}, ...rows.map(cells =>
      element('tr', {}, ...cells.map(cell => element('td', {}, cell ?? '—'))))));

const section = (title, ...content) =>
  element('section', {class: 'wm-section'}, element('h4', {}, title), ...content);

// Where customers stand and what was sent to them is for operators alone: administrators manage
// people, rights and keys.
const refusals = {
  403: '客户在旅程中的进展与消息只对运营开放；管理员负责人员、权限与密钥。',
  404: '路标中没有对应的旅程，或不在您的营业部范围内。'
};

async function read(path) {
  const answer = await fetch(home + path, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) {
    throw new Error(refusals[answer.status] ?? '请以运营人员身份登录控制台后查看。');
  }
  return answer.json();
}

/** Draws what was read, unless the tab was closed meanwhile. */
function tab(path, draw) {
  return (node, data) => {
    const place = element('div', {class: 'wm-cockpit', style: 'padding: 12px'}, '正在读取…');
    node.replaceChildren(place);
    read(path(data)).then(
      found => place.replaceChildren(...draw(found)),
      problem => place.replaceChildren(element('p', {class: 'text-warning'}, problem.message)));
  };
}

const orNothing = (rows, drawn, none) => rows.length ? drawn : element('p', {class: 'text-muted'}, none);

const instance = {
  id: 'waymark-instance',
  pluginPoint: 'cockpit.processInstance.runtime.tab',
  priority: 20,
  properties: {label: '路标'},
  render: tab(
    data => `/watch/instances/${encodeURIComponent(data.processInstanceId)}`,
    found => [
      element('p', {},
        element('strong', {}, found.held ? '暂停中 · ' : ''),
        link(found.console, '在控制台查看这位客户的旅程（重试、跳过、移动、结束）'), ' · ',
        link(found.journey, '旅程'), ' · ',
        link(found.migrations, '迁移到其他版本')),
      section('接下来', orNothing(found.next,
        element('ul', {}, ...found.next.map(words => element('li', {}, words))), '已离开旅程')),
      section('等待', orNothing([...found.waits, ...found.timers, ...found.tasks],
        table(['什么', '节点', '何时'], [
          ...found.waits.map(one => [one.event, one.name, one.everywhere ? '随时' : '']),
          ...found.timers.map(one => ['定时', one.name, one.due]),
          ...found.tasks.map(one => [one.holder ?? '公共池', one.name, one.due])]), '没有等待')),
      section('走过的路', orNothing(found.steps,
        table(['节点', '到达', '离开', '结果'],
          found.steps.map(one => [one.name, one.entered, one.left, one.outcome])), '没有记录')),
      section('消息与判断', orNothing(found.messages,
        table(['时间', '节点', '模板', '状态', '原因'],
          found.messages.map(one => [one.at, one.name, link(one.link, one.template), one.status, one.words])),
        '没有消息'))])
};

const definition = {
  id: 'waymark-definition',
  pluginPoint: 'cockpit.processDefinition.runtime.tab',
  priority: 20,
  properties: {label: '路标'},
  render: tab(
    data => `/watch/definitions?id=${encodeURIComponent(data.processDefinitionId)}`,
    found => [
      element('p', {}, link(found.journey, '在控制台查看旅程'), ' · ',
        link(found.migrations, '迁移客户到其他版本'), ' · ', link(found.watch, '值守告警')),
      section('各节点人数', orNothing(found.nodes,
        table(['节点', '进入', '等待', '完成', '失败', '拦截'],
          found.nodes.map(one =>
            [one.name, one.entered, one.waiting, one.done, one.failed, one.withheld].map(String))),
        '还没有客户进入'))])
};

export default [instance, definition];
