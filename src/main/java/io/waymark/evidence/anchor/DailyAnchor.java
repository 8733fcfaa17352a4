package io.waymark.evidence.anchor;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Anchors each night and, where an authority is configured, has anchors time-stamped. What the
 * authority missed is asked for again the next hour.
 */
@Component
class DailyAnchor {

  private static final Logger log = LoggerFactory.getLogger(DailyAnchor.class);
  private static final int AT_ONCE = 50;

  private final EvidenceAnchors anchors;
  private final @Nullable TimestampAuthority authority;

  DailyAnchor(EvidenceAnchors anchors, AnchorSettings settings) {
    this.anchors = anchors;
    URI url = settings.tsaUrl();
    this.authority = url == null ? null : new TimestampAuthority(url, settings.tsaTimeout());
  }

  @Scheduled(cron = "0 5 0 * * *", zone = "Asia/Shanghai")
  void anchor() {
    anchors.anchorNow();
    stamp();
  }

  @Scheduled(cron = "0 20 * * * *", zone = "Asia/Shanghai")
  void stamp() {
    TimestampAuthority asked = authority;
    if (asked == null) {
      return;
    }
    for (Anchor anchor : anchors.unstamped(AT_ONCE)) {
      try {
        // Outside any transaction: an authority may be slow.
        anchors.stamp(anchor.number(), asked.stamp(anchor.statement()));
      } catch (IOException e) {
        log.warn("锚点 {} 的时间戳未取得，一小时后再试：{}", anchor.number(), e.getMessage());
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
