package io.waymark.platform.rehearsal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the calling thread plays on a stage, and what must be otherwise when it does. */
public final class Rehearsing {

  private static final ThreadLocal<@Nullable Stage> STAGE = new ThreadLocal<>();

  private Rehearsing() {}

  /** Whether this thread rehearses: its writes go nowhere and its time is invented. */
  public static boolean on() {
    return STAGE.get() != null;
  }

  static @Nullable Stage stage() {
    return STAGE.get();
  }

  static void enter(Stage stage) {
    if (STAGE.get() != null) {
      throw new IllegalStateException("this thread is on a stage already");
    }
    STAGE.set(stage);
  }

  static void leave() {
    STAGE.remove();
  }

  /**
   * Advisory locks hold for the whole database, whatever tables a session sees: a rehearsal takes
   * them in a space of its own, so that it neither waits for live work nor holds it up.
   *
   * @param live first key of the lock outside rehearsals
   */
  public static int lockSpace(int live) {
    Stage stage = STAGE.get();
    return stage == null ? live : live ^ stage.number();
  }

  /**
   * Asks for something from outside: with live time, live tables and a live connection. For what is
   * remembered in memory for everybody and must therefore never hold what was only rehearsed.
   */
  public static <T> T outside(Supplier<T> question) {
    if (!on()) {
      return question.get();
    }
    try {
      return CompletableFuture.supplyAsync(
              question, work -> new Thread(work, "beside-the-stage").start())
          .join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
