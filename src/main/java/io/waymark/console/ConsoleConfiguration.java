package io.waymark.console;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** The console's own settings, kept beside it; the application's settings win over them. */
@Configuration(proxyBeanMethods = false)
@PropertySource(value = "classpath:console.properties", encoding = "UTF-8")
class ConsoleConfiguration {}
