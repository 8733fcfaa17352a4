// Where the next step goes: to the right of the one before it, in the first row where nothing lies.
import { is } from './model.js';
import { stepOf } from './steps.js';

const GAP = 60;
const ROW = 130;
const AROUND = 16;
// Below a shape its boundary events and their names have to fit.
const BELOW = 46;

function taken(modeler, parent, box) {
  return modeler.get('elementRegistry').filter((one) => {
    if (one.waypoints || one === parent || one.width === undefined) return false;
    let above = one.labelTarget ?? one;
    while (above.parent && above.parent !== parent) above = above.parent;
    const within = above.parent === parent || above.host?.parent === parent;
    return (
      within &&
      one.x < box.right + AROUND &&
      one.x + one.width > box.left - AROUND &&
      one.y < box.bottom + AROUND &&
      one.y + one.height > box.top - AROUND
    );
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
