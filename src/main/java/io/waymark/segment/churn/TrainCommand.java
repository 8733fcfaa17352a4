package io.waymark.segment.churn;

import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The command {@code --waymark.train=churn --waymark.train-by=<username>}: trains a churn model,
 * says its figures and ends the application. Whoever it names may not approve the model.
 */
@Component
class TrainCommand implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(TrainCommand.class);

  private final ChurnTraining training;
  private final StaffDirectory staff;
  private final ConfigurableApplicationContext application;

  TrainCommand(
      ChurnTraining training, StaffDirectory staff, ConfigurableApplicationContext application) {
    this.training = training;
    this.staff = staff;
    this.application = application;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (option(arguments, "waymark.train").equals("churn")) {
      boolean good = train(option(arguments, "waymark.train-by"));
      System.exit(SpringApplication.exit(application, () -> good ? 0 : 1));
    }
  }

  /** Whether a model was trained. */
  boolean train(String by) {
    if (staff.find(by).filter(StaffMember::enabled).isEmpty()) {
      log.error("请用 --waymark.train-by=工号 写明是谁在训练：此人不能批准这个模型。");
      return false;
    }
    try {
      log.info(
          "{}",
          training.run(by, (done, total) -> log.info("训练流失模型：第 {} 步，共 {} 步", done + 1, total)));
      return true;
    } catch (IllegalArgumentException refused) {
      log.error("{}", refused.getMessage());
      return false;
    }
  }

  private static String option(ApplicationArguments arguments, String name) {
    List<String> values = arguments.getOptionValues(name);
    return values == null || values.isEmpty() ? "" : Objects.requireNonNull(values.get(0));
  }
}
