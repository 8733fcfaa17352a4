package io.waymark.engine;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.ClickOptions;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/** A marketer's hand at the drawing: clicks, drags, picks, and nothing a person could not do. */
final class CanvasHand {

  private final Page page;

  CanvasHand(Page page) {
    this.page = page;
  }

  void ready() {
    page.waitForSelector("#wm-modeler[data-ready=yes]");
  }

  void saved() {
    page.waitForSelector("[data-m-saved][data-state=saved]");
  }

  /** Clicks where nothing is drawn: the settings of the journey are shown. */
  void nothing() {
    page.locator("[data-m-canvas] svg").first().click(new ClickOptions().setPosition(6, 6));
  }

  /** Clicks an element, with all of the drawing in sight. */
  void select(String id) {
    page.click("[data-m-zoom=all]");
    nothing();
    shape(id).click();
    page.waitForFunction(
        "id => document.querySelector('.wm-m-id .wm-mono')?.textContent === id", id);
  }

  /** A step from the left behind the selected one. */
  String step(String step) {
    String before = selected();
    page.click("[data-m-steps] [data-m-step='" + step + "']");
    return another(before);
  }

  /** A step from the menu beside the selected element. */
  String next(String step) {
    String before = selected();
    page.click(".djs-context-pad.open [data-action=next]");
    page.click(".wm-m-menu [data-m-step='" + step + "']");
    return another(before);
  }

  /** Drags a step from the left to the right of an element. */
  String drag(String step, String beside) {
    BoundingBox to = shape(beside).boundingBox();
    String before = selected();
    Locator from = page.locator("[data-m-steps] [data-m-step='" + step + "']");
    from.scrollIntoViewIfNeeded();
    centre(from.boundingBox());
    page.mouse().down();
    page.mouse()
        .move(to.x + to.width + 120, to.y + to.height / 2, new Mouse.MoveOptions().setSteps(12));
    page.mouse().up();
    return another(before);
  }

  /** Draws a line from one element to another by the sign beside the first. */
  void connect(String from, String to) {
    select(from);
    int lines = page.locator(".djs-connection").count();
    page.click(".djs-context-pad.open [data-action=connect]");
    centre(shape(to).boundingBox());
    page.mouse().down();
    page.mouse().up();
    page.waitForFunction("n => document.querySelectorAll('.djs-connection').length > n", lines);
  }

  void delete(String id) {
    select(id);
    page.click(".djs-context-pad.open [data-action=delete]");
    shape(id).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  void name(String name) {
    page.fill("[data-m-field=name]", name);
    page.press("[data-m-field=name]", "Tab");
  }

  /** Types into a field with this label. */
  void type(String label, String text) {
    Locator field = labelled(label).locator("input,textarea").first();
    field.fill(text);
    field.press("Tab");
  }

  void choose(String field, String option) {
    page.selectOption("[data-m-field='" + field + "'] select", option);
  }

  void tick(String field, String... titles) {
    for (String title : titles) {
      page.locator("[data-m-field='" + field + "'] label.form-check")
          .filter(new Locator.FilterOptions().setHasText(title))
          .locator("input")
          .check();
    }
  }

  /** Searches as one types and takes what is found. */
  void pick(String field, String text) {
    Locator input = page.locator("[data-m-field='" + field + "'] input[role=combobox]");
    input.click();
    input.fill(text);
    page.click("[data-m-field='" + field + "'] li:has-text('" + text + "')");
  }

  Locator labelled(String label) {
    return page.locator(".wm-m-field:has(> label:text-is('" + label + "'))");
  }

  /** Leads the customer out of the journey with a reason; gives the step that does. */
  String leave(String from, String name, String reason) {
    select(from);
    String leave = step("leave");
    choose("reason", reason);
    name(name);
    step("end");
    return leave;
  }

  /** Says of a way out of the selected gateway when it is taken. */
  void way(String target, String variable, String value) {
    way(target).locator("[aria-label='看什么']").selectOption(variable);
    way(target).locator("[data-m-field=value]").selectOption(value);
  }

  /** Makes a way out of the selected gateway the one for everybody else. */
  void otherwise(String target) {
    way(target).locator("text=其余情况走这条").click();
  }

  private Locator way(String target) {
    return page.locator("fieldset.wm-m-flow:has(legend:has-text('" + target + "'))");
  }

  /** Ticks values in a cell of the table that is open; rows and columns counted from 0. */
  void cell(int row, int column, String... titles) {
    for (String title : titles) {
      Locator cell = page.locator("#wm-m-table tbody tr").nth(row).locator("td").nth(column + 1);
      if (cell.locator("details[open]").count() == 0) {
        cell.locator("summary").click();
      }
      cell.locator("label.form-check:has(span:text-is('" + title + "')) input").check();
    }
    // A click beside the list closes it.
    page.click("#wm-m-table-title");
  }

  void result(int row, String result, String note) {
    for (List<String> one :
        List.of(List.of("结果 " + (row + 1), result), List.of("备注 " + (row + 1), note))) {
      page.fill("[aria-label='" + one.get(0) + "']", one.get(1));
      page.press("[aria-label='" + one.get(0) + "']", "Tab");
    }
  }

  /** The element of a kind that was drawn last, such as what came along with a step. */
  String newest(String prefix) {
    return (String)
        page.evaluate(
            "prefix => [...document.querySelectorAll('g.djs-shape')]"
                + ".map(one => one.dataset.elementId)"
                + ".filter(one => one.startsWith(prefix) && !one.endsWith('_label')).at(-1)",
            prefix);
  }

  String selected() {
    Locator shown = page.locator(".wm-m-id .wm-mono");
    return shown.count() == 0 ? "" : shown.first().innerText();
  }

  private String another(String before) {
    page.waitForFunction(
        "before => { const id = document.querySelector('.wm-m-id .wm-mono')?.textContent;"
            + " return id && id !== before; }",
        before);
    return selected();
  }

  private Locator shape(String id) {
    return page.locator("g.djs-element[data-element-id='" + id + "']");
  }

  private void centre(BoundingBox box) {
    page.mouse()
        .move(box.x + box.width / 2, box.y + box.height / 2, new Mouse.MoveOptions().setSteps(6));
  }
}
