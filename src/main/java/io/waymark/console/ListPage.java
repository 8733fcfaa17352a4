package io.waymark.console;

import java.util.List;
import java.util.function.IntFunction;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * One page of a list. Lists are not counted: one row more than a page is read to know whether there
 * is a next one.
 *
 * @param rows rows of this page
 * @param number 0 for the first page
 * @param hasNext whether there are more rows
 */
public record ListPage<T>(List<T> rows, int number, boolean hasNext) {

  /** Rows on a page. */
  public static final int SIZE = 25;

  /** Pages beyond this one ask for a filter instead. */
  private static final int LAST = 400;

  public ListPage {
    rows = List.copyOf(rows);
  }

  /**
   * Reads one page.
   *
   * @param number as the address says; outside the possible it is brought back into it
   * @param read gives up to {@code SIZE + 1} rows from an offset
   */
  static <T> ListPage<T> read(int number, IntFunction<List<T>> read) {
    int page = Math.max(0, Math.min(number, LAST));
    List<T> found = read.apply(page * SIZE);
    boolean more = found.size() > SIZE;
    return new ListPage<>(more ? found.subList(0, SIZE) : found, page, more && page < LAST);
  }

  /** The same page with other rows, e.g. with names joined to them. */
  <R> ListPage<R> with(List<R> others) {
    return new ListPage<>(others, number, hasNext);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** 1-based position of the first row. */
  public int first() {
    return number * SIZE + 1;
  }

  /** 1-based position of the last row. */
  public int last() {
    return number * SIZE + rows.size();
  }

  public boolean hasPrevious() {
    return number > 0;
  }

  public String previousUrl() {
    return url(number - 1);
  }

  public String nextUrl() {
    return url(number + 1);
  }

  private static String url(int page) {
    return ServletUriComponentsBuilder.fromCurrentRequest()
        .scheme(null)
        .host(null)
        .port(null)
        .replaceQueryParam("page", page)
        .toUriString();
  }
}
