package io.waymark.evidence.anchor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where anchors go besides the database.
 *
 * @param folder each anchor is also written here as a file; keep it on other storage than the
 *     database. Null: none is written
 * @param tsaUrl a time-stamping authority (RFC 3161); null: none is asked
 * @param tsaTimeout how long the authority may take
 */
@ConfigurationProperties("waymark.evidence.anchors")
record AnchorSettings(
    @Nullable Path folder, @Nullable URI tsaUrl, @DefaultValue("10s") Duration tsaTimeout) {}
