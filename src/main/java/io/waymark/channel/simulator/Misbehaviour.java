package io.waymark.channel.simulator;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a peer falls short, and how soon its receipts come. All rates are shares between 0 and 1.
 *
 * @param latencyMillis waits so long before each answer
 * @param errorRate answers "not now" (HTTP 503, SMTP 451) and takes nothing
 * @param timeoutAfterAcceptRate takes the message and never answers
 * @param dropRate closes the connection before the message is taken
 * @param failureRate takes the message and reports later that it could not be delivered
 * @param duplicateReceiptRate sends a receipt a second time
 * @param lateReceiptRate holds a receipt back until others have overtaken it
 * @param receiptDelayMillis usual time until the first receipt
 * @param receiptJitterMillis up to so much longer
 * @param openRate share of delivered mails reported as opened (e-mail only)
 * @param clickRate share of opened mails reported as clicked (e-mail only)
 * @param throttleRate answers that too much was sent, as the protocol says it, and takes nothing
 */
public record Misbehaviour(
    @DefaultValue("0") int latencyMillis,
    @DefaultValue("0") double errorRate,
    @DefaultValue("0") double timeoutAfterAcceptRate,
    @DefaultValue("0") double dropRate,
    @DefaultValue("0") double failureRate,
    @DefaultValue("0") double duplicateReceiptRate,
    @DefaultValue("0") double lateReceiptRate,
    @DefaultValue("1500") int receiptDelayMillis,
    @DefaultValue("3000") int receiptJitterMillis,
    @DefaultValue("0.4") double openRate,
    @DefaultValue("0.3") double clickRate,
    @DefaultValue("0") double throttleRate) {

  private static final int LONGEST = (int) Duration.ofHours(1).toMillis();

  /**
   * @throws IllegalArgumentException when a rate is not between 0 and 1 or a time not within an
   *     hour
   */
  public Misbehaviour {
    requireRate("errorRate", errorRate);
    requireRate("timeoutAfterAcceptRate", timeoutAfterAcceptRate);
    requireRate("dropRate", dropRate);
    requireRate("failureRate", failureRate);
    requireRate("duplicateReceiptRate", duplicateReceiptRate);
    requireRate("lateReceiptRate", lateReceiptRate);
    requireRate("openRate", openRate);
    requireRate("clickRate", clickRate);
    requireRate("throttleRate", throttleRate);
    requireTime("latencyMillis", latencyMillis);
    requireTime("receiptDelayMillis", receiptDelayMillis);
    requireTime("receiptJitterMillis", receiptJitterMillis);
  }

  /**
   * A peer that does everything right, with receipts after one and a half to four and a half
   * seconds.
   */
  public static Misbehaviour none() {
    return new Misbehaviour(0, 0, 0, 0, 0, 0, 0, 1500, 3000, 0.4, 0.3, 0);
  }

  private static void requireRate(String name, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(name + " 须在 0 与 1 之间");
    }
  }

  private static void requireTime(String name, int millis) {
    if (millis < 0 || millis > LONGEST) {
      throw new IllegalArgumentException(name + " 须在 0 与 " + LONGEST + " 毫秒之间");
    }
  }
}
