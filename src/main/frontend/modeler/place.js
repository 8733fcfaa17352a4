// Where the next step goes: to the right of the one before it, in the first row where nothing lies.
import { is } from './model.js';
import { stepOf } from './steps.js';

const GAP = 60;
const ROW = 130;
const AROUND = 16;
// Below a shape its boundary events and their names have to fit.
const BELOW = 46;

const over = (box, left, right, top, bottom) =>
  left < box.right + AROUND && right > box.left - AROUND && top < box.bottom + AROUND && bottom > box.top - AROUND;

function crossed(line, box) {
  return line.waypoints.slice(1).some((to, i) => {
    const from = line.waypoints[i];
    return over(box, Math.min(from.x, to.x), Math.max(from.x, to.x), Math.min(from.y, to.y), Math.max(from.y, to.y));
  });
}

function taken(modeler, parent, box) {
  return modeler.get('elementRegistry').filter((one) => {
    if (one === parent) return false;
    let above = one.labelTarget ?? one;
    while (above.parent && above.parent !== parent) above = above.parent;
    if (above.parent !== parent && above.host?.parent !== parent) return false;
    return one.waypoints ? crossed(one, box) : one.width !== undefined && over(box, one.x, one.x + one.width, one.y, one.y + one.height);
  }).length;
}

/** The middle of the place for a step behind an element. */
export function behind(modeler, element, shape) {
  const room = stepOf(shape.wmStep)?.room ?? { right: 0, down: 0 };
  const boundary = is(element, 'bpmn:BoundaryEvent');
  const from = boundary ? element.host : element;
  const x = element.x + element.width + (boundary ? 30 : GAP) + shape.width / 2;
  let y = boundary ? from.y + from.height + 50 + shape.height / 2 : from.y + from.height / 2;
  const free = () =>
    !taken(modeler, element.parent, {
      left: x - shape.width / 2,
      right: x + shape.width / 2 + room.right,
      top: y - shape.height / 2,
      bottom: y + shape.height / 2 + Math.max(room.down, BELOW),
    });
  for (let row = 0; row < 40 && !free(); row++) y += ROW;
  return { x, y };
}
