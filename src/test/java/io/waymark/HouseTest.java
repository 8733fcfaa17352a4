package io.waymark;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** The house as the design draws it: every package on its floor, Camunda behind one door. */
@AnalyzeClasses(packages = "io.waymark", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("demo", 10),
          Map.entry("console", 9),
          Map.entry("insight", 8),
          Map.entry("engine", 7),
          Map.entry("journey", 6),
          Map.entry("advisor", 6),
          Map.entry("contact", 5),
          Map.entry("compliance", 4),
          Map.entry("experiment", 4),
          Map.entry("recommend", 4),
          Map.entry("segment", 3),
          Map.entry("content", 3),
          Map.entry("suitability", 2),
          Map.entry("channel", 2),
          Map.entry("customer", 1),
          Map.entry("product", 1),
          Map.entry("evidence", 0),
          Map.entry("platform", 0));

  @ArchTest
  static final ArchRule a_package_uses_lower_floors_only =
      classes()
          .that(describe("live in a room of the house", type -> !room(type).isEmpty()))
          .should(useLowerFloorsOnly());

  @ArchTest
  static final ArchRule camunda_is_known_to_the_engine_alone =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.waymark.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.camunda..");

  @ArchTest
  static final ArchRule every_package_says_what_may_be_null =
      classes()
          .that(describe("are not the root", type -> !type.getPackageName().equals("io.waymark")))
          .should(liveInANullMarkedPackage());

  private static ArchCondition<JavaClass> useLowerFloorsOnly() {
    return new ArchCondition<>("use lower floors only") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String from = room(type);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String to = room(dependency.getTargetClass());
          if (!to.isEmpty() && !mayUse(from, to)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static boolean mayUse(String from, String to) {
    if (from.equals(to) || (from.equals("evidence") && to.equals("platform"))) {
      return true;
    }
    return floor(to) < floor(from);
  }

  private static int floor(String room) {
    Integer floor = FLOORS.get(room);
    if (floor == null) {
      throw new AssertionError("package io.waymark." + room + " has no floor");
    }
    return floor;
  }

  /** The package below io.waymark; empty for other code and for the application class itself. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith("io.waymark.")) {
      return "";
    }
    String rest = name.substring("io.waymark.".length());
    return rest.split("\\.", 2)[0];
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no @NullMarked package-info"));
        }
      }
    };
  }
}
