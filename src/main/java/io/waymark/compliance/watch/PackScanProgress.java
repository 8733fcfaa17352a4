package io.waymark.compliance.watch;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all content.
 *
 * @param rulesDay day (Asia/Shanghai) on which these rules came into force
 * @param hits versions found to be paused
 * @param finishedAt null while it goes on
 */
public record PackScanProgress(
    String packVersion,
    LocalDate rulesDay,
    Instant startedAt,
    int templatesRead,
    int hits,
    @Nullable Instant finishedAt) {}
