package io.waymark.engine.watch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things may take before the watchdog calls them stuck.
 *
 * @param every pause between two looks; longer when a look takes longer than a twentieth of it
 * @param jobOverdue a job that is due may wait so long to be taken
 * @param enrolmentWaits a queued customer may wait so long to be let in
 * @param eventWaits an event that is due may wait so long to be delivered
 * @param eventUnheard a customer who waits for an event may go so long without hearing of it
 * @param messageSilent the outcome of a message may be awaited so long; longer than the time-out of
 *     receipts
 * @param standsTooLong a customer may stand so long at a node that no timer ends
 */
@ConfigurationProperties("waymark.watch")
record WatchSettings(
    @DefaultValue("20s") Duration every,
    @DefaultValue("2m") Duration jobOverdue,
    @DefaultValue("5m") Duration enrolmentWaits,
    @DefaultValue("5m") Duration eventWaits,
    @DefaultValue("1m") Duration eventUnheard,
    @DefaultValue("30h") Duration messageSilent,
    @DefaultValue("180d") Duration standsTooLong) {}
