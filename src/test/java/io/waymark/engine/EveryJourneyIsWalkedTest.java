package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.sandbox.ReviewDrawing;
import java.io.File;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

class EveryJourneyIsWalkedTest {

  @Test
  void each_process_has_one_class_of_travellers() throws ReflectiveOperationException {
    assertThat(walked()).isNotEmpty().containsExactlyInAnyOrderElementsOf(drawn());
  }

  private static List<String> drawn() {
    List<String> keys = new ArrayList<>();
    for (File folder : List.of(new File("processes"), new File("processes/gallery"))) {
      File[] files =
          Objects.requireNonNull(
              folder.listFiles(
                  (in, name) ->
                      name.endsWith(".bpmn") && !name.equals(ReviewDrawing.KEY + ".bpmn")));
      for (File file : files) {
        Bpmn.readModelFromFile(file)
            .getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class)
            .forEach(process -> keys.add(process.getId()));
      }
    }
    return keys;
  }

  private static List<String> walked() throws ReflectiveOperationException {
    ClassPathScanningCandidateComponentProvider classes =
        new ClassPathScanningCandidateComponentProvider(false);
    classes.addIncludeFilter(new AssignableTypeFilter(JourneyWalk.class));
    List<String> keys = new ArrayList<>();
    for (BeanDefinition found : classes.findCandidateComponents("io.waymark")) {
      Constructor<?> constructor = Class.forName(found.getBeanClassName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      keys.add(((JourneyWalk) constructor.newInstance()).journey());
    }
    return keys;
  }
}
