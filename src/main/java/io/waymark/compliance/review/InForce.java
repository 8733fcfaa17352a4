package io.waymark.compliance.review;

import java.util.List;

/**
 * The rules that apply now, to read a proposal against.
 *
 * @param version as people name it
 * @param lines the whole content
 */
public record InForce(String version, List<String> lines) {

  public InForce {
    lines = List.copyOf(lines);
  }
}
