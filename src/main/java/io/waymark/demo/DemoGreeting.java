package io.waymark.demo;

import io.waymark.channel.simulator.Simulator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where everything is and how to sign in, once all of it answers. */
@Component
@Profile("demo")
class DemoGreeting {

  private static final Logger log = LoggerFactory.getLogger(DemoGreeting.class);

  private final ServletWebServerApplicationContext server;
  private final List<Simulator> simulators;

  DemoGreeting(ServletWebServerApplicationContext server, List<Simulator> simulators) {
    this.server = server;
    this.simulators = simulators;
  }

  @EventListener(ApplicationReadyEvent.class)
  void greet() {
    String base = "http://localhost:" + server.getWebServer().getPort();
    StringBuilder greeting = new StringBuilder();
    greeting.append("\n\n  路标 Waymark 已启动\n");
    line(greeting, "控制台", base + "/");
    line(greeting, "Cockpit", base + "/camunda/app/cockpit/default/");
    line(greeting, "Tasklist", base + "/camunda/app/tasklist/default/");
    line(greeting, "接口说明", base + "/v3/api-docs");
    simulators.forEach(simulator -> line(greeting, simulator.title(), simulator.address() + "/"));
    greeting.append("\n  演示账号(口令均为 ").append(DemoPeople.PASSWORD).append("):\n");
    line(greeting, "营销", "marketer，业务复核 reviewer");
    line(greeting, "合规", "officer、officer2");
    line(greeting, "投顾", "advisor01 … advisor20");
    line(greeting, "运营", "operator");
    line(greeting, "管理员", "admin");
    log.info("{}", greeting);
  }

  private static void line(StringBuilder greeting, String name, String value) {
    greeting.append("    ").append(name).append("  ").append(value).append('\n');
  }
}
