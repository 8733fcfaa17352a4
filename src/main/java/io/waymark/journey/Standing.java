package io.waymark.journey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why one customer is where he is in one journey, what is awaited there, and what happens next and
 * when; the answer to one question on one screen. Nothing personal is in it.
 *
 * @param participation the customer in the journey
 * @param held whether the instance stands still: recalled, paused or suspended
 * @param tokens where the engine has him; empty when he has left, or when the instance is gone
 * @param waits events that would move him, those that end the journey last
 * @param timers timers that stand, earliest first
 * @param tasks tasks of people that stand
 * @param troubles steps that failed, latest first
 * @param messages what was sent or withheld here and with which word of the gate, newest first
 * @param next what comes after, each a Chinese sentence
 */
public record Standing(
    Participation participation,
    boolean held,
    List<Token> tokens,
    List<Wait> waits,
    List<Timer> timers,
    List<Task> tasks,
    List<Trouble> troubles,
    List<Said> messages,
    List<String> next) {

  /**
   * The customer at one node.
   *
   * @param name what the drawing calls it; the id when it has no name
   * @param since null when nothing was noted of his coming here
   */
  public record Token(String node, String name, @Nullable Instant since) {}

  /**
   * An event that is awaited.
   *
   * @param node the element that awaits it
   * @param everywhere whether it moves him wherever he stands: a goal or an exit
   */
  public record Wait(String node, String name, String event, boolean everywhere) {}

  /**
   * Something due by itself.
   *
   * @param retries attempts left; 0 when it will not be tried again
   */
  public record Timer(String node, String name, Instant due, int retries) {}

  /**
   * A person's task.
   *
   * @param holder user name; null while it lies in the branch's pool
   */
  public record Task(
      String taskId,
      String node,
      String name,
      @Nullable String holder,
      Instant since,
      @Nullable Instant due) {}

  /** A step that failed, and with which words. */
  public record Trouble(String node, String name, Instant since, String words) {}

  /**
   * A message of this journey.
   *
   * @param status as in the message log: waiting, sending, sent, delivered, failed, withheld,
   *     unknown
   * @param words why, in Chinese or in the provider's code; null when all is well
   */
  public record Said(
      UUID messageId,
      Instant at,
      String node,
      String template,
      String status,
      @Nullable String words) {}
}
