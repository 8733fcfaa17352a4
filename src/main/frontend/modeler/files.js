// The files of the drawing besides the drawing itself: its tables and forms.
const idOf = {
  '.dmn': (text) => /<(?:\w+:)?decision\b[^>]*?\sid="([^"]+)"/.exec(text)?.[1],
  '.form': (text) => {
    try {
      return JSON.parse(text).id;
    } catch {
      return undefined;
    }
  },
};

export class Files {
  constructor() {
    this.texts = new Map();
  }

  /** From now on what is put here is a step of this modeler: undone, done again and saved with it. */
  attach(modeler) {
    this.stack = modeler.get('commandStack');
    const { texts } = this;
    const set = (name, text) => {
      if (text === undefined) texts.delete(name);
      else texts.set(name, text);
      this.touched = true;
      return [];
    };
    this.stack.register('waymark.file', {
      execute: (context) => {
        context.before = texts.get(context.name);
        return set(context.name, context.text);
      },
      revert: ({ name, before }) => set(name, before),
    });
    this.stack.register('waymark.together', { preExecute: ({ acts }) => acts() });
  }

  /** What is done in here is one step for whoever undoes it. */
  together(acts) {
    this.stack.execute('waymark.together', { acts });
  }

  /** Takes the files of a drawing; gives back its name and text. */
  load(files) {
    const name = Object.keys(files).find((one) => one.endsWith('.bpmn'));
    this.texts.clear();
    for (const [one, text] of Object.entries(files)) if (one !== name) this.texts.set(one, text);
    return files[name];
  }

  nameOf(kind, id) {
    for (const [name, text] of this.texts) {
      if (name.endsWith(kind) && idOf[kind](text) === id) return name;
    }
    return null;
  }

  withId(kind, id) {
    const name = id && this.nameOf(kind, id);
    return name ? this.texts.get(name) : null;
  }

  put(kind, id, text) {
    const name = this.nameOf(kind, id) ?? `${id}${kind}`;
    if (this.texts.get(name) !== text) this.stack.execute('waymark.file', { name, text });
  }

  /** All that belongs to this drawing: tables and forms nobody refers to are left out. */
  belonging(name, drawing, references) {
    const all = { [name]: drawing };
    for (const [kind, ids] of Object.entries(references)) {
      for (const id of ids) {
        const file = this.nameOf(kind, id);
        if (file) all[file] = this.texts.get(file);
      }
    }
    return all;
  }
}
