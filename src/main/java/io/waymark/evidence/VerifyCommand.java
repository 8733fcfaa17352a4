package io.waymark.evidence;

import io.waymark.evidence.anchor.AnchorVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The command {@code --verify-evidence}: walks the whole chain and all anchors, says what it found
 * and ends the application, with exit code 0 when the chain is whole and 1 when it is not. It runs
 * before anything else that happens at start.
 */
@Component
@Order(-10)
class VerifyCommand implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(VerifyCommand.class);

  private final EvidenceVerifier verifier;
  private final AnchorVerifier anchors;
  private final ConfigurableApplicationContext application;

  VerifyCommand(
      EvidenceVerifier verifier,
      AnchorVerifier anchors,
      ConfigurableApplicationContext application) {
    this.verifier = verifier;
    this.anchors = anchors;
    this.application = application;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (arguments.containsOption("verify-evidence")) {
      Verification found = verifier.verify();
      log.info("{}", report(found));
      String anchorProblem = anchors.firstProblem();
      log.info("{}", anchorProblem == null ? "签名锚点完整。" : "签名锚点有误:" + anchorProblem);
      boolean good = found.whole() && anchorProblem == null;
      System.exit(SpringApplication.exit(application, () -> good ? 0 : 1));
    }
  }

  static String report(Verification found) {
    return found.whole()
        ? "证据链完整:共 " + found.rows() + " 行,末端散列 " + found.headHash()
        : "证据链不完整:" + found.brokenAt() + " 此前 " + found.rows() + " 行完整。请立即保全数据库并通知合规。";
  }
}
