package io.waymark.segment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.platform.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Brings the audiences that Waymark ships into the database at every start. One that a person has
 * changed since is the person's and stays.
 */
@Component
class ShippedAudiences implements SmartInitializingSingleton {

  static final String AUTHOR = "system";

  private final Audiences audiences;

  ShippedAudiences(Audiences audiences) {
    this.audiences = audiences;
  }

  record Shipped(
      String code, String name, String rule, String purpose, @Nullable String schedule) {}

  @Override
  public void afterSingletonsInstantiated() {
    load();
  }

  void load() {
    for (Shipped one : shipped()) {
      boolean ours =
          audiences.find(one.code()).map(known -> known.author().equals(AUTHOR)).orElse(true);
      if (ours) {
        audiences.save(
            new AudienceDraft(
                one.code(),
                one.name(),
                one.rule().strip(),
                Purpose.of(one.purpose()),
                one.schedule()),
            AUTHOR);
      }
    }
  }

  static List<Shipped> shipped() {
    try (InputStream file = new ClassPathResource("audiences.yaml").getInputStream()) {
      return new YAMLMapper().readValue(file, new TypeReference<List<Shipped>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
