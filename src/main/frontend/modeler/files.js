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
  constructor(changed) {
    this.texts = new Map();
    this.changed = changed;
  }

  /** Takes the files of a drawing; gives back its name and text. */
  load(files) {
    const name = Object.keys(files).find((one) => one.endsWith('.bpmn'));
    this.texts = new Map(Object.entries(files).filter(([one]) => one !== name));
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
    this.texts.set(this.nameOf(kind, id) ?? `${id}${kind}`, text);
    this.changed();
  }

  /** All that belongs to this drawing: tables and forms nobody refers to are left out. */
  together(name, drawing, references) {
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
