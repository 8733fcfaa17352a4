// Keeps the drawing on the server as it is drawn: a moment after each change, one save at a time,
// again when the line was lost. What a colleague saved meanwhile is never written over.
import { post } from './dom.js';
import words from './words.json';

const AFTER = 1200;
const AGAIN = 6000;

export class Saving {
  constructor({ base, from, collect, say, stale }) {
    Object.assign(this, { base, from, collect, say, stale });
    this.dirty = false;
    this.running = null;
    this.timer = null;
    this.stopped = false;
    window.addEventListener('beforeunload', (event) => {
      if (this.dirty && !this.leaving) event.preventDefault();
    });
  }

  changed(cause) {
    this.dirty = true;
    this.cause = cause ?? this.cause;
    if (this.stopped) return;
    this.say('dirty', words.saving.dirty);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush().catch(() => {}), AFTER);
  }

  /** Saves now; ends when everything is kept. */
  async flush() {
    clearTimeout(this.timer);
    if (this.running) await this.running.catch(() => {});
    if (!this.dirty || this.stopped) return;
    this.running = this.save();
    try {
      await this.running;
    } finally {
      this.running = null;
    }
    if (this.dirty) await this.flush();
  }

  async save() {
    this.dirty = false;
    this.say('saving', words.saving.saving);
    try {
      const files = await this.collect();
      const kept = await post(`${this.base}/save`, { from: this.from, files, cause: this.cause ?? null });
      this.from = kept.revision;
      this.cause = null;
      const now = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
      this.say('saved', words.saving.saved.replace('{0}', now));
    } catch (problem) {
      this.dirty = true;
      if (problem.status === 409 || problem.status === 410) {
        this.stopped = true;
        this.say('failed', words.saving.stale);
        this.stale(problem.message);
      } else {
        const detail = problem.status === 401 || problem.status === 403 ? words.saving.signedOut : problem.code ? problem.message : words.saving.failed;
        this.say('failed', detail);
        this.timer = setTimeout(() => this.flush().catch(() => {}), AGAIN);
      }
      throw problem;
    }
  }
}
