package io.waymark.platform.background;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Lets {@code @Scheduled} methods run unless {@code waymark.background.enabled=false}. Quartz
 * follows the same property in {@code application.yml}.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "waymark.background.enabled", matchIfMissing = true)
class BackgroundConfiguration {}
