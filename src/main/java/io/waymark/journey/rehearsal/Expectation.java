package io.waymark.journey.rehearsal;

import java.util.Optional;

/**
 * What must be true at the end of a kept rehearsal.
 *
 * @param kind what is asked
 * @param value activity id, template code, reason code or goal
 */
public record Expectation(Kind kind, String value) {

  /** What can be asked of the last scene. */
  public enum Kind {
    /** He waits at this activity. */
    STANDS_AT("站在"),
    /** He has been at this activity. */
    PASSED("经过"),
    /** He was sent this template. */
    GOT("收到"),
    /** He was not sent this template. */
    NOT_GOT("没有收到"),
    /** Something was withheld for this reason. */
    WITHHELD("因此不可触达"),
    /** He left for this reason. */
    LEFT("离开原因为"),
    /** He did not enter, for this reason. */
    REFUSED("未能进入，原因为");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** In Chinese, before the value. */
    public String words() {
      return words;
    }
  }

  /** Empty when it holds; otherwise a Chinese sentence with what was found instead. */
  public Optional<String> unmet(Scene scene) {
    boolean holds =
        switch (kind) {
          case STANDS_AT -> scene.standing().contains(value);
          case PASSED -> scene.way().stream().anyMatch(one -> one.node().equals(value));
          case GOT -> got(scene);
          case NOT_GOT -> !got(scene);
          case WITHHELD ->
              scene.verdicts().stream()
                  .anyMatch(one -> one.outcome().equals("withheld") && value.equals(one.reason()));
          case LEFT -> value.equals(scene.left());
          case REFUSED -> value.equals(scene.refused());
        };
    return holds
        ? Optional.empty()
        : Optional.of("应%s“%s”，实际%s".formatted(kind.words(), value, found(scene)));
  }

  private boolean got(Scene scene) {
    return scene.messages().stream()
        .anyMatch(one -> one.template().equals(value) && !one.status().equals("withheld"));
  }

  private static String found(Scene scene) {
    if (scene.problem() != null) {
      return "出错：" + scene.problem();
    }
    if (scene.refused() != null) {
      return "未能进入（%s）".formatted(scene.refused());
    }
    if (scene.left() != null) {
      return "已离开（%s）".formatted(scene.left());
    }
    return "停在 " + String.join("、", scene.standing());
  }
}
