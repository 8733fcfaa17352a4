package io.waymark;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Waymark. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WaymarkApplication {

  public static void main(String[] args) {
    // The exchange's zone, for the libraries that ask the JVM (Quartz, the engine's due dates).
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
    SpringApplication.run(WaymarkApplication.class, args);
  }
}
